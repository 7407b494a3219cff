//! What an event of the log means to who looks at the board: pure.

use serde_json::Value;

use crate::accounts::TeamId;
use crate::boards::model::ChangeKind;
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::log::LogRow;
use crate::visits::VisitId;

/// An event, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::boards) struct Heard {
    pub(in crate::boards) kind: ChangeKind,
    pub(in crate::boards) household: Option<HouseholdId>,
    pub(in crate::boards) visit: Option<VisitId>,
    /// A team that is named outright.
    pub(in crate::boards) team: Option<TeamId>,
    /// The team a household was taken from.
    pub(in crate::boards) from: Option<TeamId>,
    pub(in crate::boards) detail: Option<String>,
}

/// The verbs that mean anything here.
pub(in crate::boards) const VERBS: [&str; 9] = [
    "visit.recorded",
    "standing.changed",
    "findings.changed",
    "finding.settled",
    "household.assigned",
    "custody.changed",
    "need.answered",
    "need.resolved",
    "need.reopened",
];

/// What an event means to a campaign; nothing where it is of another.
pub(in crate::boards) fn heard(row: &LogRow, campaign: CampaignId) -> Option<Heard> {
    let facts: Value = serde_json::from_str(&row.facts).ok()?;
    let fact = |name: &str| facts.get(name).and_then(Value::as_str);
    if fact("campaign_id").is_some_and(|of| of != campaign.as_str()) {
        return None;
    }
    let kind = kind(&row.verb, fact("standing"))?;
    let subject = |of: &str| (row.subject_kind == of).then_some(row.subject.as_str());
    let about = facts.get("about").filter(|about| about.get("kind").and_then(Value::as_str) == Some("team")).and_then(|about| about.get("id"));
    let detail = match kind {
        ChangeKind::Visit => fact("outcome"),
        ChangeKind::Settled => fact("code"),
        ChangeKind::Need => fact("state"),
        _ => None,
    };
    Some(Heard {
        kind,
        household: subject("household").or(fact("household_id")).and_then(HouseholdId::parse),
        visit: subject("visit").or(fact("visit_id")).and_then(VisitId::parse),
        team: subject("team").or(fact("to")).or(about.and_then(Value::as_str)).and_then(TeamId::parse),
        from: fact("from").and_then(TeamId::parse),
        detail: detail.map(str::to_owned),
    })
}

fn kind(verb: &str, standing: Option<&str>) -> Option<ChangeKind> {
    Some(match verb {
        "visit.recorded" => ChangeKind::Visit,
        "standing.changed" if standing == Some("disputed") => ChangeKind::Disputed,
        "standing.changed" => ChangeKind::Standing,
        "findings.changed" => ChangeKind::Findings,
        "finding.settled" => ChangeKind::Settled,
        "household.assigned" => ChangeKind::Moved,
        "custody.changed" => ChangeKind::Custody,
        "need.answered" | "need.resolved" | "need.reopened" => ChangeKind::Need,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kit::clock::Moment;

    fn event(verb: &str, subject_kind: &str, subject: &str, facts: &Value) -> LogRow {
        LogRow {
            chain: String::new(),
            sequence: 1,
            at: Moment::from_ms(0),
            actor: None,
            verb: verb.to_owned(),
            subject_kind: subject_kind.to_owned(),
            subject: subject.to_owned(),
            facts: facts.to_string(),
            previous_hash: String::new(),
            hash: String::new(),
        }
    }

    const ID: &str = "01900000-0000-7000-8000-000000000001";
    const OTHER: &str = "01900000-0000-7000-8000-000000000002";

    #[test]
    fn every_verb_that_is_asked_for_means_something() {
        let campaign = CampaignId::parse(ID).unwrap();
        for verb in VERBS {
            assert!(heard(&event(verb, "household", ID, &json!({"campaign_id": ID})), campaign).is_some(), "{verb}");
        }
        assert_eq!(heard(&event("household.corrected", "household", ID, &json!({})), campaign), None);
    }

    #[test]
    fn what_is_of_another_campaign_is_not_told_and_what_is_of_none_is() {
        let campaign = CampaignId::parse(ID).unwrap();
        assert_eq!(heard(&event("visit.recorded", "visit", ID, &json!({"campaign_id": OTHER})), campaign), None);
        let moved = heard(&event("household.assigned", "household", ID, &json!({"from": ID, "to": OTHER})), campaign).unwrap();
        assert_eq!((moved.kind, moved.from, moved.team), (ChangeKind::Moved, TeamId::parse(ID), TeamId::parse(OTHER)));
    }

    #[test]
    fn a_household_that_is_disputed_is_told_apart() {
        let campaign = CampaignId::parse(ID).unwrap();
        let kind =
            |standing: &str| heard(&event("standing.changed", "household", ID, &json!({"campaign_id": ID, "standing": standing})), campaign).unwrap().kind;
        assert_eq!((kind("disputed"), kind("matched")), (ChangeKind::Disputed, ChangeKind::Standing));
    }
}
