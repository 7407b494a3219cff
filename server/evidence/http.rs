//! The doors of this room.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get, head, patch, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::actions::{self, Appended, Claim, Received, Studio};
use super::media::MediaType;
use super::model::{Evidence, Size, State};
use crate::accounts::Actor;
use crate::accounts::identity::Caller;
use crate::kit::blob::BlobName;
use crate::kit::clock::Moment;
use crate::kit::geo::Point;
use crate::kit::http::json::Body;
use crate::kit::http::problem::{Answer, Code, Problem, ProblemBody};

/// A name never stands for other bytes, so nobody needs to ask twice; but shared caches are no place for somebody's doorway.
const FOR_EVER: (&str, &str) = ("Cache-Control", "private, max-age=31536000, immutable");
/// The type of a sealed envelope.
const SEALED: &str = "application/vnd.nuanfang.sealed";
/// Files asked for at once.
const MOST_NAMES: usize = 1_000;

/// The routes of this room.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(missing).service(facts).service(receive).service(stored).service(append).service(show);
}

/// Send a file: its raw bytes under their own SHA-256, or sealed to the campaign's key under the SHA-256 of what is inside. Before or after the visit that names it; as often as needed.
#[utoipa::path(tag = "evidence", security(("bearer" = [])), params(("sha256" = BlobName, Path, description = "The SHA-256 of the bytes")),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"), (Vec<u8> = "image/heic"), (Vec<u8> = "application/pdf"), (Vec<u8> = "application/vnd.nuanfang.sealed"))),
    responses(
        (status = 201, description = "It is here now, and durable"),
        (status = 200, description = "It was here before, and is durable"),
        (status = 413, body = ProblemBody, description = "More than 15 MiB or 50 megapixels", content_type = "application/problem+json"),
        (status = 415, body = ProblemBody, description = "Not what it claims to be, or nothing that is taken", content_type = "application/problem+json"),
        (status = 422, body = ProblemBody, description = "hash_mismatch: damaged on its way; seal_broken, seal_key_unknown", content_type = "application/problem+json"),
        (status = 507, body = ProblemBody, description = "storage_full", content_type = "application/problem+json"),
    ))]
#[put("/evidence/{sha256}")]
async fn receive(request: HttpRequest, caller: Caller, studio: web::Data<Studio>, path: web::Path<String>, body: web::Payload) -> Answer<HttpResponse> {
    let name = named(&path)?;
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let claimed = match text(header::CONTENT_TYPE) {
        Some(SEALED) => Claim::Sealed,
        other => Claim::File(other.and_then(MediaType::claimed).ok_or(Problem::of(Code::UnsupportedMediaType))?),
    };
    let declared = text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    Ok(match actions::receive(&studio, caller, name, claimed, declared, body).await? {
        Received::Now => HttpResponse::Created().finish(),
        Received::Before => HttpResponse::Ok().finish(),
    })
}

/// Ask how much of a file is here.
#[utoipa::path(tag = "evidence", security(("bearer" = [])), params(("sha256" = BlobName, Path)), responses(
    (status = 200, description = "All of it, or of what this person has sent as far as it goes without a gap", headers(("Upload-Offset" = i64), ("Upload-Complete" = String))),
    (status = 404, description = "Nothing of it"),
))]
#[head("/evidence/{sha256}")]
async fn stored(actor: Actor, studio: web::Data<Studio>, path: web::Path<String>) -> Answer<HttpResponse> {
    let (bytes, is_whole) = actions::progress(studio.db(), studio.blobs(), &actor, named(&path)?).await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header(("Upload-Offset", bytes.to_string())).insert_header(("Upload-Complete", if is_whole { "?1" } else { "?0" }));
    answer.insert_header(("Cache-Control", "no-store"));
    Ok(answer.no_chunking(bytes).streaming(futures_util::stream::empty::<Result<_, actix_web::Error>>()))
}

/// Send the next part of a file, as the IETF's resumable uploads do it. The first begins at 0; what arrives of a part is kept even where
/// the line breaks. With `Upload-Complete: ?1` it is the last, and the whole is checked as `PUT` checks it.
#[utoipa::path(tag = "evidence", security(("bearer" = [])),
    params(
        ("sha256" = BlobName, Path),
        ("Upload-Offset" = u64, Header, description = "Where the part begins"),
        ("Upload-Complete" = Option<String>, Header, description = "`?1` with the last part"),
    ),
    request_body(content((Vec<u8> = "application/partial-upload"))),
    responses(
        (status = 204, description = "The part is kept", headers(("Upload-Offset" = i64), ("Upload-Complete" = String))),
        (status = 201, description = "It was the last: the file is here now, and durable"),
        (status = 200, description = "The file was here before, and is durable"),
        (status = 409, body = ProblemBody, description = "elsewhere_in_file: `Upload-Offset` says where it goes on", content_type = "application/problem+json"),
        (status = 413, body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = ProblemBody, description = "hash_mismatch: begin anew", content_type = "application/problem+json"),
        (status = 507, body = ProblemBody, description = "storage_full", content_type = "application/problem+json"),
    ))]
