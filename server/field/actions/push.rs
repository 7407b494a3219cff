//! `push`: decides each item once, remembers the answer, and says how things stand.
//!
//! What phones send at the same time is taken together, in one transaction and a number of statements that does not grow with it. What
//! can be wrong with an item is found before anything is written, so that a refused item never takes another with it; what fails after
//! that fails for all, and nothing was acknowledged.

mod answer;
mod decide;
mod parcel;
mod rush;

pub(in crate::field) use parcel::{Parcel, Sender};

use std::collections::HashMap;
use std::sync::Arc;

use super::prepare::{Carried, Hands, Opening, Prepared};
use crate::accounts::tokens::Keys;
use crate::accounts::{Actor, DeviceId};
use crate::campaigns::CampaignId;
use crate::field::model::{ChainState, Device, Item, ItemKey, PushAnswer};
use crate::field::rules::chain_state;
use crate::field::store::{self, Chains};
use crate::findings;
use crate::households::HouseholdId;
use crate::kit::clock::MINUTE_MS;
use crate::kit::db::{Db, Gather, Place, Tx, lock_key};
use crate::kit::http::gate::come_back_later;
use crate::kit::http::problem::{Code, Problem};
use crate::ledger;
use crate::needs;
use crate::spotchecks::{self, AnswersSent};
use crate::visits::{self, Incoming, Link};
use answer::Decided;
use decide::{Refusal, decide, write_down};
use rush::Rush;

/// Items taken together at the most: so long the first of them waits.
const MOST: u64 = 400;
/// So many phones are answered with what is found about their visits; where more wait at the same time, or come in a rush, all are
/// answered as soon as what they brought is durable.
const FEW: usize = 8;
/// A visit that was taken in waits so long at the most before no more are.
const LONGEST_WAIT_MS: i64 = MINUTE_MS;

/// Those who push at the same time.
#[derive(Clone, Debug)]
pub struct Pushes {
    gather: Gather<Came, PushAnswer>,
    rush: Arc<Rush>,
    hands: Hands,
    db: Db,
}

/// A parcel and how it came.
#[derive(Debug)]
struct Came {
    parcel: Parcel,
    in_a_rush: bool,
}

impl Pushes {
    /// Nobody pushes yet.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { gather: Gather::new(db.clone(), MOST, push), rush: Arc::default(), hands: Hands::default(), db }
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.gather.waiting()
    }

    /// A place for so many items, taken before they are prepared: preparing costs as much as writing, and what it costs for whoever is
    /// told to come back is taken from those who are in.
    ///
    /// # Errors
    /// [`Code::Busy`] where too many wait.
    pub(in crate::field) fn enter(&self, items: usize) -> Result<Place, Problem> {
        if self.gather.is_crowded() {
            return Err(come_back_later(self.db.chance()));
        }
        Ok(self.gather.enter(u64::try_from(items).unwrap_or(MOST).min(MOST)))
    }

    /// Makes ready what a phone sends.
    ///
    /// # Errors
    /// [`Code::Invalid`] for a frame that makes no sense.
    pub(in crate::field) async fn prepare(&self, keys: &Keys, opening: Opening, device: Device, items: Vec<Item>) -> Result<(Device, Vec<Prepared>), Problem> {
        self.hands.prepare(keys, opening, device, items, self.db.clock().now()).await
    }

    /// Takes a parcel, with those that wait beside it.
    ///
    /// # Errors
    /// What the sender may not do; when the database fails, and then nothing of it was stored.
    pub(in crate::field) async fn take(&self, parcel: Parcel, place: Place) -> Result<PushAnswer, Problem> {
        let in_a_rush = self.rush.came(self.db.clock().now());
        self.gather.write(Came { parcel, in_a_rush }, place).await
    }
}

/// A parcel and whose visits are in it.
struct Given<'a> {
    parcel: &'a Parcel,
    actor: Actor,
}

