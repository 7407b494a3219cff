//! Reading one file, its history, and the whole identity number.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::steps::{NoticeBody, ObjectionBody};
use crate::accounts::{Actor, OrgId, PersonId, TeamId};
use crate::households::actions::{self, Opened};
use crate::households::model::{Category, Cause, Home, HouseholdId, Member, MemberId, Relation, Status};
use crate::households::store::Changed;
use crate::kit::clock::Moment;
use crate::kit::db::Db;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Code, Problem};
use crate::kit::idnumber::IdNumber;

/// A household's file; numbers masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct HouseholdBody {
    id: HouseholdId,
    version: i64,
    org_id: OrgId,
    team_id: Option<TeamId>,
    team_name: Option<String>,
    head_name: String,
    head_id_masked: String,
    phone: Option<String>,
    address: String,
    workplace: Option<String>,
    category: Category,
    cause: Option<Cause>,
    people: Option<i64>,
    /// Per head and month.
    income_fen: Option<i64>,
    flags: Flags,
    home: Option<Home>,
    status: Status,
    approved_at: Option<Moment>,
    /// The last four digits.
    bank_card_masked: Option<String>,
    members: Vec<MemberBody>,
    remarks: String,
    /// When the name was made public.
    notices: Vec<NoticeBody>,
    /// What was said against it.
    objections: Vec<ObjectionBody>,
}

/// What stands beside the category.
#[derive(Debug, Serialize, ToSchema)]
struct Flags {
    migrant: bool,
    laid_off: bool,
    retired: bool,
}

/// Somebody in the household.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FileMember)]
struct MemberBody {
    id: MemberId,
    name: String,
    relation: Relation,
    id_masked: Option<String>,
}

/// A change of a field; identity and card numbers masked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FileChange)]
pub struct ChangeBody {
    /// The version it led to.
    version: i64,
    /// `address`, …
    field: String,
    old: Option<String>,
    new: Option<String>,
    /// Who; null for the command line.
    made_by: Option<PersonId>,
    made_at: Moment,
}

/// A whole identity number.
#[derive(Debug, Serialize, ToSchema)]
pub struct IdNumberBody {
    id_number: String,
}

/// One file.
#[utoipa::path(tag = "households", params(("id" = String, Path)), responses((status = 200, body = HouseholdBody)), security(("bearer" = [])))]
#[get("/households/{id}")]
pub async fn get_household(actor: Actor, db: web::Data<Db>, id: web::Path<String>) -> Answer<web::Json<HouseholdBody>> {
    Ok(web::Json(actions::look(&db, &actor, of_path(&id)?).await?.into()))
}

/// What changed in a file, newest first.
#[utoipa::path(
    tag = "households",
    params(("id" = String, Path), PageQuery),
    responses((status = 200, body = Page<ChangeBody>)),
    security(("bearer" = []))
)]
#[get("/households/{id}/history")]
pub async fn get_household_history(actor: Actor, db: web::Data<Db>, id: web::Path<String>, page: web::Query<PageQuery>) -> Answer<web::Json<Page<ChangeBody>>> {
    let limit = page.limit()?;
    let before = page.after()?.map(|key| place_in_history(&key)).transpose()?;
    let changes = actions::look_at_history(&db, &actor, of_path(&id)?, before, limit).await?;
    Ok(web::Json(Page::of(changes, limit, |change| format!("{} {}", change.version, change.field)).map(ChangeBody::from)))
}

/// The head's whole identity number; each time it is read stays in the log.
#[utoipa::path(tag = "households", params(("id" = String, Path)), responses((status = 200, body = IdNumberBody)), security(("bearer" = [])))]
#[get("/households/{id}/id-number")]
pub async fn get_id_number(actor: Actor, db: web::Data<Db>, id: web::Path<String>) -> Answer<web::Json<IdNumberBody>> {
    let number = actions::look_at_id_number(&db, &actor, of_path(&id)?).await?;
    Ok(web::Json(IdNumberBody { id_number: number.whole().to_owned() }))
}

/// The id in an address; what is no id names nothing.
pub(super) fn of_path(id: &str) -> Result<HouseholdId, Problem> {
    HouseholdId::parse(id).ok_or(Problem::of(Code::NotFound))
}

fn place_in_history(key: &str) -> Result<(i64, String), Problem> {
    let wrong = || Problem::of(Code::BadRequest);
    let (version, field) = key.split_once(' ').ok_or_else(wrong)?;
    Ok((version.parse().map_err(|_| wrong())?, field.to_owned()))
}

fn masked_card(card: &str) -> String {
    format!("****{}", card.get(card.len().saturating_sub(4)..).unwrap_or_default())
}

impl From<Opened> for HouseholdBody {
    fn from(opened: Opened) -> Self {
        let (file, d) = (opened.file.clone(), opened.file.described);
        Self {
            id: file.id,
            version: file.version,
            org_id: file.org_id,
            team_id: file.team_id,
            team_name: opened.team.map(|team| team.name),
            head_name: d.name,
            head_id_masked: d.id_number.masked(),
            phone: d.phone,
            address: d.address,
            workplace: d.workplace,
            category: d.category,
            cause: d.cause,
            people: d.people,
            income_fen: d.income_fen,
            flags: Flags { migrant: d.migrant, laid_off: d.laid_off, retired: d.retired },
            home: file.home,
            status: file.status,
            approved_at: file.approved_at,
            bank_card_masked: d.bank_card.as_deref().map(masked_card),
            members: opened.members.into_iter().map(MemberBody::from).collect(),
            remarks: d.remarks,
            notices: opened.notices.into_iter().map(NoticeBody::from).collect(),
            objections: opened.objections.into_iter().map(ObjectionBody::from).collect(),
        }
    }
}

impl From<Member> for MemberBody {
    fn from(member: Member) -> Self {
        Self { id: member.id, name: member.name, relation: member.relation, id_masked: member.id_number.as_ref().map(IdNumber::masked) }
    }
}

impl From<Changed> for ChangeBody {
    fn from(change: Changed) -> Self {
        let shown = |value: Option<String>| match change.field.as_str() {
            "head_id_number" => value.map(|number| IdNumber::parse(&number).map_or_else(|_| String::new(), |number| number.masked())),
            "bank_card" => value.as_deref().map(masked_card),
            _ => value,
        };
        let (old, new) = (shown(change.old_value), shown(change.new_value));
        Self { version: change.version, old, new, made_by: change.made_by, made_at: change.made_at, field: change.field }
    }
}
