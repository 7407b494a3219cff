//! `push`: decides each item once, remembers the answer, and says how things stand.
//!
//! All of it is one transaction. What can be wrong with an item is found before anything is written, so that a refused item never
//! takes another with it; what fails after that fails for all, and nothing was acknowledged.

use std::collections::HashMap;

use super::prepare::{Carried, Prepared};
use crate::accounts::{self, Actor, PersonId};
use crate::campaigns::CampaignId;
use crate::field::model::{ChainState, Device, ItemKey, ItemKind, ItemResult, ItemStatus, PushAnswer};
use crate::field::rules::chain_state;
use crate::field::store::{self, ItemRow, SetAsideRow};
use crate::findings;
use crate::households::HouseholdId;
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, FieldProblem, Problem, ProblemBody};
use crate::ledger;
use crate::visits::{self, Incoming, Link, VisitId};

/// A refusal as it is remembered.
#[derive(serde::Serialize, serde::Deserialize)]
struct Refusal {
    code: Code,
    fields: Vec<FieldProblem>,
}

impl Refusal {
    const fn may_pass_later(&self) -> bool {
        matches!(self.code, Code::KindNotTakenYet | Code::SealKeyUnknown)
    }
}

enum Decision {
    Stored,
    Duplicate(Box<ItemRow>),
    Conflict,
    Refused(Refusal),
}

impl Decision {
    /// Whether a fresh item found its place in the phone's chain.
    const fn is_kept(&self) -> bool {
        match self {
            Self::Stored => true,
            Self::Refused(refusal) => !refusal.may_pass_later(),
            Self::Duplicate(_) | Self::Conflict => false,
        }
    }
}

/// Who sends: the person of the phone, or another who brings what it recorded.
#[derive(Debug, Clone)]
pub(in crate::field) struct Sender {
    pub(in crate::field) actor: Actor,
    pub(in crate::field) for_another: Option<PersonId>,
}

impl Sender {
    /// Whoever recorded it: everything is written down as theirs. A phone that is known to be somebody else's speaks for nobody.
    fn of(&self, tx: &mut Tx<'_>, device: &Device) -> Result<Actor, Problem> {
        let Some(person) = self.for_another.filter(|person| *person != self.actor.id) else { return Ok(self.actor.clone()) };
        let represented = accounts::represent(tx.conn, &self.actor, person)?;
        match store::person_of(tx.conn, device.id)? {
            Some(known) if known != person => Err(Problem::of(Code::NotFound)),
            _ => Ok(represented),
        }
    }
}

/// Takes what a phone sends.
///
/// # Errors
/// When the database fails; then nothing was stored.
pub(in crate::field) fn push(tx: &mut Tx<'_>, sender: &Sender, device: &Device, prepared: &[Prepared], language: Language) -> Result<PushAnswer, Problem> {
    let actor = &sender.of(tx, device)?;
    tx.lock(vec![lock_key(&["device", device.id.as_str()])])?;
    let ids: Vec<ItemKey> = prepared.iter().map(|p| p.item.id).collect();
    let decided = store::decided(tx.conn, &ids)?;
    let fresh: Vec<&Prepared> = prepared.iter().filter(|p| !decided.contains_key(&p.item.id)).collect();
    let (mut refusals, households) = record(tx, actor, &fresh)?;
    let decisions: Vec<(&Prepared, Decision)> = prepared.iter().map(|p| (p, decide(p, decided.get(&p.item.id), refusals.remove(&p.item.id)))).collect();
    write_down(tx, actor, sender, device, &decisions)?;
    let kept: Vec<&Prepared> = decisions.iter().filter(|(_, decision)| decision.is_kept()).map(|(p, _)| *p).collect();
    link(tx, device, &kept)?;
    findings::reconcile(tx, &households)?;
    let chain = advance(tx, actor, device, kept.iter().map(|p| p.item.sequence).collect())?;
    tx.unchanged();
    Ok(PushAnswer { results: answers(tx, decisions, language)?, device: chain })
}

type Households = Vec<(CampaignId, HouseholdId)>;

/// Signs the slips and stores the visits among fresh items; answers the refusals, and the households to be reconciled.
fn record(tx: &mut Tx<'_>, actor: &Actor, fresh: &[&Prepared]) -> Result<(HashMap<ItemKey, Refusal>, Households), Problem> {
    let mut refusals = HashMap::new();
    let mut keys = Vec::new();
    let mut incoming: Vec<Incoming> = Vec::new();
    let (mut signing, mut counts) = (Vec::new(), Vec::new());
    for p in fresh {
        match &p.carries {
            Ok(Carried::Visit(visit)) => {
                keys.push(p.item.id);
                incoming.push(Incoming::clone(visit));
            }
            Ok(Carried::Acknowledge(count)) => {
                signing.push(p.item.id);
                counts.push(count.clone());
            }
            Err(code) => drop(refusals.insert(p.item.id, Refusal { code: *code, fields: p.faults.clone() })),
        }
    }
    // Before the visits: a slip's lock is taken before those of accounts.
    for (key, outcome) in signing.into_iter().zip(ledger::acknowledge(tx, actor, &counts)?) {
        if let Err(problem) = outcome {
            refusals.insert(key, Refusal { code: problem.code, fields: problem.fields });
        }
    }
    let mut households = Vec::new();
    for (key, outcome) in keys.into_iter().zip(visits::record(tx, actor, &incoming)?) {
        match outcome {
            Ok(visit) => households.extend(visit.household.map(|household| (visit.campaign, household))),
            Err(problem) => drop(refusals.insert(key, Refusal { code: problem.code, fields: problem.fields })),
        }
    }
    Ok((refusals, households))
}