/// Takes what phones send, each parcel with its own answer.
fn push(tx: &mut Tx<'_>, came: &[Arc<Came>]) -> Result<Vec<Result<PushAnswer, Problem>>, Problem> {
    tx.unchanged();
    let parcels: Vec<&Parcel> = came.iter().map(|one| &one.parcel).collect();
    let in_a_rush = came.iter().any(|one| one.in_a_rush);
    let mut answers: Vec<Result<PushAnswer, Problem>> = parcels.iter().map(|_| Err(Problem::of(Code::Internal))).collect();
    let waiting_since = visits::waiting_since(tx.conn, tx.now)?;
    let in_time = waiting_since.is_none_or(|at| tx.now.since(at) < LONGEST_WAIT_MS);
    let is_crowd = (parcels.len() > FEW || in_a_rush || waiting_since.is_some()) && in_time;
    for wave in parcel::waves(&parcels) {
        let mut given = Vec::with_capacity(wave.len());
        let mut places = Vec::with_capacity(wave.len());
        for at in wave {
            let (Some(parcel), Some(answer)) = (parcels.get(at), answers.get_mut(at)) else { continue };
            match parcel.sender.of(tx, &parcel.device) {
                Ok(actor) => {
                    given.push(Given { parcel, actor });
                    places.push(at);
                }
                Err(problem) if problem.code == Code::Internal => return Err(problem),
                Err(problem) => *answer = Err(problem),
            }
        }
        for (at, told) in places.into_iter().zip(take(tx, &given, is_crowd)?) {
            if let Some(answer) = answers.get_mut(at) {
                *answer = Ok(told);
            }
        }
    }
    Ok(answers)
}

/// Takes one wave.
fn take(tx: &mut Tx<'_>, given: &[Given<'_>], is_crowd: bool) -> Result<Vec<PushAnswer>, Problem> {
    let devices: Vec<DeviceId> = given.iter().map(|of| of.parcel.device.id).collect();
    tx.lock(devices.iter().map(|device| lock_key(&["device", device.as_str()])).collect())?;
    let ids: Vec<ItemKey> = given.iter().flat_map(|of| of.parcel.prepared.iter().map(|p| p.item.id)).collect();
    let known = store::decided(tx.conn, &ids)?;
    let fresh = given.iter().flat_map(|of| of.parcel.prepared.iter().filter(|p| !known.contains_key(&p.item.id)).map(move |p| (&of.actor, p)));
    let (mut refusals, households) = record(tx, &fresh.collect::<Vec<_>>(), is_crowd)?;
    let mut decided: Vec<Decided<'_>> = Vec::with_capacity(given.len());
    for of in given {
        decided.push(of.parcel.prepared.iter().map(|p| (p, decide(p, known.get(&p.item.id), refusals.remove(&p.item.id)))).collect());
    }
    write_down(tx, given, &decided)?;
    let chains = store::chains(tx.conn, &devices)?;
    let kept = |items: &Decided<'_>| -> Vec<Link> { items.iter().filter(|(_, decision)| decision.is_kept()).map(|(p, _)| p.link()).collect() };
    let links: Vec<(DeviceId, Vec<Link>)> = devices.iter().copied().zip(decided.iter().map(kept)).collect();
    link(tx, &chains, &links)?;
    findings::reconcile(tx, &households)?;
    let states = advance(tx, given, &chains, &links)?;
    let results = answer::answers(tx, given.iter().map(|of| of.parcel).zip(decided).collect())?;
    Ok(results.into_iter().zip(states).map(|(results, device)| PushAnswer { results, device }).collect())
}

type Households = Vec<(CampaignId, HouseholdId)>;

