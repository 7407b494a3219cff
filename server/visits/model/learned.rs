//! What was learned and asked for at the door.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A household found at the door that is on no list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Found {
    /// Who lives there.
    pub name: String,
    /// Where.
    #[serde(default)]
    pub address: String,
    /// What was seen.
    #[serde(default)]
    pub words: String,
}

/// Something asked for at the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NeedSaid {
    /// Of which kind.
    pub kind: String,
    /// In their words.
    pub words: String,
    /// How urgent.
    pub urgency: String,
}

/// Six things known and one decided (六知一定), in words. Nothing said: as the file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SixKnows {
    /// 家庭住址
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 生活状况
    #[serde(skip_serializing_if = "Option::is_none")]
    pub living_conditions: Option<String>,
    /// 致困原因
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// 患病情况
    #[serde(skip_serializing_if = "Option::is_none")]
    pub illness: Option<String>,
    /// 低保情况
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_income_benefit: Option<String>,
    /// 子女就学
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schooling: Option<String>,
    /// 帮扶措施: the measure decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
}

impl SixKnows {
    /// Each by its name, as far as it was said.
    pub fn said(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Self { address, living_conditions, cause, illness, low_income_benefit, schooling, measure } = self;
        [
            ("address", address),
            ("living_conditions", living_conditions),
            ("cause", cause),
            ("illness", illness),
            ("low_income_benefit", low_income_benefit),
            ("schooling", schooling),
            ("measure", measure),
        ]
        .into_iter()
        .filter_map(|(name, words)| words.as_deref().map(|words| (name, words)))
    }
}
