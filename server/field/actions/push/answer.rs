//! How things stand, as each phone is told.

use std::collections::HashMap;

use super::super::prepare::Prepared;
use super::decide::{Decision, Refusal};
use super::parcel::Parcel;
use crate::field::model::{ItemKey, ItemKind, ItemResult, ItemStatus};
use crate::field::store;
use crate::findings;
use crate::kit::db::Tx;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Problem, ProblemBody};
use crate::visits::{self, VisitId};

/// Items and what was decided about each.
pub(super) type Decided<'a> = Vec<(&'a Prepared, Decision)>;

/// The results of parcels, each of an item in its place. Of visits that wait to be worked off nothing is known yet, also where they were put
/// off: the phone hears of them with its next pull.
pub(super) fn answers(tx: &mut Tx<'_>, decided: Vec<(&Parcel, Decided<'_>)>) -> Result<Vec<Vec<ItemResult>>, Problem> {
    let items = || decided.iter().flat_map(|(_, items)| items.iter().map(|(p, _)| *p));
    let visits: Vec<VisitId> = items().filter_map(|p| VisitId::parse(p.item.id.as_str())).collect();
    let signed: Vec<ItemKey> = items().filter(|p| p.item.kind == ItemKind::Acknowledge).map(|p| p.item.id).collect();
    let mut missing = store::missing_evidence(tx.conn, &visits)?;
    let checks: Vec<ItemKey> = items().filter(|p| p.item.kind == ItemKind::Check).map(|p| p.item.id).collect();
    let mut of_others = store::missing_signatures(tx.conn, &signed)?;
    of_others.extend(store::missing_of_checks(tx.conn, &checks)?);
    let mut seen = HashMap::new();
    let waiting = visits::waiting(tx.conn, &visits)?;
    for language in [Language::Chinese, Language::English] {
        let spoken = decided.iter().filter(|(parcel, _)| parcel.language == language).flat_map(|(_, items)| items);
        let of = spoken.filter_map(|(p, _)| VisitId::parse(p.item.id.as_str())).filter(|visit| !waiting.contains(visit));
        let of: Vec<VisitId> = of.collect();
        if !of.is_empty() {
            seen.extend(findings::seen(tx.conn, &of, language)?);
        }
    }
    let mut result = |language: Language, p: &Prepared, decision: Decision| {
        let (status, receipt, refusal) = match decision {
            Decision::Stored => (ItemStatus::Stored, Some(p.receipt.clone()), None),
            Decision::Conflict => (ItemStatus::Conflict, None, None),
            Decision::Refused(refusal) => (ItemStatus::Refused, None, Some(refusal)),
            Decision::Duplicate(row) => match row.problem {
                Some(words) => (ItemStatus::Refused, None, serde_json::from_str(&words).ok()),
                None => (ItemStatus::Duplicate, Some(row.receipt), None),
            },
        };
        let visit = VisitId::parse(p.item.id.as_str());
        let view = visit.and_then(|visit| seen.remove(&visit));
        let (standing, findings) = view.map_or((None, Vec::new()), |view| (view.standing, view.findings));
        ItemResult {
            id: p.item.id,
            status,
            standing,
            missing_evidence: visit.and_then(|visit| missing.remove(&visit)).or_else(|| of_others.remove(&p.item.id)).unwrap_or_default(),
            findings,
            receipt,
            problem: refusal.map(|refusal| in_words(refusal, language)),
        }
    };
    let of_parcel = |(parcel, items): (&Parcel, Decided<'_>)| items.into_iter().map(|(p, decision)| result(parcel.language, p, decision)).collect();
    Ok(decided.into_iter().map(of_parcel).collect())
}

fn in_words(refusal: Refusal, language: Language) -> ProblemBody {
    let mut problem = Problem::of(refusal.code);
    problem.fields = refusal.fields;
    problem.body(language, "")
}