/// Signs the slips, keeps the answers of checks and stores the visits among fresh items; answers the refusals, and the households to be reconciled. In a crowd the
/// visits are taken in, and what follows from them is worked off when it has passed.
fn record(tx: &mut Tx<'_>, fresh: &[(&Actor, &Prepared)], is_crowd: bool) -> Result<(HashMap<ItemKey, Refusal>, Households), Problem> {
    let mut refusals = HashMap::new();
    let mut keys = Vec::new();
    let mut incoming: Vec<(&Actor, &Incoming)> = Vec::new();
    let mut counts = Vec::new();
    let (mut asked, mut answers) = (Vec::new(), Vec::new());
    for (actor, p) in fresh {
        match &p.carries {
            Ok(Carried::Visit(visit)) => {
                keys.push(p.item.id);
                incoming.push((actor, visit));
            }
            Ok(Carried::Acknowledge(count)) => counts.push((*actor, p.item.id, count.clone())),
            Ok(Carried::Check(sent)) => {
                asked.push(p.item.id);
                answers.push((*actor, AnswersSent::clone(sent)));
            }
            Err(code) => drop(refusals.insert(p.item.id, Refusal { code: *code, fields: p.faults.clone() })),
        }
    }
    // Before the visits: a slip's lock is taken before those of accounts. A lead signs a handful in a season, those of one lead together.
    for of_one in counts.chunk_by(|(one, ..), (other, ..)| one.id == other.id) {
        let Some((actor, ..)) = of_one.first() else { continue };
        let said: Vec<_> = of_one.iter().map(|(.., count)| count.clone()).collect();
        for ((_, key, _), outcome) in of_one.iter().zip(ledger::acknowledge(tx, actor, &said)?) {
            if let Err(problem) = outcome {
                refusals.insert(*key, Refusal { code: problem.code, fields: problem.fields });
            }
        }
    }
    for (key, outcome) in asked.into_iter().zip(spotchecks::take_answers(tx, &answers)?) {
        if let Err(problem) = outcome {
            refusals.insert(key, Refusal { code: problem.code, fields: problem.fields });
        }
    }
    let recorded = if is_crowd { visits::take_in(tx, &incoming)? } else { visits::record(tx, &incoming)? };
    let (mut households, mut in_correction) = (Vec::new(), Vec::new());
    for (key, outcome) in keys.into_iter().zip(recorded) {
        match outcome {
            Ok(_) if is_crowd => {}
            Ok(visit) => {
                households.extend(visit.household.map(|household| (visit.campaign, household)));
                in_correction.extend(visit.in_correction.then_some(visit.id));
            }
            Err(problem) => drop(refusals.insert(key, Refusal { code: problem.code, fields: problem.fields })),
        }
    }
    needs::carry_over(tx, &in_correction)?;
    Ok((refusals, households))
}

/// Keeps the links of the phones' chains. One that comes out of its order, or twice, says something new about others.
fn link(tx: &mut Tx<'_>, chains: &Chains, links: &[(DeviceId, Vec<Link>)]) -> Result<(), Problem> {
    let all: Vec<(DeviceId, Link)> = links.iter().flat_map(|(device, links)| links.iter().map(|link| (*device, link.clone()))).collect();
    visits::remember_links(tx, &all)?;
    for (device, links) in links {
        let (_, mut ahead) = chains.get(device).copied().unwrap_or_default();
        let mut strange = Vec::new();
        for sequence in links.iter().map(|link| link.sequence) {
            if sequence <= ahead {
                strange.push(sequence);
            }
            ahead = ahead.max(sequence);
        }
        if !strange.is_empty() {
            findings::chain_moved(tx, *device, &strange)?;
        }
    }
    Ok(())
}

/// Moves the phones' chains on by the numbers that were kept.
fn advance(tx: &mut Tx<'_>, given: &[Given<'_>], chains: &Chains, links: &[(DeviceId, Vec<Link>)]) -> Result<Vec<ChainState>, Problem> {
    let mut states = Vec::with_capacity(given.len());
    let mut seen = Vec::with_capacity(given.len());
    for (of, (device, links)) in given.iter().zip(links) {
        let (through, highest) = chains.get(device).copied().unwrap_or_default();
        let mut beyond: Vec<i64> = links.iter().map(|link| link.sequence).collect();
        if highest > through {
            // A chain with a gap: few phones have one.
            beyond.extend(store::beyond(tx.conn, *device, through)?);
        }
        let highest = beyond.iter().copied().fold(highest, i64::max);
        let state = chain_state(through, &beyond);
        seen.push((of.actor.id, &of.parcel.device, (state.accepted_through, highest)));
        states.push(state);
    }
    store::remember(tx.conn, &seen, tx.now)?;
    Ok(states)
}