#[patch("/evidence/{sha256}")]
async fn append(request: HttpRequest, caller: Caller, studio: web::Data<Studio>, path: web::Path<String>, body: web::Payload) -> Answer<HttpResponse> {
    let name = named(&path)?;
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    if text("Content-Type") != Some("application/partial-upload") {
        return Err(Problem::of(Code::UnsupportedMediaType));
    }
    let offset = text("Upload-Offset").and_then(|offset| offset.parse().ok()).ok_or(Problem::field("/Upload-Offset", "missing"))?;
    let is_last = text("Upload-Complete") == Some("?1");
    // A task of its own: when the line breaks, this one is dropped with all that it holds, and that one keeps what has arrived.
    let studio = Studio::clone(&studio);
    let appended = actix_web::rt::spawn(actions::append(studio, caller, name, offset, is_last, body));
    let progress = |mut answer: HttpResponseBuilder, offset: u64| {
        answer.insert_header(("Upload-Offset", offset.to_string())).insert_header(("Upload-Complete", "?0")).finish()
    };
    match appended.await.map_err(|lost| Problem::unexpected(format!("a part was lost: {lost}")))?? {
        Appended::More(offset) => Ok(progress(HttpResponse::NoContent(), offset)),
        Appended::Whole(Received::Now) => Ok(HttpResponse::Created().finish()),
        Appended::Whole(Received::Before) => Ok(HttpResponse::Ok().finish()),
        Appended::Elsewhere(offset) => Err(Problem::of(Code::ElsewhereInFile).going_on_at(offset)),
    }
}

/// Names of files.
#[derive(Debug, Deserialize, ToSchema)]
struct Names {
    /// At most 1,000.
    #[schema(max_items = 1_000)]
    sha256: Vec<BlobName>,
}

/// Files that are not here.
#[derive(Debug, Serialize, ToSchema)]
struct Missing {
    /// In the order asked.
    missing: Vec<BlobName>,
}

/// Ask which files have not arrived.
#[utoipa::path(tag = "evidence", security(("bearer" = [])), request_body = Names, responses((status = 200, body = Missing)))]
#[post("/evidence/missing")]
async fn missing(actor: Actor, studio: web::Data<Studio>, body: Body<Names>) -> Answer<web::Json<Missing>> {
    if body.0.sha256.len() > MOST_NAMES {
        return Err(Problem::field("/sha256", "too_many"));
    }
    Ok(web::Json(Missing { missing: actions::missing(studio.db(), &actor, body.0.sha256).await? }))
}

/// How large.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// `thumb` (320 px), `screen` (1,280 px) or `original` (supervisors, auditors and the centre; each read is logged).
    #[param(inline)]
    size: Size,
}

/// See a picture.
#[utoipa::path(tag = "evidence", security(("bearer" = [])), params(("sha256" = BlobName, Path), Wanted), responses(
    (status = 200, content_type = "image/jpeg", body = Vec<u8>, description = "thumb and screen: JPEG, upright, without metadata; original: as received"),
    (status = 403, body = ProblemBody, content_type = "application/problem+json"),
    (status = 404, body = ProblemBody, description = "not_found; no_rendition for documents and damaged files", content_type = "application/problem+json"),
))]
#[get("/evidence/{sha256}")]
async fn show(actor: Actor, studio: web::Data<Studio>, path: web::Path<String>, wanted: web::Query<Wanted>) -> Answer<HttpResponse> {
    let name = named(&path)?;
    let mut answer = HttpResponse::Ok();
    if wanted.size == Size::Original {
        let (evidence, bytes, stream) = actions::original(&studio, &actor, name).await?;
        answer.content_type(evidence.media_type.as_str()).insert_header(("Cache-Control", "private, no-store"));
        return Ok(answer.insert_header(("Content-Disposition", "attachment")).no_chunking(bytes).streaming(stream));
    }
    let bytes = actions::rendition(&studio, &actor, name, wanted.size).await?;
    Ok(answer.content_type("image/jpeg").insert_header(FOR_EVER).body(bytes))
}

/// What is known of a file.
#[derive(Debug, Serialize, ToSchema)]
struct FactsBody {
    sha256: BlobName,
    media_type: MediaType,
    bytes: i64,
    state: State,
    /// Pixels across, upright.
    width: Option<i64>,
    /// Pixels down, upright.
    height: Option<i64>,
    /// When the file says it was taken.
    taken_at: Option<Moment>,
    /// Where the file says it was taken, WGS 84.
    position: Option<Point>,
    /// Make and model.
    camera: Option<String>,
    /// The picture editor that saved it.
    editor: Option<String>,
    /// 64 bits in hexadecimal; null until it has been drawn, and for what shows nothing.
    perceptual_hash: Option<String>,
    /// When it arrived.
    received_at: Moment,
}

impl From<Evidence> for FactsBody {
    fn from(e: Evidence) -> Self {
        let position = e.latitude.zip(e.longitude).map(|(latitude, longitude)| Point { latitude, longitude });
        let Evidence { sha256, media_type, bytes, state, width, height, taken_at, camera, editor, perceptual_hash, received_at, .. } = e;
        Self { sha256, media_type, bytes, state, width, height, taken_at, position, camera, editor, perceptual_hash, received_at }
    }
}

/// Ask what a file says of itself.
#[utoipa::path(tag = "evidence", security(("bearer" = [])), params(("sha256" = BlobName, Path)), responses(
    (status = 200, body = FactsBody),
    (status = 404, body = ProblemBody, content_type = "application/problem+json"),
))]
#[get("/evidence/{sha256}/facts")]
async fn facts(actor: Actor, studio: web::Data<Studio>, path: web::Path<String>) -> Answer<web::Json<FactsBody>> {
    Ok(web::Json(actions::find(studio.db(), &actor, named(&path)?).await?.into()))
}

fn named(text: &str) -> Answer<BlobName> {
    BlobName::parse(text).ok_or_else(|| Problem::field("/sha256", "not_sha256"))
}
