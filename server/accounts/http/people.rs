//! The accounts.

use actix_web::{get, patch, post, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::accounts::actions::{self, PeopleWanted};
use crate::accounts::model::names::{Name, Password, Username};
use crate::accounts::model::newcomers::{NewPerson, PersonChange};
use crate::accounts::model::views::PersonView;
use crate::accounts::model::{Actor, OrgId, PersonId, Role, TeamId};
use crate::accounts::passwords::Passwords;
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::language::Language;
use crate::kit::http::made::Made;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, ProblemBody};
use crate::kit::http::version::IfMatch;

/// Which people are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PeopleQuery {
    /// Of this org alone.
    org: Option<OrgId>,
    /// Who may do this.
    role: Option<Role>,
    /// Who stand in this team.
    team: Option<TeamId>,
    /// How many at most: 1 to 500, 50 where nothing is said.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Which people are looked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PeopleAsked {
    /// A part of their name, or of the name they sign in with: at most 100 characters.
    q: Option<String>,
    /// Of this org alone.
    org: Option<OrgId>,
    /// Who may do this.
    role: Option<Role>,
    /// Who stand in this team.
    team: Option<TeamId>,
    /// How many at most: 1 to 500, 50 where nothing is said.
    limit: Option<i64>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A person to be entered.
#[derive(Deserialize, ToSchema)]
pub(super) struct PersonBody {
    /// UUIDv7; made here where none is given.
    id: Option<PersonId>,
    /// Where they belong.
    org_id: OrgId,
    /// 2 to 64 letters, digits or `. _ - @`; case does not matter.
    username: String,
    /// 1 to 64 characters.
    name: String,
    /// What they may do: one at least.
    roles: Vec<Role>,
    /// zh-CN where nothing is said.
    language: Option<Language>,
    /// 10 to 128 characters, none that everybody tries first.
    #[schema(format = Password)]
    password: String,
}

/// What is to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[schema(as = PersonChange)]
pub(super) struct ChangeBody {
    /// 1 to 64 characters.
    name: Option<String>,
    /// What they may do: one at least.
    roles: Option<Vec<Role>>,
    /// The language of their app.
    language: Option<Language>,
    /// Whether they are kept out; they are signed out at once.
    disabled: Option<bool>,
    /// A new password; they are signed out at once.
    #[schema(format = Password)]
    password: Option<String>,
}

/// Sorted, each once, at least one.
fn read_roles(mut roles: Vec<Role>) -> Result<Vec<Role>, &'static str> {
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() { Err("missing") } else { Ok(roles) }
}

/// The accounts of one's subtree, by username.
#[utoipa::path(tag = "accounts", params(PeopleQuery), security(("bearer" = [])), responses(
    (status = 200, body = Page<PersonView>),
    (status = 403, body = ProblemBody, content_type = "application/problem+json"),
))]
#[get("/users")]
pub(super) async fn list(actor: Actor, db: web::Data<Db>, query: web::Query<PeopleQuery>) -> Answer<web::Json<Page<PersonView>>> {
    let PeopleQuery { org, role, team, limit, after } = query.into_inner();
    let (wanted, page) = (PeopleWanted { org, role, team, q: None }, PageQuery { limit, after });
    db.read(move |conn| actions::people(conn, &actor, &wanted, &page)).await.map(web::Json)
}

/// The same for those a name is looked for of: it is asked in the body, for a name does not belong in an address.
#[utoipa::path(tag = "accounts", request_body = PeopleAsked, security(("bearer" = [])), responses(
    (status = 200, body = Page<PersonView>),
    (status = 403, body = ProblemBody, content_type = "application/problem+json"),
    (status = 422, body = ProblemBody, content_type = "application/problem+json"),
))]
#[post("/users/search")]
pub(super) async fn search(actor: Actor, db: web::Data<Db>, body: Body<PeopleAsked>) -> Answer<web::Json<Page<PersonView>>> {
    let PeopleAsked { q, org, role, team, limit, after } = body.0;
    let (wanted, page) = (PeopleWanted { org, role, team, q }, PageQuery { limit, after });
    db.read(move |conn| actions::people(conn, &actor, &wanted, &page)).await.map(web::Json)
}

/// Enter a person.
#[utoipa::path(tag = "accounts", request_body = PersonBody, security(("bearer" = [])), responses(
    (status = 201, body = PersonView),
    (status = 200, body = PersonView, description = "They were there"),
    (status = 409, body = ProblemBody, description = "id_taken, name_taken", content_type = "application/problem+json"),
    (status = 422, body = ProblemBody, content_type = "application/problem+json"),
))]
#[post("/users")]
pub(super) async fn add(actor: Actor, db: web::Data<Db>, passwords: web::Data<Passwords>, body: Body<PersonBody>) -> Answer<Made<PersonView>> {
    actions::must_see(&actor, &actions::SEE_PEOPLE)?;
    actor.must_be(&[Role::Admin])?;
    let PersonBody { id, org_id, username, name, roles, language, password } = body.0;
    let mut faults = Faults::default();
    let username = faults.take("/username", Username::parse(&username));
    let name = faults.take("/name", Name::parse(&name));
    let roles = faults.take("/roles", read_roles(roles));
    let password = faults.take("/password", Password::parse(&password, username.as_ref().map_or("", Username::as_str)));
    let (((username, name), roles), password) = faults.taken(username.zip(name).zip(roles).zip(password))?;
    let id = id.unwrap_or_else(|| PersonId::fresh(db.clock().now(), db.chance()));
    let language = language.unwrap_or(Language::Chinese);
    let new = NewPerson { id, org_id, username, name, roles, language, password: passwords.hash(password).await? };
    db.write(actor.author(), move |tx| actions::add_person(tx, &actor, &new)).await
}

/// Change an account: name, roles, language, password, or whether its person is kept out.
#[utoipa::path(tag = "accounts", request_body = ChangeBody, security(("bearer" = [])),
    params(("id" = PersonId, Path,), ("If-Match" = String, Header, description = "The version that was read")), responses(
    (status = 200, body = PersonView),
    (status = 404, body = ProblemBody, content_type = "application/problem+json"),
    (status = 412, body = ProblemBody, description = "stale_version", content_type = "application/problem+json"),
    (status = 422, body = ProblemBody, content_type = "application/problem+json"),
    (status = 428, body = ProblemBody, description = "version_missing", content_type = "application/problem+json"),
))]
#[patch("/users/{id}")]
pub(super) async fn change(
    actor: Actor,
    db: web::Data<Db>,
    passwords: web::Data<Passwords>,
    id: web::Path<PersonId>,
    version: IfMatch,
    body: Body<ChangeBody>,
) -> Answer<web::Json<PersonView>> {
    let id = id.into_inner();
    let asker = actor.clone();
    let person = db.read(move |conn| actions::visible_person(conn, &asker, id)).await?;
    actor.must_be(&[Role::Admin])?;
    let ChangeBody { name, roles, language, disabled, password } = body.0;
    let mut faults = Faults::default();
    let name = name.and_then(|name| faults.take("/name", Name::parse(&name)));
    let roles = roles.and_then(|roles| faults.take("/roles", read_roles(roles)));
    let password = password.and_then(|password| faults.take("/password", Password::parse(&password, &person.username)));
    faults.or(())?;
    let password = match password {
        Some(password) => Some(passwords.hash(password).await?),
        None => None,
    };
    let change = PersonChange { name, roles, language, disabled, password };
    db.write(actor.author(), move |tx| actions::change_person(tx, &actor, id, version.0, &change)).await.map(web::Json)
}
