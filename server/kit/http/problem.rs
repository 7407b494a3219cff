//! What went wrong, as RFC 9457 tells it: one type, a closed set of codes, words in two languages.
//!
//! A room says `Problem::of(Code::NotFound)`; the middleware turns it into `application/problem+json` in the language asked for.

mod database;

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::language::Language;
use super::words;

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $status:literal),+ $(,)?) => {
        /// Every problem this server can have, with its HTTP status. The words stand in `problems.{zh-CN,en}.json`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[$meta])* #[doc = concat!("HTTP ", stringify!($status))] $name),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The HTTP status it is answered with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// The variant's name, for the test that looks for codes nobody raises.
            #[must_use]
            pub const fn variant(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }
        }
    };
}

codes! {
    BadRequest = 400,
    Unauthenticated = 401,
    SignInFailed = 401,
    SessionEnded = 401,
    Forbidden = 403,
    OwnVisit = 403,
    OwnTeam = 403,
    SignInAgain = 403,
    NotFound = 404,
    NoRendition = 404,
    MethodNotAllowed = 405,
    IdTaken = 409,
    CampaignNotOpen = 409,
    CampaignNotDraft = 409,
    StandardsMissing = 409,
    NotEnoughInStore = 409,
    NotEnoughWithTeam = 409,
    AlreadyReversed = 409,
    ElsewhereInFile = 409,
    AlreadyAcknowledged = 409,
    NotReversible = 409,
    FindingNotOpen = 409,
    StepNotPossible = 409,
    NeedStepNotPossible = 409,
    FrameEmpty = 409,
    FrameNotPublic = 409,
    DrawsUsedUp = 409,
    SeedRevealed = 409,
    AnswersFirst = 409,
    AlreadyAnswered = 409,
    CheckJudged = 409,
    CheckReplaced = 409,
    NobodyLeft = 409,
    NameTaken = 409,
    StaleVersion = 412,
    TooLarge = 413,
    UnsupportedMediaType = 415,
    Invalid = 422,
    HashMismatch = 422,
    FileUnreadable = 422,
    FileTooBigInside = 422,
    HeaderNotFound = 422,
    KindNotTakenYet = 422,
    SealBroken = 422,
    SealKeyUnknown = 422,
    VersionMissing = 428,
    TooManyTries = 429,
    Internal = 500,
    Busy = 503,
    StorageFull = 507,
}

impl Code {
    /// The code as it stands in JSON: `not_found`.
    #[must_use]
    pub fn word(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// One field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
pub struct FieldProblem {
    /// JSON pointer into the request's body.
    pub pointer: String,
    /// Stable word for what is wrong: `missing`, `too_long`, `out_of_range`, …
    pub code: String,
    /// The same in words, in the language asked for; empty until the answer is written.
    #[serde(default)]
    pub detail: String,
}

/// A problem on its way out.
#[derive(Debug)]
pub struct Problem {
    /// Which one.
    pub code: Code,
    /// The fields at fault, all of them at once.
    pub fields: Vec<FieldProblem>,
    /// Seconds after which to try again.
    pub retry_after_s: Option<u64>,
    /// Where a file that comes in parts goes on.
    pub upload_offset: Option<u64>,
    /// For the log only.
    cause: Option<String>,
    transient: bool,
    of_the_disk: bool,
}

/// The body of an answer with a problem (RFC 9457).
#[derive(Debug, Serialize, serde::Deserialize, ToSchema)]
pub struct ProblemBody {
    /// `/problems/<code>`
    #[serde(rename = "type")]
    pub kind: String,
    /// What went wrong, in a few words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What to do next.
    pub detail: String,
    /// Stable code.
    pub code: Code,
    /// The request's id, to be quoted when asking for help.
    pub request_id: String,
    /// The fields at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

impl Problem {
    /// A problem of this code.
    #[must_use]
    pub const fn of(code: Code) -> Self {
        Self { code, fields: Vec::new(), retry_after_s: None, upload_offset: None, cause: None, transient: false, of_the_disk: false }
    }

    /// Something nobody expected: logged with the request id, silent outside.
    #[must_use]
    pub fn unexpected(cause: impl fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::of(Code::Internal) }
    }

    /// Bad input: `(JSON pointer, word)` for each field at fault.
    #[must_use]
    pub fn invalid(fields: Vec<FieldProblem>) -> Self {
        Self { fields, ..Self::of(Code::Invalid) }
    }

    /// One bad field.
    #[must_use]
    pub fn field(pointer: impl Into<String>, code: &str) -> Self {
        Self::invalid(vec![FieldProblem::new(pointer, code)])
    }

    /// The same, with the seconds after which to try again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The same, with the place where a file that comes in parts goes on.
    #[must_use]
    pub const fn going_on_at(mut self, offset: u64) -> Self {
        self.upload_offset = Some(offset);
        self
    }

    /// Whether the very same write may succeed when it is run again (two writes met on PostgreSQL).
    #[must_use]
    pub const fn may_pass_on_retry(&self) -> bool {
        self.transient
    }

    /// Whether it was not about what was asked, and nobody else would fare better just now.
    #[must_use]
    pub const fn is_for_all(&self) -> bool {
        matches!(self.code, Code::Busy | Code::StorageFull)
    }

    /// Whether the disk under the database did not do what it was told: not that it is full, but that it failed.
    #[must_use]
    pub const fn is_of_the_disk(&self) -> bool {
        self.of_the_disk
    }

    /// The body in a language.
    #[must_use]
    pub fn body(&self, language: Language, request_id: &str) -> ProblemBody {
        let word = self.code.word();
        let text = words::problem(language, &word);
        let errors = self.fields.iter().map(|f| FieldProblem { detail: words::field(language, &f.code), ..f.clone() }).collect();
        ProblemBody {
            kind: format!("/problems/{word}"),
            title: text.title.clone(),
            status: self.code.status(),
            detail: text.detail.clone(),
            code: self.code,
            request_id: request_id.to_owned(),
            errors,
        }
    }

    /// Writes an unexpected cause to the server's log, once, with the request id of the current span.
    pub fn log_once(&self, place: &str) {
        if let Some(cause) = &self.cause {
            tracing::error!(place, code = %self.code.word(), cause, "unexpected");
        }
    }
}

impl FieldProblem {
    /// A field at fault.
    #[must_use]
    pub fn new(pointer: impl Into<String>, code: &str) -> Self {
        Self { pointer: pointer.into(), code: code.to_owned(), detail: String::new() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code.word())?;
        self.cause.as_ref().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Status only: the middleware writes the body, which needs the request's language and id.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.retry_after_s.or((self.code == Code::Busy).then_some(2)) {
            response.insert_header(("Retry-After", seconds.to_string()));
        }
        if let Some(offset) = self.upload_offset {
            response.insert_header(("Upload-Offset", offset.to_string())).insert_header(("Upload-Complete", "?0"));
        }
        response.finish()
    }
}

/// What a handler answers.
pub type Answer<T> = Result<T, Problem>;
