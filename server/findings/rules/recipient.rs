//! Who received.

use serde_json::json;

use super::Draft;
use super::story::Scene;
use crate::findings::model::Severity;

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
