//! What a roster does to the files that exist already: pure, so that a dry run and the import itself cannot disagree.

use std::collections::{HashMap, HashSet};

use super::import::{Accepted, Notice, Refusal, Rejection, Verdict, Warning};
use super::model::{Answered, Change, Described, Household};
use crate::accounts::OrgId;
use crate::kit::idnumber::IdNumber;

/// A file and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The file before.
    pub before: Household,
    /// What it says afterwards.
    pub after: Described,
    /// Field by field.
    pub changes: Vec<Change>,
}

/// What an import will do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Rows that become files.
    pub created: Vec<Accepted>,
    /// Files that are corrected.
    pub corrected: Vec<Correction>,
    /// Files that say the same already.
    pub unchanged: usize,
}

/// Holds the rows against the files with the same numbers. `ours` are the orgs whose files may be corrected; a file kept elsewhere makes
/// its row a refused one.
#[must_use]
pub fn plan(verdict: &mut Verdict, files: &HashMap<IdNumber, Household>, ours: &HashSet<OrgId>) -> Plan {
    let mut plan = Plan::default();
    let mut elsewhere = Vec::new();
    let id_column = verdict.id_column.clone();
    let (rejected, warnings) = (&mut verdict.rejected, &mut verdict.warnings);
    verdict.accepted.retain(|row| {
        let Some(file) = files.get(&row.described.id_number) else {
            plan.created.push(row.clone());
            return true;
        };
        if !ours.contains(&file.org_id) {
            elsewhere.push(row.row);
            rejected.push(Rejection { row: row.row, column: id_column.clone(), code: Refusal::FileElsewhere, earlier: None, also: Vec::new() });
            return false;
        }
        let after = merged(&file.described, &row.described, row.answered);
        let changes = changes(&file.described, &after);
        if file.status.is_over() {
            warnings.push(Warning { row: row.row, code: Notice::FileOver });
        }
        if changes.is_empty() {
            plan.unchanged += 1;
        } else {
            warnings.push(Warning { row: row.row, code: Notice::FileCorrected });
            plan.corrected.push(Correction { before: file.clone(), after, changes });
        }
        true
    });
    warnings.retain(|warning| !elsewhere.contains(&warning.row));
    rejected.sort_by_key(|rejection| rejection.row);
    warnings.sort_by_key(|warning| warning.row);
    plan
}

/// A file after a roster spoke: what the roster leaves empty stays as it was.
#[must_use]
pub fn merged(file: &Described, said: &Described, answered: Answered) -> Described {
    let text = |new: &String, old: &String| if new.is_empty() { old.clone() } else { new.clone() };
    Described {
        name: said.name.clone(),
        id_number: said.id_number.clone(),
        phone: said.phone.clone().or_else(|| file.phone.clone()),
        workplace: said.workplace.clone().or_else(|| file.workplace.clone()),
        address: text(&said.address, &file.address),
        category: said.category,
        cause: said.cause.or(file.cause),
        people: said.people.or(file.people),
        income_fen: said.income_fen.or(file.income_fen),
        migrant: if answered.migrant { said.migrant } else { file.migrant },
        laid_off: if answered.laid_off { said.laid_off } else { file.laid_off },
        retired: if answered.retired { said.retired } else { file.retired },
        bank_card: said.bank_card.clone().or_else(|| file.bank_card.clone()),
        remarks: text(&said.remarks, &file.remarks),
    }
}

/// What differs between two descriptions.
#[must_use]
pub fn changes(before: &Described, after: &Described) -> Vec<Change> {
    let (before, after) = (fields(before), fields(after));
    before.into_iter().zip(after).filter_map(|((field, old), (_, new))| Change::of(field, old, new)).collect()
}

fn fields(d: &Described) -> [(&'static str, Option<String>); 14] {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    [
        ("head_name", text(&d.name)),
        ("head_id_number", Some(d.id_number.whole().to_owned())),
        ("phone", d.phone.clone()),
        ("workplace", d.workplace.clone()),
        ("address", text(&d.address)),
        ("category", Some(d.category.to_string())),
        ("cause", d.cause.map(|cause| cause.to_string())),
        ("people", d.people.map(|people| people.to_string())),
        ("income_fen", d.income_fen.map(|fen| fen.to_string())),
        ("migrant", Some(d.migrant.to_string())),
        ("laid_off", Some(d.laid_off.to_string())),
        ("retired", Some(d.retired.to_string())),
        ("bank_card", d.bank_card.clone()),
        ("remarks", text(&d.remarks)),
    ]
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
