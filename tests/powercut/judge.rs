//! What is left is opened by the real code and held against what was acknowledged.

use std::collections::HashSet;
use std::path::Path;

use diesel::prelude::*;
use nuanfang::kit::db::schema::{entries, evidence, postings, visits};
use nuanfang::kit::db::{Conn, look_at, unsound};
use nuanfang::kit::digest::sha256_hex;
use nuanfang::kit::http::problem::Problem;
use nuanfang::kit::log;
use tempfile::TempDir;

use crate::disk::Image;
use crate::record::Session;

/// Opens what is left in a folder of its own, in memory where the machine has such a place.
pub struct Judge<'a> {
    session: &'a Session,
    folder: TempDir,
}

/// What stands in a database.
struct Stored {
    visits: HashSet<String>,
    pictures: Vec<String>,
    handed: Vec<Option<String>>,
    sums: i64,
    break_: Option<(String, i64)>,
}

impl<'a> Judge<'a> {
    pub fn new(session: &'a Session) -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        Self { session, folder: folder.expect("a folder") }
    }

    /// What is wrong with what is left of a disk whose power went at a moment.
    pub fn faults(&self, image: &Image, at_us: i64) -> Vec<String> {
        let database = self.folder.path().join("nuanfang.db");
        for end in ["", "-wal", "-shm"] {
            let to = self.folder.path().join(format!("nuanfang.db{end}"));
            match image.get(&format!("{}/nuanfang.db{end}", self.session.data.display())) {
                Some(bytes) => std::fs::write(&to, bytes).expect("written"),
                None => drop(std::fs::remove_file(&to)),
            }
        }
        // Read first, as a start does; the check of every page comes after.
        let stored = match look_at(&format!("sqlite://{}", database.display()), look) {
            Ok(stored) => stored,
            Err(problem) => return vec![format!("it cannot be opened: {problem}")],
        };
        let mut wrong = unsound(&database).unwrap_or_else(|problem| vec![problem.to_string()]);
        self.hold(&stored, image, at_us, &mut wrong);
        wrong
    }

    fn hold(&self, stored: &Stored, image: &Image, at_us: i64, wrong: &mut Vec<String>) {
        let heard = |(at_ms, _): &&(i64, String)| at_ms * 1_000 <= at_us;
        let lost = self.session.visits.iter().filter(heard).filter(|(_, id)| !stored.visits.contains(id));
        wrong.extend(lost.map(|(_, id)| format!("visit {id} was acknowledged and is gone")));
        wrong.extend(stored.visits.iter().filter(|id| !self.session.tried.contains(*id)).map(|id| format!("visit {id} was sent by nobody")));
        let handed: HashSet<&Option<String>> = stored.handed.iter().collect();
        if handed.len() != stored.handed.len() || handed.len() != stored.visits.len() {
            wrong.push(format!("{} handovers of {} visits", stored.handed.len(), stored.visits.len()));
        }
        if stored.sums != 0 {
            wrong.push(format!("{} postings do not cancel out", stored.sums));
        }
        wrong.extend(stored.break_.iter().map(|(chain, sequence)| format!("the log of {chain} is broken at {sequence}")));
        let named: HashSet<&String> = stored.pictures.iter().collect();
        let lost = self.session.pictures.iter().filter(heard).filter(|(_, name)| !named.contains(name));
        wrong.extend(lost.map(|(_, name)| format!("picture {name} was acknowledged and is gone")));
        for name in &stored.pictures {
            let path = format!("{}/evidence/{}/{name}", self.session.data.display(), &name[..2]);
            match image.get(&path) {
                None => wrong.push(format!("picture {name} has no file")),
                Some(bytes) if sha256_hex(bytes) != *name => wrong.push(format!("picture {name} is not what it is called")),
                Some(_) => {}
            }
        }
    }
}

fn look(conn: &mut Conn) -> Result<Stored, Problem> {
    let ids: Vec<String> = visits::table.select(visits::id).load(conn)?;
    let amounts: Vec<i64> = postings::table.select(postings::amount).load(conn)?;
    Ok(Stored {
        visits: ids.into_iter().collect(),
        pictures: evidence::table.select(evidence::sha256).load(conn)?,
        handed: entries::table.filter(entries::kind.eq("handover")).select(entries::visit_id).load(conn)?,
        sums: amounts.into_iter().sum(),
        break_: log::first_break(conn)?,
    })
}
