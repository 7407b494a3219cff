//! `PATCH /households/{id}`: what is named is corrected, null empties what may be empty.

use actix_web::{patch, web};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::file::{HouseholdBody, of_path};
use crate::accounts::Actor;
use crate::households::actions::{self, Edit, NewMember};
use crate::households::model::{Category, Cause, Described, Home, Relation, is_bank_card, is_phone};
use crate::kit::db::Db;
use crate::kit::geo::coordinate_faults;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::problem::{Answer, Problem};
use crate::kit::http::version::IfMatch;
use crate::kit::idnumber::IdNumber;

const LONGEST_NAME: usize = 100;
const LONGEST_LINE: usize = 300;
const LONGEST_REMARKS: usize = 4_000;
const MOST_MEMBERS: usize = 30;
const MOST_INCOME_FEN: i64 = 100_000_000;

/// What is corrected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditBody {
    head_name: Option<String>,
    head_id_number: Option<String>,
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>)]
    workplace: Option<Option<String>>,
    address: Option<String>,
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<Home>)]
    home: Option<Option<Home>>,
    category: Option<Category>,
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<Cause>)]
    cause: Option<Option<Cause>>,
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<i64>)]
    people: Option<Option<i64>>,
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<i64>)]
    income_fen: Option<Option<i64>>,
    migrant: Option<bool>,
    laid_off: Option<bool>,
    retired: Option<bool>,
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>)]
    bank_card: Option<Option<String>>,
    remarks: Option<String>,
    /// All members, in place of those on file.
    members: Option<Vec<NewMemberBody>>,
}

/// A member.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMemberBody {
    name: String,
    relation: Relation,
    id_number: Option<String>,
}

/// Tells `null` from not named.
fn named<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Corrects a file; the history keeps what it said before.
#[utoipa::path(
    tag = "households",
    params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = EditBody,
    responses((status = 200, body = HouseholdBody)),
    security(("bearer" = []))
)]
#[patch("/households/{id}")]
pub async fn correct_household(
    actor: Actor,
    db: web::Data<Db>,
    id: web::Path<String>,
    version: IfMatch,
    body: Body<EditBody>,
) -> Answer<web::Json<HouseholdBody>> {
    let id = of_path(&id)?;
    actions::correct(&db, &actor, id, version, body.0.try_into()?).await?;
    Ok(web::Json(actions::look(&db, &actor, id).await?.into()))
}

impl TryFrom<EditBody> for Edit {
    type Error = Problem;

    fn try_from(body: EditBody) -> Result<Self, Problem> {
        let mut faults = Faults::default();
        let id_number = body.head_id_number.as_deref().and_then(|text| id_number(text, "/head_id_number", &mut faults));
        let name = body.head_name.map(|name| faults.text(&name, LONGEST_NAME, "/head_name"));
        let address = body.address.map(|address| faults.text(&address, LONGEST_LINE, "/address"));
        let workplace = body.workplace.map(|place| place.map(|place| faults.text(&place, LONGEST_LINE, "/workplace")));
        let remarks = body.remarks.map(|text| if text.trim().is_empty() { String::new() } else { faults.text(&text, LONGEST_REMARKS, "/remarks") });
        let within = |value: Option<Option<i64>>, least, most| value.flatten().is_none_or(|value| (least..=most).contains(&value));
        faults.unless(body.phone.iter().flatten().all(|phone| is_phone(phone)), "/phone", "bad_format");
        faults.unless(body.bank_card.iter().flatten().all(|card| is_bank_card(card)), "/bank_card", "bad_format");
        faults.extend(body.home.iter().flatten().flat_map(|home| coordinate_faults(home.latitude, home.longitude, "/home")));
        faults.unless(within(body.people, 1, 30), "/people", "out_of_range");
        faults.unless(within(body.income_fen, 0, MOST_INCOME_FEN), "/income_fen", "out_of_range");
        let members = body.members.map(|members| new_members(members, &mut faults));
        let (phone, bank_card, home) = (body.phone, body.bank_card, body.home);
        let (category, cause, people, income_fen) = (body.category, body.cause, body.people, body.income_fen);
        let (migrant, laid_off, retired) = (body.migrant, body.laid_off, body.retired);
        let describe = move |old: Described| Described {
            name: name.clone().unwrap_or(old.name),
            id_number: id_number.clone().unwrap_or(old.id_number),
            phone: phone.clone().unwrap_or(old.phone),
            workplace: workplace.clone().unwrap_or(old.workplace),
            address: address.clone().unwrap_or(old.address),
            category: category.unwrap_or(old.category),
            cause: cause.unwrap_or(old.cause),
            people: people.unwrap_or(old.people),
            income_fen: income_fen.unwrap_or(old.income_fen),
            migrant: migrant.unwrap_or(old.migrant),
            laid_off: laid_off.unwrap_or(old.laid_off),
            retired: retired.unwrap_or(old.retired),
            bank_card: bank_card.clone().unwrap_or(old.bank_card),
            remarks: remarks.clone().unwrap_or(old.remarks),
        };
        faults.or(Self { describe: Box::new(describe), home, members })
    }
}

fn id_number(text: &str, pointer: &str, faults: &mut Faults) -> Option<IdNumber> {
    let read = IdNumber::read(text);
    faults.unless(read.is_ok(), pointer, "bad_format");
    read.ok().map(|read| read.number)
}

fn new_members(bodies: Vec<NewMemberBody>, faults: &mut Faults) -> Vec<NewMember> {
    faults.unless(bodies.len() <= MOST_MEMBERS, "/members", "too_many");
    let member = |(index, body): (usize, NewMemberBody)| NewMember {
        name: faults.text(&body.name, LONGEST_NAME, &format!("/members/{index}/name")),
        relation: body.relation,
        id_number: body.id_number.as_deref().and_then(|text| id_number(text, &format!("/members/{index}/id_number"), faults)),
    };
    bodies.into_iter().enumerate().map(member).collect()
}
