//! What comes out of a sample.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{SampleId, Verdict};

/// A check that counts: drawn or in the place of one that fell out, with the verdict that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Where it was drawn.
    pub stratum: String,
    /// The verdict; none while there is none.
    pub verdict: Option<Verdict>,
    /// What of the handover was found missing or wrong.
    pub at_risk_fen: i64,
}

/// A share, in millionths, with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Share {
    /// The share itself.
    pub rate_ppm: i64,
    /// The lower end of the 95 % interval.
    pub low_ppm: i64,
    /// The upper end.
    pub high_ppm: i64,
}

/// Money, with the interval of the share it follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MoneyAtRisk {
    /// What the frame had received in all.
    pub handed_fen: i64,
    /// What was found missing or wrong in the households that were checked.
    pub found_fen: i64,
    /// The same for the whole frame.
    pub estimate_fen: i64,
    /// The lower end of the 95 % interval.
    pub low_fen: i64,
    /// The upper end.
    pub high_fen: i64,
}

/// What was found, in a stratum or in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CheckTally)]
pub struct Tally {
    /// In the frame.
    pub households: i64,
    /// Drawn.
    pub drawn: i64,
    /// With a verdict, and asked.
    pub checked: i64,
    /// Could not be asked.
    pub unreachable: i64,
    /// `misdelivered`, `ineligible` and `not_received`.
    pub discrepancies: i64,
    /// `minor`: told apart, and in no rate.
    pub minor: i64,
    /// Discrepancies among those asked; null while nobody was.
    pub share: Option<Share>,
    /// The same with everybody who could not be asked counted as a discrepancy: null where there is nobody of either.
    pub pessimistic: Option<Share>,
}

/// A stratum and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StratumFound {
    /// `team_code/category`.
    pub stratum: String,
    /// What was found.
    #[serde(flatten)]
    pub tally: Tally,
}

/// What comes out of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SampleResult)]
pub struct Found {
    /// The sample.
    pub sample_id: SampleId,
    /// False for chosen households: what is found there says nothing of the others.
    pub stands_for_the_frame: bool,
    /// By stratum.
    pub strata: Vec<StratumFound>,
    /// In all: shares are weighted by stratum.
    pub overall: Tally,
    /// Households of strata in which nobody was checked yet; the overall shares say nothing of them.
    pub uncovered: i64,
    /// What is at risk; null while nobody was checked, and where the sample stands for nobody else.
    pub money: Option<MoneyAtRisk>,
    /// For a report, in both languages.
    pub sentence: Sentence,
}

/// One sentence in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReportSentence)]
pub struct Sentence {
    /// 中文
    #[serde(rename = "zh-CN")]
    pub chinese: String,
    /// English.
    #[serde(rename = "en")]
    pub english: String,
}
