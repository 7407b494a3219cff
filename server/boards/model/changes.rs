//! What changed since somebody last looked.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::visits::VisitId;

/// What is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangesAsked {
    /// The campaign.
    pub campaign: CampaignId,
    /// The `cursor` of the answer before; nothing is told without one but where the log ends now.
    pub since: Option<String>,
}

/// How far somebody has read each chain of the log, and for whom that was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadThrough {
    /// Changes with the person, their org and their teams; a cursor made for others is no good.
    pub view: String,
    /// The last sequence read of each chain.
    pub chains: BTreeMap<String, i64>,
}

impl ReadThrough {
    /// As it was told.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }

    /// As it is told.
    #[must_use]
    pub fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }
}

crate::words! {
    /// What happened.
    ChangeKind {
        /// A visit arrived.
        Visit = "visit",
        /// Something about a household does not agree.
        Disputed = "disputed",
        /// Findings about a household, a visit or a team changed.
        Findings = "findings",
        /// A finding was settled.
        Settled = "settled",
        /// A household was given to a team, or to a cadre of it.
        Moved = "moved",
        /// What a team holds changed.
        Custody = "custody",
        /// Something was said to a need.
        Need = "need",
        /// A household stands elsewhere.
        Standing = "standing",
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Happening {
    /// When.
    pub at: Moment,
    /// What.
    pub kind: ChangeKind,
    /// To which household.
    pub household_id: Option<HouseholdId>,
    /// Its head's name, where it is still within sight.
    pub head_name: Option<String>,
    /// The visit.
    pub visit_id: Option<VisitId>,
    /// The team it concerns.
    pub team_id: Option<TeamId>,
    /// Its name.
    pub team_name: Option<String>,
    /// Of a visit its outcome, of a finding its code, of a need where it stands.
    pub detail: Option<String>,
    /// Who did it; null for the server itself.
    pub by_name: Option<String>,
}

/// What changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Changes {
    /// To be sent as `since` next time.
    pub cursor: String,
    /// Whether there is more behind the cursor: to be asked for at once.
    pub more: bool,
    /// Too much happened to tell of each: the cursor is at the end.
    pub skipped: bool,
    /// How much of each kind: `visit`, `disputed`, `findings`, `settled`, `moved`, `custody`, `need`, `standing`.
    pub counts: BTreeMap<String, i64>,
    /// The newest of what has a place in a list, at most fifty; that a household stands elsewhere is counted alone.
    pub items: Vec<Happening>,
}
