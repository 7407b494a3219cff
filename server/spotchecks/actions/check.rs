//! A check as somebody may see it: blind until the household has answered.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::must_read;
use super::read::visible;
use crate::accounts::{Actor, Role};
use crate::campaigns::{self, CampaignId, Item, ItemId};
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::spotchecks::model::{Answers, Check, CheckAside, CheckId, CheckRow, CheckState, Compared, Fallen, HouseholdAsked, Judged, Kind, Record, SampleId};
use crate::spotchecks::{queries, rules, store};

/// What a household answered, and to whom.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Answered {
    /// What it said.
    #[serde(flatten)]
    pub said: Answers,
    /// Who asked.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Why a household fell out of the sample.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CheckReplaced)]
pub struct Replaced {
    /// Why.
    pub reason: Fallen,
    /// The same in words.
    pub words: String,
    /// When.
    pub at: Moment,
}

/// A check.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CheckView {
    /// Its id.
    pub id: CheckId,
    /// Its sample.
    pub sample_id: SampleId,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// What it was drawn from.
    pub kind: Kind,
    /// Where it was drawn.
    pub stratum: String,
    /// Its place there.
    pub place: i64,
    /// How far it has come.
    pub state: CheckState,
    /// Who is to be asked.
    pub household: HouseholdAsked,
    /// The check whose place it took.
    pub replaces: Option<CheckId>,
    /// Why it fell out, where it did.
    pub replaced: Option<Replaced>,
    /// Goods to pick from, and those that are named here.
    pub goods: Vec<Item>,
    /// What the household said.
    pub answers: Option<Answered>,
    /// What the cadre wrote: only once the household has answered.
    pub record: Option<Record>,
    /// Both, field by field.
    pub compared: Vec<Compared>,
    /// Every verdict, the last stands.
    pub verdicts: Vec<Judged>,
    /// Answers that came too late from a phone, once there is nothing left that they could give away.
    pub asides: Vec<CheckAside>,
}

/// The checks of a sample that this actor may make or read.
///
/// # Errors
/// When it is out of sight.
pub fn list(conn: &mut Conn, actor: &Actor, sample: SampleId, state: Option<CheckState>, page: &PageQuery) -> Result<Page<CheckRow>, Problem> {
    visible(conn, actor, sample)?;
    let limit = page.limit()?;
    let after = page.after()?.map(|key| read_key(&key).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let rows = queries::list(conn, actor, sample, &queries::Wanted { state, after }, limit + 1)?;
    Ok(Page::of(rows, limit, |row| format!("{} {}", row.place, row.stratum)))
}

/// One check.
pub fn check(conn: &mut Conn, actor: &Actor, id: CheckId) -> Result<CheckView, Problem> {
    let (check, household) = seen(conn, actor, id)?;
    view(conn, check, household)
}

/// The check, in the subtree of an actor who may read checks, and none of their own.
pub(super) fn seen(conn: &mut Conn, actor: &Actor, id: CheckId) -> Result<(Check, HouseholdAsked), Problem> {
    must_read(actor)?;
    let found = queries::check(conn, id)?.ok_or(Problem::of(Code::NotFound))?;
    may_read(actor, &found.0).map(|()| found)
}

/// The same for a supervisor who is about to write; none of them where another household has taken its place.
pub(super) fn for_writing(conn: &mut Conn, actor: &Actor, id: CheckId) -> Result<(Check, HouseholdAsked), Problem> {
    let found = seen(conn, actor, id)?;
    may_write(actor, &found.0).map(|()| found)
}

fn may_read(actor: &Actor, check: &Check) -> Result<(), Problem> {
    must_read(actor)?;
    if !actor.covers(&check.org_path) {
        return Err(Problem::of(Code::NotFound));
    }
    if check.team_id.is_some_and(|team| actor.is_of(team)) || check.cadre_id == Some(actor.id) { Err(Problem::of(Code::OwnTeam)) } else { Ok(()) }
}

/// Whether this actor may answer, judge or replace a check.
pub(super) fn may_write(actor: &Actor, check: &Check) -> Result<(), Problem> {
    may_read(actor, check)?;
    actor.must_be(&[Role::Supervisor])?;
    if check.state == CheckState::Replaced { Err(Problem::of(Code::CheckReplaced)) } else { Ok(()) }
}

pub(super) fn view(conn: &mut Conn, of: Check, household: HouseholdAsked) -> Result<CheckView, Problem> {
    let sample = store::sample(conn, of.sample_id)?.ok_or(Problem::of(Code::NotFound))?;
    let answers = store::answers(conn, of.id)?.map(|(said, by, at)| Answered { said, by, at });
    let visit = of.visit_id.filter(|_| answers.is_some());
    let record = visit.map(|visit| queries::record(conn, visit)).transpose()?.flatten();
    let compared = answers.as_ref().zip(record.as_ref()).map(|(answers, record)| rules::compare::compare(&answers.said, record)).unwrap_or_default();
    let mut items: Vec<ItemId> = queries::items_of_campaign(conn, of.campaign_id)?;
    items.extend(answers.iter().flat_map(|answers| &answers.said.goods).chain(record.iter().flat_map(|record| &record.goods)).map(|line| line.item_id));
    let mut goods = campaigns::items_by_id(conn, &items)?;
    goods.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let replaced = store::replacement(conn, of.id)?.map(|(reason, words, at)| Replaced { reason, words, at });
    let verdicts = store::verdicts(conn, of.id)?;
    let asides = if answers.is_some() || replaced.is_some() { store::asides(conn, of.id)? } else { Vec::new() };
    let Check { id, sample_id, campaign_id, stratum, place, state, replaces, .. } = of;
    let kind = sample.kind;
    Ok(CheckView { id, sample_id, campaign_id, kind, stratum, place, state, household, replaces, replaced, goods, answers, record, compared, verdicts, asides })
}

fn read_key(key: &str) -> Option<(String, i64)> {
    let (place, stratum) = key.split_once(' ')?;
    Some((stratum.to_owned(), place.parse().ok()?))
}
