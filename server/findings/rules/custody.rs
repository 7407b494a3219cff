//! What teams hold, against the deadline and against the store's count.

use serde_json::{Value, json};

use crate::findings::model::{About, Code, Counted, Custody, Finding, Severity};

/// Holds a team's custody against the campaign: C01, then C02, each in the order of its subject. Pure.
#[must_use]
pub fn custody(of: &Custody) -> Vec<Finding> {
    let mut findings = still_held(of);
    findings.extend(counted_differently(of));
    findings
}

/// C01, block: after the deadline the team still holds cash or goods that are neither handed over nor returned, one for each fund and
/// item. What it holds on the last moment of the campaign is held against nobody.
fn still_held(of: &Custody) -> Vec<Finding> {
    if of.now <= of.season.deadline_at {
        return Vec::new();
    }
    let mut held: Vec<_> = of.held.iter().filter(|held| held.amount > 0).collect();
    held.sort();
    let found = |held: &crate::findings::model::Held| Finding {
        about: About::Team(of.team),
        code: Code::C01,
        severity: Severity::Block,
        subject: format!("custody:{}", held.commodity_id),
        expected: json!({"deadline_at": of.season.deadline_at}),
        actual: amount(&held.commodity_id, held.is_cash, held.amount),
        evidence: Vec::new(),
    };
    held.into_iter().map(found).collect()
}

/// C02, review: an issue or a return was counted differently by the team and by the store, one for each line that differs.
fn counted_differently(of: &Custody) -> Vec<Finding> {
    let mut slips: Vec<_> = of.slips.iter().collect();
    slips.sort_by_key(|slip| slip.entry);
    let mut findings = Vec::new();
    for slip in slips {
        let mut lines: Vec<&Counted> = slip.lines.iter().filter(|line| line.booked != line.counted).collect();
        lines.sort();
        findings.extend(lines.into_iter().map(|line| Finding {
            about: About::Slip(slip.entry),
            code: Code::C02,
            severity: Severity::Review,
            subject: format!("custody:{}", line.commodity_id),
            expected: amount(&line.commodity_id, line.is_cash, line.booked),
            actual: amount(&line.commodity_id, line.is_cash, line.counted),
            evidence: Vec::new(),
        }));
    }
    findings
}

fn amount(id: &str, is_cash: bool, amount: i64) -> Value {
    if is_cash { json!({"is": "cash", "fund_id": id, "cash_fen": amount}) } else { json!({"is": "goods", "item_id": id, "quantity_milli": amount}) }
}