/// Keeps the links of the phone's chain. One that comes out of its order, or twice, says something new about others.
fn link(tx: &mut Tx<'_>, device: &Device, kept: &[&Prepared]) -> Result<(), Problem> {
    if kept.is_empty() {
        return Ok(());
    }
    let links: Vec<Link> = kept.iter().map(|p| p.link()).collect();
    let (_, highest) = store::chain(tx.conn, device.id)?;
    visits::remember_links(tx, device.id, &links)?;
    let mut ahead = highest;
    let mut strange = Vec::new();
    for sequence in links.iter().map(|link| link.sequence) {
        if sequence <= ahead {
            strange.push(sequence);
        }
        ahead = ahead.max(sequence);
    }
    findings::chain_moved(tx, device.id, &strange)
}

fn decide(p: &Prepared, before: Option<&ItemRow>, refusal: Option<Refusal>) -> Decision {
    match (before, refusal) {
        (Some(row), _) if row.content_hash != p.hash || row.kind != p.item.kind => Decision::Conflict,
        (Some(row), _) => Decision::Duplicate(Box::new(row.clone())),
        (None, Some(refusal)) => Decision::Refused(refusal),
        (None, None) => Decision::Stored,
    }
}

fn write_down(tx: &mut Tx<'_>, actor: &Actor, sender: &Sender, device: &Device, decisions: &[(&Prepared, Decision)]) -> Result<(), Problem> {
    let now = tx.now;
    let row = |p: &Prepared, status: ItemStatus, problem: Option<String>| ItemRow {
        id: p.item.id,
        device_id: device.id,
        person_id: actor.id,
        sequence: p.item.sequence,
        previous: p.item.previous.clone(),
        kind: p.item.kind,
        content_hash: p.hash.clone(),
        made_at: p.item.made_at,
        not_before_at: p.not_before_at,
        status: status.as_str().to_owned(),
        receipt: if problem.is_none() { p.receipt.clone() } else { String::new() },
        problem,
        received_at: now,
        brought_by: (sender.actor.id != actor.id).then_some(sender.actor.id),
    };
    let mut rows = Vec::new();
    let mut aside = Vec::new();
    for (p, decision) in decisions {
        match decision {
            Decision::Stored => rows.push(row(p, ItemStatus::Stored, None)),
            // A newer server may take it: that answer is not for ever.
            Decision::Refused(refusal) if refusal.may_pass_later() => {}
            Decision::Refused(refusal) => {
                let words = serde_json::to_string(refusal).map_err(Problem::unexpected)?;
                rows.push(row(p, ItemStatus::Refused, Some(words)));
                tx.record(actor.event("item.refused", "item", p.item.id, serde_json::json!({"code": refusal.code})));
            }
            Decision::Conflict => {
                let item = p.item.body.as_ref().map(|body| body.get().to_owned()).or_else(|| p.item.sealed.clone()).unwrap_or_default();
                aside.push(SetAsideRow { item_id: p.item.id, content_hash: p.hash.clone(), device_id: device.id, person_id: actor.id, item, received_at: now });
                tx.record(actor.event("item.set_aside", "item", p.item.id, serde_json::json!({"content_hash": p.hash})));
            }
            Decision::Duplicate(_) => {}
        }
    }
    Ok(store::insert(tx.conn, &rows, &aside)?)
}

/// Moves the phone's chain on by the numbers that were kept.
fn advance(tx: &mut Tx<'_>, actor: &Actor, device: &Device, mut beyond: Vec<i64>) -> Result<ChainState, Problem> {
    let (through, highest) = store::chain(tx.conn, device.id)?;
    if highest > through {
        beyond.extend(store::beyond(tx.conn, device.id, through)?);
    }
    let highest = beyond.iter().copied().fold(highest, i64::max);
    let state = chain_state(through, &beyond);
    store::remember(tx.conn, actor.id, device, (state.accepted_through, highest), tx.now)?;
    Ok(state)
}

fn answers(tx: &mut Tx<'_>, decisions: Vec<(&Prepared, Decision)>, language: Language) -> Result<Vec<ItemResult>, Problem> {
    let visits: Vec<VisitId> = decisions.iter().filter_map(|(p, _)| VisitId::parse(p.item.id.as_str())).collect();
    let mut missing = store::missing_evidence(tx.conn, &visits)?;
    let items: Vec<ItemKey> = decisions.iter().filter(|(p, _)| p.item.kind == ItemKind::Acknowledge).map(|(p, _)| p.item.id).collect();
    let mut signatures = store::missing_signatures(tx.conn, &items)?;
    let mut seen = findings::seen(tx.conn, &visits, language)?;
    let mut results = Vec::with_capacity(decisions.len());
    for (p, decision) in decisions {
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
        results.push(ItemResult {
            id: p.item.id,
            status,
            standing,
            missing_evidence: visit.and_then(|visit| missing.remove(&visit)).or_else(|| signatures.remove(&p.item.id)).unwrap_or_default(),
            findings,
            receipt,
            problem: refusal.map(|refusal| in_words(refusal, language)),
        });
    }
    Ok(results)
}

fn in_words(refusal: Refusal, language: Language) -> ProblemBody {
    let mut problem = Problem::of(refusal.code);
    problem.fields = refusal.fields;
    problem.body(language, "")
}
