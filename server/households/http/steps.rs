//! `POST /households/{id}/steps`: appraised, made public, objected to, answered.

use actix_web::{post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::file::{HouseholdBody, of_path};
use crate::accounts::Actor;
use crate::households::actions;
use crate::households::model::{Notice, Objection, ObjectionId, Step, Turn};
use crate::kit::clock::Moment;
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::problem::{Answer, Problem};
use crate::kit::http::version::IfMatch;

pub(super) const LONGEST_WORDS: usize = 500;
pub(super) const FEWEST: usize = 2;

crate::words! {
    /// A step in the life of a file.
    StepKind {
        /// 民主评议
        Review = "review",
        /// 公示
        Publish = "publish",
        /// 异议
        Object = "object",
        /// 答复异议
        Answer = "answer",
        /// 视为放弃
        Waive = "waive",
        /// 脱困
        Relieve = "relieve",
        /// 恢复
        Restore = "restore",
    }
}

impl StepKind {
    const fn turn(self) -> Option<Turn> {
        match self {
            Self::Waive => Some(Turn::Waive),
            Self::Relieve => Some(Turn::Relieve),
            Self::Restore => Some(Turn::Restore),
            Self::Review | Self::Publish | Self::Object | Self::Answer => None,
        }
    }
}

/// A step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepBody {
    step: StepKind,
    /// The objection's; of `object`.
    id: Option<ObjectionId>,
    /// Of `answer`.
    objection_id: Option<ObjectionId>,
    /// Whether what was said is true; of `answer`.
    upheld: Option<bool>,
    /// 2 to 500 characters; of all but `review` and `publish`.
    words: Option<String>,
}

/// A time the name was made public.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FileNotice)]
pub struct NoticeBody {
    published_at: Moment,
}

/// What was said against a file, and what was answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FileObjection)]
pub struct ObjectionBody {
    id: ObjectionId,
    raised_at: Moment,
    words: String,
    /// Null while it is open.
    answered_at: Option<Moment>,
    upheld: Option<bool>,
    answer: Option<String>,
}

/// Takes a file one step on. A repeated objection or answer changes nothing.
#[utoipa::path(
    tag = "households",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = StepBody,
    responses((status = 200, body = HouseholdBody)),
    security(("bearer" = []))
)]
#[post("/households/{id}/steps")]
pub async fn take_step(actor: Actor, db: web::Data<Db>, id: web::Path<String>, version: IfMatch, body: Body<StepBody>) -> Answer<web::Json<HouseholdBody>> {
    let id = of_path(&id)?;
    actions::step(&db, &actor, id, version, body.0.try_into()?).await?;
    Ok(web::Json(actions::look(&db, &actor, id).await?.into()))
}

impl TryFrom<StepBody> for Step {
    type Error = Problem;

    fn try_from(body: StepBody) -> Result<Self, Problem> {
        let mut faults = Faults::default();
        let (objects, answers) = (body.step == StepKind::Object, body.step == StepKind::Answer);
        let turn = body.step.turn();
        let is_said = objects || answers || turn.is_some();
        // What a step needs, and what would mean nothing.
        let named = [
            ("/id", body.id.is_some(), objects),
            ("/objection_id", body.objection_id.is_some(), answers),
            ("/upheld", body.upheld.is_some(), answers),
            ("/words", body.words.is_some(), is_said),
        ];
        for (pointer, _, needed) in named.into_iter().filter(|(_, given, needed)| given != needed) {
            faults.add(pointer, if needed { "missing" } else { "must_be_empty" });
        }
        let words = body.words.filter(|_| is_said).map(|words| faults.text(&words, LONGEST_WORDS, "/words"));
        faults.unless(words.as_ref().is_none_or(|words| words.is_empty() || words.chars().count() >= FEWEST), "/words", "too_short");
        let step = match (body.step, body.id, body.objection_id, body.upheld, words) {
            (StepKind::Review, ..) => Some(Self::Review),
            (StepKind::Publish, ..) => Some(Self::Publish),
            (StepKind::Object, Some(id), _, _, Some(words)) => Some(Self::Object { id, words }),
            (StepKind::Answer, _, Some(objection), Some(upheld), Some(words)) => Some(Self::Answer { objection, upheld, words }),
            (_, _, _, _, Some(words)) => turn.map(|turn| Self::Turn { turn, words }),
            _ => None,
        };
        faults.taken(step)
    }
}

impl From<Notice> for NoticeBody {
    fn from(notice: Notice) -> Self {
        Self { published_at: notice.published_at }
    }
}

impl From<Objection> for ObjectionBody {
    fn from(o: Objection) -> Self {
        let (answered_at, upheld, answer) = match o.answer {
            Some(answer) => (Some(answer.answered_at), Some(answer.upheld), Some(answer.words)),
            None => (None, None, None),
        };
        Self { id: o.id, raised_at: o.raised_at, words: o.words, answered_at, upheld, answer }
    }
}
