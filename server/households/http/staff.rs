//! Approvals, assignments and steps: many files at once.

use actix_web::{post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{Actor, PersonId, TeamId};
use crate::households::actions::{self, Assigned, Together, Which, Whom};
use crate::households::http::steps::{FEWEST, LONGEST_WORDS};
use crate::households::model::{HouseholdId, ImportId, Status, Turn};
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::problem::{Answer, Problem};

/// As many as a roster holds.
const MOST_AT_ONCE: usize = 20_050;

/// Which files to approve: these, or all of a roster.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalBody {
    /// These.
    household_ids: Option<Vec<HouseholdId>>,
    /// All that a roster made.
    import_id: Option<ImportId>,
}

/// What came of an approval.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalReply {
    /// Approved now.
    approved: usize,
    /// Approved already.
    unchanged: usize,
    /// Not in a state that allows it.
    refused: Vec<RefusedFile>,
}

/// A file that stands where it cannot be done.
#[derive(Debug, Serialize, ToSchema)]
struct RefusedFile {
    /// The file.
    id: HouseholdId,
    /// Where it stands.
    status: Status,
}

/// Which files go to which team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentBody {
    /// The files.
    household_ids: Vec<HouseholdId>,
    /// The team.
    team_id: TeamId,
    /// Who of the team goes first. Where nothing is said it stays as it was, and nobody does where the team is another.
    cadre_id: Option<PersonId>,
    /// Nobody of the team goes first.
    #[serde(default)]
    whole_team: bool,
    /// What is not theirs to give is named in the answer, and the rest is given.
    #[serde(default)]
    by_itself: bool,
}

impl AssignmentBody {
    fn whom(&self) -> Result<Whom, Problem> {
        match (self.cadre_id, self.whole_team) {
            (Some(_), true) => Err(Problem::field("/cadre_id", "must_be_empty")),
            (Some(cadre), false) => Ok(Whom::Cadre(cadre)),
            (None, true) => Ok(Whom::Anybody),
            (None, false) => Ok(Whom::AsBefore),
        }
    }
}

/// What came of an assignment.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentReply {
    /// Changed hands.
    assigned: usize,
    /// With that team already.
    unchanged: usize,
    /// Not theirs to give; where each is given by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<HouseholdId>,
}

crate::words! {
    /// A step that many files take together.
    StepForMany {
        /// 民主评议
        Review = "review",
        /// 公示
        Publish = "publish",
        /// 视为放弃
        Waive = "waive",
        /// 脱困
        Relieve = "relieve",
        /// 恢复
        Restore = "restore",
    }
}

/// Which files take which step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepsBody {
    /// The files.
    household_ids: Vec<HouseholdId>,
    /// The step.
    step: StepForMany,
    /// 2 to 500 characters, kept in every file; of `waive`, `relieve` and `restore`.
    words: Option<String>,
}

impl StepsBody {
    fn step(&self) -> Result<Together, Problem> {
        let turn = match self.step {
            StepForMany::Review | StepForMany::Publish => None,
            StepForMany::Waive => Some(Turn::Waive),
            StepForMany::Relieve => Some(Turn::Relieve),
            StepForMany::Restore => Some(Turn::Restore),
        };
        let mut faults = Faults::default();
        match (turn, &self.words) {
            (Some(_), None) => faults.add("/words", "missing"),
            (None, Some(_)) => faults.add("/words", "must_be_empty"),
            _ => {}
        }
        let words = self.words.as_deref().filter(|_| turn.is_some()).map(|words| faults.text(words, LONGEST_WORDS, "/words"));
        faults.unless(words.as_ref().is_none_or(|words| words.is_empty() || words.chars().count() >= FEWEST), "/words", "too_short");
        let quiet = if self.step == StepForMany::Review { Together::Review } else { Together::Publish };
        faults.or(turn.map_or(quiet, |turn| Together::Turn(turn, words.unwrap_or_default())))
    }
}

/// What came of a step.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepsReply {
    /// Took it now.
    taken: usize,
    /// Stand there already.
    unchanged: usize,
    /// Not in a state that allows it.
    refused: Vec<RefusedFile>,
}

impl TryFrom<ApprovalBody> for Which {
    type Error = Problem;

    fn try_from(body: ApprovalBody) -> Result<Self, Problem> {
        match (body.household_ids, body.import_id) {
            (Some(ids), None) => some_ids(ids).map(Self::Ids),
            (None, Some(id)) => Ok(Self::Import(id)),
            (None, None) => Err(Problem::field("/household_ids", "missing")),
            (Some(_), Some(_)) => Err(Problem::field("/import_id", "must_be_empty")),
        }
    }
}

fn some_ids(ids: Vec<HouseholdId>) -> Result<Vec<HouseholdId>, Problem> {
    match ids.len() {
        0 => Err(Problem::field("/household_ids", "missing")),
        1..=MOST_AT_ONCE => Ok(ids),
        _ => Err(Problem::field("/household_ids", "too_many")),
    }
}

/// Approves files.
#[utoipa::path(tag = "households", request_body = ApprovalBody, responses((status = 200, body = ApprovalReply)), security(("bearer" = [])))]
#[post("/households/approvals")]
pub async fn approve_households(actor: Actor, db: web::Data<Db>, body: Body<ApprovalBody>) -> Answer<web::Json<ApprovalReply>> {
    let outcome = actions::approve(&db, &actor, body.0.try_into()?).await?;
    Ok(web::Json(ApprovalReply { approved: outcome.approved, unchanged: outcome.unchanged, refused: refused(outcome.refused) }))
}

fn refused(files: Vec<(HouseholdId, Status)>) -> Vec<RefusedFile> {
    files.into_iter().map(|(id, status)| RefusedFile { id, status }).collect()
}

/// Gives files to a team, or to a cadre of it. Phones hear of it with their next pull.
#[utoipa::path(tag = "households", request_body = AssignmentBody, responses((status = 200, body = AssignmentReply)), security(("bearer" = [])))]
#[post("/households/assignments")]
pub async fn assign_households(actor: Actor, db: web::Data<Db>, body: Body<AssignmentBody>) -> Answer<web::Json<AssignmentReply>> {
    let whom = body.0.whom()?;
    let AssignmentBody { household_ids, team_id, by_itself, .. } = body.0;
    let Assigned { assigned, unchanged, refused } = actions::assign(&db, &actor, some_ids(household_ids)?, team_id, whom, by_itself).await?;
    Ok(web::Json(AssignmentReply { assigned, unchanged, refused }))
}

/// Takes files one step on. Those that stand where the step does not lead from are named and stay as they are.
///
/// An objection and its answer are about one household, and are taken file by file at `/households/{id}/steps`.
#[utoipa::path(tag = "households", request_body = StepsBody, responses((status = 200, body = StepsReply)), security(("bearer" = [])))]
#[post("/households/steps")]
pub async fn take_steps(actor: Actor, db: web::Data<Db>, body: Body<StepsBody>) -> Answer<web::Json<StepsReply>> {
    let step = body.0.step()?;
    let outcome = actions::step_together(&db, &actor, some_ids(body.0.household_ids)?, step).await?;
    Ok(web::Json(StepsReply { taken: outcome.taken, unchanged: outcome.unchanged, refused: refused(outcome.refused) }))
}
