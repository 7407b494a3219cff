//! A table of the desk as a file.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};

use crate::accounts::Actor;
use crate::boards::actions;
use crate::boards::model::ExportAsked;
use crate::kit::db::Db;
use crate::kit::http::json::Body;
use crate::kit::http::language::Language;
use crate::kit::http::problem::Answer;

/// A hundred thousand households named by their ids.
const LARGEST: usize = 4 * 1024 * 1024;

/// Where a file does not hold all rows of its table.
const CUT: &str = "X-Rows-Cut";

/// Writes a table down as CSV or as a workbook, with the words of the language asked for: what its page shows this person with the same
/// filters, at most a hundred thousand rows. Where there are more, the last row says so, and `X-Rows-Cut: true`. That it was written is
/// recorded.
#[utoipa::path(
    tag = "boards", security(("bearer" = [])), request_body = ExportAsked,
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>, headers(("X-Rows-Cut" = Option<bool>, description = "Where there were more rows"))))
)]
#[post("/exports")]
pub(super) async fn export(db: Data<Db>, actor: Actor, body: Body<ExportAsked, LARGEST>, language: Language) -> Answer<HttpResponse> {
    let file = actions::export(&db, &actor, body.0, language).await?;
    let attachment = (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name));
    let mut answer = HttpResponse::Ok();
    answer.content_type(file.media_type).insert_header(attachment);
    if file.is_cut {
        answer.insert_header((CUT, "true"));
    }
    Ok(answer.body(file.bytes))
}
