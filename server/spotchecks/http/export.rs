//! The proof of a draw as a file. The frame may be long: it is read and sent lot by lot, and never held whole.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpResponse, get};
use futures_util::Stream;
use futures_util::stream;

use crate::accounts::Actor;
use crate::households::HouseholdId;
use crate::kit::db::Db;
use crate::kit::http::problem::{Answer, Problem};
use crate::spotchecks::actions;
use crate::spotchecks::model::{ProofHead, SampleId};

const CSV: &str = "text/csv; charset=utf-8";

/// The proof of a draw: its frame, its seed and what was drawn, as `nuanfang sample verify` and twenty lines of Python read it.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = SampleId, Path)),
    responses((status = 200, content_type = "application/json", body = Vec<u8>, description = "the file; docs/draw.md says what stands in it")))]
#[get("/samples/{id}/frame")]
pub async fn proof(db: Data<Db>, actor: Actor, id: Path<SampleId>) -> Answer<HttpResponse> {
    let id = *id;
    let (head, drawn) = db.read(move |conn| actions::proof(conn, &actor, id)).await?;
    file(db, id, &head, &drawn)
}

/// The proof as a file, for whoever may have it.
pub(super) fn file(db: Data<Db>, id: SampleId, head: &ProofHead, drawn: &[HouseholdId]) -> Answer<HttpResponse> {
    let head = serde_json::to_string(head).map_err(Problem::unexpected)?;
    let begin = format!("{},\n\"frame\":[", head.strip_suffix('}').unwrap_or_default());
    let drawn = serde_json::to_string(drawn).map_err(Problem::unexpected)?;
    let line = |first: bool, household: &HouseholdId, stratum: &str| {
        let comma = if first { "" } else { "," };
        format!("{comma}\n[\"{household}\",{}]", serde_json::Value::from(stratum))
    };
    let body = lines(db, id, begin, line, format!("\n],\n\"drawn\":{drawn}}}\n"));
    Ok(attached(id, "json").content_type("application/json").streaming(body))
}

/// The same as a table: every household of the frame, its stratum, and whether it was drawn.
#[utoipa::path(tag = "spotchecks", security(("bearer" = [])), params(("id" = SampleId, Path)),
    responses((status = 200, content_type = "text/csv", body = Vec<u8>)))]
#[get("/samples/{id}/frame.csv")]
pub async fn csv(db: Data<Db>, actor: Actor, id: Path<SampleId>) -> Answer<HttpResponse> {
    let id = *id;
    let (_, drawn) = db.read(move |conn| actions::proof(conn, &actor, id)).await?;
    let line = move |_: bool, household: &HouseholdId, stratum: &str| {
        // A cell that begins like a formula is told as a text.
        let mark = if stratum.starts_with(['-', '.', '=', '+', '@']) { "'" } else { "" };
        format!("{household},{mark}{stratum},{}\n", if drawn.binary_search(household).is_ok() { "yes" } else { "no" })
    };
    let body = lines(db, id, "household_id,stratum,drawn\n".to_owned(), line, String::new());
    Ok(attached(id, "csv").content_type(CSV).streaming(body))
}

fn attached(id: SampleId, ending: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"draw-{id}.{ending}\""))).insert_header(("Cache-Control", "private, no-store"));
    answer
}

/// Where a file on its way stands.
enum Next {
    Begin(String),
    Lot(i64),
    Done,
}

fn lines<F>(db: Data<Db>, id: SampleId, begin: String, line: F, end: String) -> impl Stream<Item = Result<Bytes, actix_web::Error>> + use<F>
where
    F: Fn(bool, &HouseholdId, &str) -> String + 'static,
{
    stream::try_unfold((Next::Begin(begin), db, line, end), move |(next, db, line, end)| async move {
        let lot = match next {
            Next::Done => return Ok(None),
            Next::Begin(text) => return Ok(Some((Bytes::from(text), (Next::Lot(0), db, line, end)))),
            Next::Lot(lot) => lot,
        };
        let Some(lines) = db.read(move |conn| actions::frame_lot(conn, id, lot)).await? else {
            return Ok(Some((Bytes::from(end.clone()), (Next::Done, db, line, end))));
        };
        let text: String = lines.iter().enumerate().map(|(n, (household, stratum))| line(lot == 0 && n == 0, household, stratum)).collect();
        Ok(Some((Bytes::from(text), (Next::Lot(lot + 1), db, line, end))))
    })
}
