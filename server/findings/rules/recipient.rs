//! Who received.

use std::collections::BTreeMap;

use serde_json::json;

use super::story::Scene;
use super::{Draft, nothing};
use crate::findings::model::{Also, Severity};
use crate::kit::idnumber::IdNumber;

/// I01, review: whoever took the aid is neither the head nor a member, and no reason for a proxy is given. A household's handover that
/// names nobody is asked about too: help is given by real name.
pub(super) fn unknown_recipient(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let Some(file) = &scene.case().file else { return Vec::new() };
    let actual = match &said.recipient {
        None if scene.visit.hands_over() && said.group.is_none() => json!({"is": "nobody"}),
        None => return Vec::new(),
        Some(recipient) => {
            let reason = recipient.proxy_reason.as_deref().unwrap_or_default();
            let known = file.names.iter().any(|name| folded(name) == folded(&recipient.name));
            if known || !reason.trim().is_empty() {
                return Vec::new();
            }
            json!({"is": "proxy", "relation": recipient.relation})
        }
    };
    vec![Draft::new(Severity::Review, "recipient", json!({"names_on_file": file.names.len()}), actual)]
}

/// I02, block: somebody who received here, by resident identity number, received in another household, org or group visit of this
/// campaign before. A household receives with its head and its members; of a group everybody on the roster who has a number. Falls on
/// every handover but the first that happened, and names that one; a person who stands twice on one roster is found there.
/// Whoever has no number on record is held against nobody.
pub(super) fn received_elsewhere(scene: &Scene<'_>) -> Vec<Draft> {
    let visit = scene.visit;
    if !visit.hands_over() && visit.said.group.is_none() {
        return Vec::new();
    }
    let mut first: BTreeMap<Option<usize>, &Also> = BTreeMap::new();
    for also in visit.also.iter().filter(|also| (also.started_at, also.visit) < (visit.started_at, visit.id)) {
        first.entry(also.line).and_modify(|known| *known = (*known).min(also)).or_insert(also);
    }
    let twice = on_the_roster_twice(scene).into_iter().map(|(line, earlier)| {
        let actual = json!({"is": "roster", "line": line + 1, "earlier_line": earlier + 1});
        Draft::new(Severity::Block, format!("recipient:{}:roster", line + 1), nothing(), actual)
    });
    let elsewhere = first.into_iter().map(|(line, also)| {
        let subject = line.map_or_else(|| "recipient".to_owned(), |line| format!("recipient:{}", line + 1));
        let is = if also.in_a_group { "group" } else { "household" };
        Draft::new(Severity::Block, subject, nothing(), json!({"is": is, "visit_id": also.visit, "visited_at": also.started_at}))
    });
    elsewhere.chain(twice).collect()
}

/// The lines of a roster whose number an earlier line has too.
fn on_the_roster_twice(scene: &Scene<'_>) -> Vec<(usize, usize)> {
    let mut lines: BTreeMap<IdNumber, usize> = BTreeMap::new();
    let mut twice = Vec::new();
    let recipients = scene.visit.said.group.iter().flat_map(|group| &group.recipients).enumerate();
    for (line, number) in recipients.filter_map(|(line, recipient)| recipient.number().map(|number| (line, number))) {
        match lines.get(&number) {
            Some(earlier) => twice.push((line, *earlier)),
            None => drop(lines.insert(number, line)),
        }
    }
    twice
}

/// G01, block: the recipients of a group visit received another sum than the total recorded, or the cash handed over is another.
pub(super) fn roster_does_not_add_up(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(group) = &scene.visit.said.group else { return Vec::new() };
    let sum = group.recipients.iter().map(|recipient| recipient.amount_fen).fold(0, i64::saturating_add);
    let cash = scene.visit.cash_fen();
    let (expected, actual) = if sum != group.total_fen {
        (json!({"recipients": group.recipients.len(), "total_fen": sum}), json!({"is": "sum", "total_fen": group.total_fen}))
    } else if cash != group.total_fen {
        (json!({"total_fen": group.total_fen}), json!({"is": "aid", "total_fen": cash}))
    } else {
        return Vec::new();
    };
    vec![Draft::new(Severity::Block, "group", expected, actual)]
}

/// A name as it is compared: without spaces and the dots in names of many peoples.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '·' | '•' | '.' | '・')).flat_map(char::to_lowercase).collect()
}
