//! The catalogue of goods.

use actix_web::web::{Data, Json, Query};
use actix_web::{get, post};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::accounts::Actor;
use crate::campaigns::actions::{self, NewItem};
use crate::campaigns::model::{Item, ItemId};
use crate::kit::db::Db;
use crate::kit::http::faults::Faults;
use crate::kit::http::json::Body;
use crate::kit::http::made::Made;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Answer, Problem};

/// Goods to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemBody {
    id: Option<ItemId>,
    name: String,
    unit: String,
    unit_value_fen: i64,
}

impl TryFrom<ItemBody> for NewItem {
    type Error = Problem;

    fn try_from(body: ItemBody) -> Result<Self, Problem> {
        let mut faults = Faults::default();
        let name = faults.text(&body.name, 40, "/name");
        let unit = faults.text(&body.unit, 16, "/unit");
        faults.unless((0..=1_000_000_000).contains(&body.unit_value_fen), "/unit_value_fen", "out_of_range");
        faults.or(Self { id: body.id, name, unit, unit_value_fen: body.unit_value_fen })
    }
}

/// The goods you work with, by name.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), params(PageQuery), responses((status = 200, body = Page<Item>)))]
#[get("/goods")]
pub async fn list(db: Data<Db>, actor: Actor, page: Query<PageQuery>) -> Answer<Json<Page<Item>>> {
    Ok(Json(db.read(move |conn| actions::items(conn, &actor, &page)).await?))
}

/// Adds goods to your org's catalogue.
#[utoipa::path(tag = "campaigns", security(("bearer" = [])), request_body = ItemBody,
    responses((status = 201, body = Item), (status = 200, description = "The same was made before", body = Item)))]
#[post("/goods")]
pub async fn make(db: Data<Db>, actor: Actor, body: Body<ItemBody>) -> Answer<Made<Item>> {
    actions::must_read(&actor)?;
    let new = NewItem::try_from(body.0)?;
    db.write(actor.author(), move |tx| actions::make_item(tx, &actor, &new)).await
}
