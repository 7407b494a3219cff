//! Saved views.

use actix_web::{HttpResponse, delete, get, put, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::actions;
use crate::accounts::model::Actor;
use crate::accounts::model::saved::{SavedView, ViewContent, ViewId, ViewTable};
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::problem::{Answer, Problem, ProblemBody};

const LONGEST_NAME: usize = 40;

/// Whose table.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ViewsAsked {
    /// The table.
    table: ViewTable,
}

/// Somebody's views of a table.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ViewList {
    /// By name; at most 50.
    items: Vec<SavedView>,
}

/// A view to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewBody {
    /// Which table.
    table: ViewTable,
    /// 1 to 40 characters, one of its own among those of the table.
    name: String,
    /// What is shown, and how.
    content: ViewContent,
    /// Whether the table opens with it; no other does then.
    #[serde(default)]
    is_default: bool,
}

impl ViewBody {
    fn of(self, id: ViewId, actor: &Actor) -> Result<SavedView, Problem> {
        let mut faults = Faults::default();
        let name = faults.text(&self.name, LONGEST_NAME, "/name");
        if let Some((pointer, word)) = self.content.fault() {
            faults.add(pointer, word);
        }
        let Self { table, content, is_default, .. } = self;
        faults.or(SavedView { id, table, name, content, is_default, person_id: actor.id })
    }
}

/// One's own views of a table.
#[utoipa::path(tag = "accounts", params(ViewsAsked), security(("bearer" = [])), responses((status = 200, body = ViewList)))]
#[get("/views")]
pub(super) async fn list(actor: Actor, db: web::Data<Db>, asked: web::Query<ViewsAsked>) -> Answer<web::Json<ViewList>> {
    let items = db.read(move |conn| actions::views(conn, &actor, asked.table)).await?;
    Ok(web::Json(ViewList { items }))
}

/// Saves a view for oneself, in place of the one with this id.
#[utoipa::path(tag = "accounts", params(("id" = ViewId, Path)), request_body = ViewBody, security(("bearer" = [])), responses(
    (status = 200, body = SavedView),
    (status = 404, body = ProblemBody, content_type = "application/problem+json"),
    (status = 409, body = ProblemBody, description = "name_taken", content_type = "application/problem+json"),
    (status = 422, body = ProblemBody, content_type = "application/problem+json"),
))]
#[put("/views/{id}")]
pub(super) async fn save(actor: Actor, db: web::Data<Db>, id: web::Path<ViewId>, body: Body<ViewBody>) -> Answer<web::Json<SavedView>> {
    let view = body.0.of(id.into_inner(), &actor)?;
    db.write(actor.author(), move |tx| actions::save_view(tx, &actor, view.clone())).await.map(web::Json)
}

/// Forgets one of one's own views.
#[utoipa::path(tag = "accounts", params(("id" = ViewId, Path)), security(("bearer" = [])), responses(
    (status = 204),
    (status = 404, body = ProblemBody, content_type = "application/problem+json"),
))]
#[delete("/views/{id}")]
pub(super) async fn forget(actor: Actor, db: web::Data<Db>, id: web::Path<ViewId>) -> Answer<HttpResponse> {
    db.write(actor.author(), move |tx| actions::forget_view(tx, &actor, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
