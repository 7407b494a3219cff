//! `acknowledge`: a lead's count of what a store issued or took back, signed on the phone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::accounts::{self, Actor, Org, TeamId};
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Event;
use crate::ledger::model::{Acknowledged, Acknowledgement, Commodity, EntryId, Posting, Slip, SlipState};
use crate::ledger::rules;
use crate::ledger::store::{self, AcknowledgementRow};

/// What is known of the slips that are signed.
struct Known {
    slips: BTreeMap<EntryId, Slip>,
    postings: BTreeMap<EntryId, Vec<Posting>>,
    signed: BTreeSet<EntryId>,
}

/// Signs slips, all in a few statements however many there are. One that cannot be signed is answered with its problem and holds up
/// none of the others. A slip is signed once: the first count stands, also on one that the store has taken back by now.
///
/// # Errors
/// When the database fails; then none of them is signed.
pub fn acknowledge(tx: &mut Tx<'_>, actor: &Actor, given: &[Acknowledgement]) -> Result<Vec<Result<Acknowledged, Problem>>, Problem> {
    if given.is_empty() {
        return Ok(Vec::new());
    }
    tx.lock(given.iter().map(|one| slip_lock(one.slip_id)).collect())?;
    let mut known = Known::of(tx, given)?;
    let mut answers = Vec::with_capacity(given.len());
    let mut stand = Vec::new();
    for one in given {
        let verdict = known.verdict(actor, one);
        if let Ok(done) = &verdict {
            known.signed.insert(one.slip_id);
            stand.push((one, *done));
        }
        answers.push(verdict);
    }
    store_all(tx, actor, &stand)?;
    Ok(answers)
}

/// The key that serialises the signature and the reversal of one slip. It is taken before the locks of accounts.
pub(super) fn slip_lock(slip: EntryId) -> i64 {
    lock_key(&["slip", slip.as_str()])
}

impl Known {
    fn of(tx: &mut Tx<'_>, given: &[Acknowledgement]) -> Result<Self, Problem> {
        let ids: Vec<EntryId> = given.iter().map(|one| one.slip_id).collect::<BTreeSet<_>>().into_iter().collect();
        let mut postings: BTreeMap<EntryId, Vec<Posting>> = BTreeMap::new();
        for (entry, posting) in store::postings_of(tx.conn, &ids)? {
            postings.entry(entry).or_default().push(posting);
        }
        let slips = store::slips(tx.conn, &ids)?.into_iter().map(|slip| (slip.id, slip)).collect();
        Ok(Self { slips, postings, signed: store::acknowledged(tx.conn, &ids)?.into_iter().collect() })
    }

    fn verdict(&self, actor: &Actor, one: &Acknowledgement) -> Result<Acknowledged, Problem> {
        let own = self.slips.get(&one.slip_id).filter(|slip| actor.is_of(slip.team_id));
        let slip = own.ok_or_else(|| Problem::field("/slip_id", "unknown"))?;
        if !actor.leads(slip.team_id) {
            return Err(Problem::of(Code::Forbidden));
        }
        if slip.campaign_id != one.campaign_id {
            return Err(Problem::field("/campaign_id", "not_same_campaign"));
        }
        if self.signed.contains(&one.slip_id) {
            return Err(Problem::of(Code::AlreadyAcknowledged));
        }
        let written = rules::written(self.postings.get(&slip.id).map(Vec::as_slice).unwrap_or_default());
        let agrees = rules::count(&written, &one.lines, &one.words).map_err(Problem::invalid)?;
        let state = SlipState::of(slip.state == SlipState::Reversed, Some(agrees));
        Ok(Acknowledged { slip_id: slip.id, campaign_id: slip.campaign_id, team_id: slip.team_id, state })
    }
}

fn store_all(tx: &mut Tx<'_>, actor: &Actor, stand: &[(&Acknowledgement, Acknowledged)]) -> Result<(), Problem> {
    if stand.is_empty() {
        return Ok(());
    }
    let row = |one: &Acknowledgement| AcknowledgementRow {
        entry_id: one.slip_id,
        item_id: one.item_id.clone(),
        signature_sha256: one.signature_sha256.clone(),
        words: one.words.trim().to_owned(),
        made_by: actor.id,
        made_at: one.made_at,
        received_at: tx.now,
    };
    let rows: Vec<AcknowledgementRow> = stand.iter().map(|(one, _)| row(one)).collect();
    let counted: Vec<(EntryId, Commodity, i64)> =
        stand.iter().flat_map(|(one, _)| one.lines.iter().map(|(commodity, amount)| (one.slip_id, *commodity, *amount))).collect();
    store::insert_acknowledgements(tx.conn, &rows, &counted)?;
    for state in [SlipState::Agreed, SlipState::Differs] {
        let ids: Vec<EntryId> = stand.iter().filter(|(_, done)| done.state == state).map(|(_, done)| done.slip_id).collect();
        store::set_slip_state(tx.conn, &ids, state)?;
    }
    let mut orgs: BTreeMap<TeamId, Org> = BTreeMap::new();
    // The teams that one person leads: a handful.
    for team in stand.iter().map(|(_, done)| done.team_id).collect::<BTreeSet<_>>() {
        orgs.extend(accounts::team(tx.conn, team)?.map(|placed| (team, placed.org)));
    }
    for (_, done) in stand {
        if let Some(org) = orgs.get(&done.team_id) {
            tell(tx, Some(actor), org, "slip.acknowledged", done);
        }
    }
    Ok(())
}

/// What happens to a slip is heard in the chain of its team's own org.
pub(super) fn tell(tx: &mut Tx<'_>, by: Option<&Actor>, org: &Org, verb: &'static str, slip: &Acknowledged) {
    let facts = json!({"campaign_id": slip.campaign_id, "team_id": slip.team_id, "state": slip.state});
    let by = by.map(|actor| actor.id.to_string());
    tx.record(Event { chain: org.chain.clone(), by, verb, subject_kind: "slip", subject: slip.slip_id.to_string(), facts });
}
