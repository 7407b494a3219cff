//! A long list, written and deflated in lots of rows, which is brought up to date lot by lot: what did not change is not written again.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::households::HouseholdId;
use crate::kit::http::block::Block;
use crate::kit::http::pieces::Part;
use crate::kit::http::problem::Problem;

/// Text of a lot, about.
const LOT: usize = 32 * 1_024;

/// A row that is about a household.
pub trait About {
    /// Which.
    fn about(&self) -> HouseholdId;
}

/// Rows, and where each ends in the text.
#[derive(Debug)]
struct Lot {
    block: Arc<Block>,
    rows: Vec<(HouseholdId, usize)>,
}

/// The list. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(in crate::field) struct Lots(Vec<Arc<Lot>>);

/// A lot under way: its rows with commas between.
#[derive(Default)]
struct Open {
    text: Vec<u8>,
    rows: Vec<(HouseholdId, usize)>,
    done: Vec<Arc<Lot>>,
}

impl Open {
    fn add(&mut self, about: HouseholdId, row: &[u8]) -> Result<(), Problem> {
        if !self.text.is_empty() {
            self.text.push(b',');
        }
        self.text.extend_from_slice(row);
        self.rows.push((about, self.text.len()));
        if self.text.len() >= LOT { self.end() } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), Problem> {
        if self.text.is_empty() {
            return Ok(());
        }
        let block = Arc::new(Block::of(&self.text)?);
        self.text.clear();
        self.done.push(Arc::new(Lot { block, rows: std::mem::take(&mut self.rows) }));
        Ok(())
    }
}

impl Lots {
    /// The list without the rows about these households, and with these rows.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::field) fn with<T: Serialize + About>(&self, changed: &BTreeSet<HouseholdId>, list: &[T]) -> Result<Self, Problem> {
        let mut open = Open::default();
        for row in list {
            open.add(row.about(), &serde_json::to_vec(row).map_err(Problem::unexpected)?)?;
        }
        let mut kept = Vec::with_capacity(self.0.len() + 1);
        for lot in &self.0 {
            // A short lot, the end of an earlier list, is joined with what is new.
            if lot.block.len() >= LOT / 2 && !lot.rows.iter().any(|(about, _)| changed.contains(about)) {
                kept.push(Arc::clone(lot));
                continue;
            }
            let text = lot.block.text()?;
            let mut begin = 0;
            for (about, end) in &lot.rows {
                if !changed.contains(about) {
                    open.add(*about, text.get(begin..*end).unwrap_or_default())?;
                }
                // Behind the comma.
                begin = end + 1;
            }
        }
        open.end()?;
        kept.append(&mut open.done);
        Ok(Self(kept))
    }

    /// The list as one part of an answer.
    ///
    /// # Errors
    /// When its brackets cannot be written.
    pub(in crate::field) fn part(&self) -> Result<Part, Problem> {
        let mark = |text: &[u8]| Block::of(text).map(Arc::new);
        let comma = mark(b",")?;
        let mut blocks = Vec::with_capacity(self.0.len() * 2 + 1);
        blocks.push(mark(b"[")?);
        for (n, lot) in self.0.iter().enumerate() {
            if n > 0 {
                blocks.push(Arc::clone(&comma));
            }
            blocks.push(Arc::clone(&lot.block));
        }
        blocks.push(mark(b"]")?);
        Part::of(blocks)
    }
}
