//! `POST /households/imports`: the file's own bytes, answered row by row.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::mend::MendBody;
use crate::accounts::{Actor, OrgId};
use crate::households::actions::{self, Outcome};
use crate::households::import::{Accepted, LARGEST_FILE, Notice, Refusal};
use crate::households::model::{Category, Cause, ImportId};
use crate::kit::db::Db;
use crate::kit::http::json::read_body;
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Answer, Code, Problem};

/// What browsers and scripts call a roster. A browser on Windows calls a text file Excel's.
const TYPES: [&str; 5] =
    ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv", "application/vnd.ms-excel", "text/plain", "application/octet-stream"];

/// How a roster comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// Only say what would come of it.
    #[serde(default)]
    dry_run: bool,
    /// In a dry run: in place of the good rows themselves, what it takes to put the others right.
    #[serde(default)]
    mend: bool,
    /// The org that will keep the files; the own one where nothing is said.
    #[param(value_type = Option<String>)]
    org: Option<OrgId>,
    /// The file's name, given back in the answer and not kept.
    name: Option<String>,
}

/// What is told beside the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// Nothing.
    Verdict,
    /// The good rows.
    Households,
    /// What it takes to put the others right.
    Mend,
}

/// Row by row what came of a roster.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReply {
    /// The file's name as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// Rows that are households.
    rows: usize,
    /// The good ones.
    accepted: usize,
    /// The bad ones.
    rejected: Vec<RejectedRow>,
    /// What to know about the good ones; row 0 is the file as a whole.
    warnings: Vec<WarnedRow>,
    /// Good rows whose files said the same already.
    unchanged: usize,
    /// Whether this very file was brought in before; then nothing was done.
    already_imported: bool,
    /// The roster, to approve its files together; null in a dry run.
    import_id: Option<ImportId>,
    /// The good rows, in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    households: Option<Vec<RosterRow>>,
    /// What it takes to put rows right, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    mend: Option<MendBody>,
}

/// A row refused.
#[derive(Debug, Serialize, ToSchema)]
struct RejectedRow {
    /// The sheet's row number.
    row: u32,
    /// The column as the file calls it.
    column: String,
    /// Why.
    code: Refusal,
    /// The same in words, with the next step.
    detail: String,
}

/// A row taken, with something to know.
#[derive(Debug, Serialize, ToSchema)]
struct WarnedRow {
    /// The sheet's row number.
    row: u32,
    /// What.
    code: Notice,
    /// The same in words.
    detail: &'static str,
}

/// A good row as it was understood.
#[derive(Debug, Serialize, ToSchema)]
struct RosterRow {
    row: u32,
    name: String,
    id_number: String,
    phone: Option<String>,
    category: Category,
    cause: Option<Cause>,
    people: Option<i64>,
    income_fen: Option<i64>,
    migrant: bool,
    bank_card: Option<String>,
    address: String,
}

/// Brings a roster in, or says row by row what would come of it.
#[utoipa::path(
    tag = "households",
    params(ImportQuery),
    request_body(content(
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "text/csv")
    )),
    responses((status = 200, body = ImportReply)),
    security(("bearer" = []))
)]
#[post("/households/imports")]
pub async fn import_roster(
    actor: Actor,
    db: web::Data<Db>,
    language: Language,
    query: web::Query<ImportQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> Answer<web::Json<ImportReply>> {
    must_be_a_roster(&request)?;
    let bytes = read_body(&request, &mut payload.into_inner(), LARGEST_FILE).await?;
    let ImportQuery { dry_run, mend, org, name } = query.into_inner();
    let outcome = actions::import(&db, &actor, bytes, org, dry_run).await?;
    let telling = match (dry_run, mend) {
        (false, _) => Telling::Verdict,
        (true, false) => Telling::Households,
        (true, true) => Telling::Mend,
    };
    Ok(web::Json(ImportReply::of(outcome, name, telling, language)))
}

fn must_be_a_roster(request: &HttpRequest) -> Result<(), Problem> {
    let Some(given) = request.headers().get(CONTENT_TYPE) else { return Ok(()) };
    let essence = given.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if TYPES.contains(&essence.as_str()) { Ok(()) } else { Err(Problem::of(Code::UnsupportedMediaType)) }
}

impl ImportReply {
    /// What is answered, in a language.
    #[must_use]
    pub fn of(outcome: Outcome, file: Option<String>, telling: Telling, language: Language) -> Self {
        let Outcome { verdict, unchanged, already_imported, import_id } = outcome;
        let mend = (telling == Telling::Mend).then(|| MendBody::of(&verdict));
        let rejected = verdict.rejected.iter().map(|r| RejectedRow { row: r.row, column: r.column.clone(), code: r.code, detail: r.detail(language) });
        let warnings = verdict.warnings.iter().map(|w| WarnedRow { row: w.row, code: w.code, detail: w.code.says(language) });
        Self {
            file,
            rows: verdict.rows,
            accepted: verdict.accepted.len(),
            rejected: rejected.collect(),
            warnings: warnings.collect(),
            unchanged,
            already_imported,
            import_id,
            households: (telling == Telling::Households).then(|| verdict.accepted.into_iter().map(RosterRow::from).collect()),
            mend,
        }
    }
}

impl From<Accepted> for RosterRow {
    fn from(accepted: Accepted) -> Self {
        let d = accepted.described;
        Self {
            row: accepted.row,
            name: d.name,
            id_number: d.id_number.whole().to_owned(),
            phone: d.phone,
            category: d.category,
            cause: d.cause,
            people: d.people,
            income_fen: d.income_fen,
            migrant: d.migrant,
            bank_card: d.bank_card,
            address: d.address,
        }
    }
}
