//! Collects what is wrong with a request, so that all of it is told at once.

use super::problem::{FieldProblem, Problem};

/// The faults found so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldProblem>);

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, pointer: impl Into<String>, code: &str) {
        self.0.push(FieldProblem::new(pointer, code));
    }

    /// Notes a fault unless this holds.
    pub fn unless(&mut self, holds: bool, pointer: impl Into<String>, code: &str) {
        if !holds {
            self.add(pointer, code);
        }
    }

    /// Notes faults found elsewhere.
    pub fn extend(&mut self, faults: impl IntoIterator<Item = FieldProblem>) {
        self.0.extend(faults);
    }

    /// A text without the space around it: at least one character, at most `most`, no control characters but line ends.
    pub fn text(&mut self, text: &str, most: usize, pointer: &str) -> String {
        let text = text.trim();
        let word = if text.is_empty() {
            Some("missing")
        } else if text.chars().count() > most {
            Some("too_long")
        } else if text.chars().any(|c| c.is_control() && c != '\n') {
            Some("bad_format")
        } else {
            None
        };
        if let Some(word) = word {
            self.add(pointer, word);
        }
        text.to_owned()
    }

    /// The value, or none and a note of what is wrong with it.
    pub fn take<T>(&mut self, pointer: &str, value: Result<T, &'static str>) -> Option<T> {
        value.map_err(|word| self.add(pointer, word)).ok()
    }

    /// What was taken, if nothing was at fault.
    ///
    /// # Errors
    /// All faults at once.
    pub fn taken<T>(self, value: Option<T>) -> Result<T, Problem> {
        value.filter(|_| self.0.is_empty()).ok_or(Problem::invalid(self.0))
    }

    /// The value, if nothing was at fault.
    ///
    /// # Errors
    /// All faults at once.
    pub fn or<T>(self, value: T) -> Result<T, Problem> {
        if self.0.is_empty() { Ok(value) } else { Err(Problem::invalid(self.0)) }
    }
}
