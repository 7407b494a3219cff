//! `reconcile`: loads cases, decides them, and writes down what changed. A fixed number of statements, however many households.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::RECONCILE;
use super::write::Written;
use crate::accounts::DeviceId;
use crate::campaigns::CampaignId;
use crate::findings::model::{About, Key};
use crate::findings::store::{self, Stored};
use crate::findings::{queries, rules};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::{Tx, lock_key};
use crate::kit::http::problem::Problem;

/// Reconciles households in their campaigns, in this transaction.
///
/// # Errors
/// When the database fails.
pub fn reconcile(tx: &mut Tx<'_>, households: &[(CampaignId, HouseholdId)]) -> Result<(), Problem> {
    let keys: Vec<Key> = households.iter().copied().map(Key::from).collect();
    reconcile_keys(tx, &keys)
}

/// Reconciles whatever these keys name: households, visits that have none, teams.
///
/// # Errors
/// When the database fails.
pub fn reconcile_keys(tx: &mut Tx<'_>, keys: &[Key]) -> Result<(), Problem> {
    decide(tx, keys)?.write(tx)
}

/// What there is to write about these keys. Writes nothing itself.
pub(super) fn decide(tx: &mut Tx<'_>, keys: &[Key]) -> Result<Written, Problem> {
    let keys: BTreeSet<Key> = keys.iter().copied().collect();
    let (teams, visits): (Vec<Key>, Vec<Key>) = keys.into_iter().partition(|key| matches!(key, Key::Team(..)));
    let mut written = Written::default();
    if !visits.is_empty() {
        visited(tx, &visits, &mut written)?;
    }
    if !teams.is_empty() {
        held(tx, &teams, &mut written)?;
    }
    Ok(written)
}

fn visited(tx: &mut Tx<'_>, keys: &[Key], written: &mut Written) -> Result<(), Problem> {
    lock(tx, keys)?;
    let (cases, stored) = queries::cases(tx, keys)?;
    written.before = store::standings(tx.conn, keys)?;
    let mut known = by_what(stored);
    for of in &cases {
        let verdict = rules::reconcile(&of.case);
        let changed = written.findings_of(tx, of, &verdict, &mut known);
        written.standing_of(of, &verdict, changed);
        written.overdue_of(of);
    }
    Ok(())
}

fn held(tx: &mut Tx<'_>, keys: &[Key], written: &mut Written) -> Result<(), Problem> {
    lock(tx, keys)?;
    let purses = queries::purses(tx.conn, keys, tx.now)?;
    let slips = queries::slips_of(tx.conn, keys)?;
    let campaigns: Vec<CampaignId> = keys.iter().map(Key::campaign).collect();
    let teams = purses.iter().map(|purse| purse.case.team);
    let about: Vec<String> = teams.map(|team| team.to_string()).chain(slips.iter().map(|(_, entry)| entry.to_string())).collect();
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    let mut known = by_what(store::stored(tx.conn, &campaigns, &about)?);
    for purse in &purses {
        let abouts = slips.iter().filter(|(key, _)| *key == purse.key).map(|(_, entry)| About::Slip(*entry));
        let abouts: Vec<About> = abouts.chain([About::Team(purse.case.team)]).collect();
        written.custody_of(tx, purse, &rules::custody(&purse.case), &abouts, &mut known);
    }
    Ok(())
}

fn by_what(stored: Vec<Stored>) -> HashMap<(CampaignId, About), Vec<Stored>> {
    let mut known: HashMap<(CampaignId, About), Vec<Stored>> = HashMap::new();
    for of in stored {
        known.entry((of.campaign_id, of.about)).or_default().push(of);
    }
    known
}

/// Puts the visits into the queue about which a link that came out of its order, or twice, may say something new.
///
/// # Errors
/// When the database fails.
pub fn chain_moved(tx: &mut Tx<'_>, device: DeviceId, sequences: &[i64]) -> Result<(), Problem> {
    let keys = queries::keys_behind(tx.conn, device, sequences)?;
    let due: BTreeMap<String, Moment> = keys.iter().map(|key| (key.subject(), tx.now)).collect();
    Ok(store::enqueue(tx.conn, RECONCILE, &due)?)
}

/// Takes the lock that the recording of visits takes too: whoever comes second to a door sees the first.
pub(super) fn lock(tx: &mut Tx<'_>, keys: &[Key]) -> Result<(), Problem> {
    let name = |key: &Key| match key {
        Key::Household(campaign, household) => lock_key(&["household", campaign.as_str(), household.as_str()]),
        Key::Visit(campaign, _) => lock_key(&["household", campaign.as_str(), ""]),
        Key::Team(campaign, team) => lock_key(&["custody", campaign.as_str(), team.as_str()]),
    };
    tx.lock(keys.iter().map(name).collect())
}
