//! What a phone is handed: all that its user needs offline, and nothing more.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::{CheckGoods, CheckSeen};
use super::listed::Listed;
use super::lists::{CampaignSeen, Custody, EntitlementSeen, FundSeen, GoodsSeen, TeamSeen};
use super::lots::About;
use crate::accounts::{PersonId, TeamId};
use crate::boards::BaseMap;
use crate::campaigns::CampaignId;
use crate::findings::{FindingSeen, Standing};
use crate::households::{Category, HouseholdId, Relation};
use crate::kit::clock::Moment;
use crate::kit::geo::Datum;
use crate::ledger::SlipSeen;
use crate::visits::{Aid, Mode, Outcome, VisitId};

/// Where a phone stands in the change feed: a sequence number for each chain it hears, and for whom it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::field) struct Cursor {
    /// Changes with the person, their org and their teams; a cursor made for others is no good.
    pub(in crate::field) view: String,
    pub(in crate::field) chains: BTreeMap<String, i64>,
    /// Which checks were told last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::field) checks: Option<String>,
}

impl Cursor {
    pub(in crate::field) fn read(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }

    pub(in crate::field) fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }
}

/// The answer to a pull.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pulled {
    /// To be sent as `since` next time.
    pub cursor: String,
    /// Whether this replaces all that the phone had; otherwise it changes part of it.
    pub whole: bool,
    /// The server's time.
    pub server_time: Moment,
    /// The same, signed; carried in later items it bounds their time.
    pub time_token: String,
    /// The key that receipts are signed with.
    pub receipt_key: ReceiptKey,
    /// Where the event chains end, for whoever wants to show later that nothing was cut off.
    pub log_heads: Vec<LogHead>,
    /// Campaigns that are open, or were.
    pub campaigns: Vec<CampaignSeen>,
    /// Own teams.
    pub teams: Vec<TeamSeen>,
    /// Own teams' households.
    #[schema(value_type = Vec<HouseholdSeen>)]
    pub households: Listed<HouseholdSeen>,
    /// Households that are no longer theirs.
    pub removed: Vec<HouseholdId>,
    /// What those households are to receive.
    #[schema(value_type = Vec<EntitlementSeen>)]
    pub entitlements: Listed<EntitlementSeen>,
    /// The catalogue.
    pub goods: Vec<GoodsSeen>,
    /// The funds.
    pub funds: Vec<FundSeen>,
    /// What own teams hold and owe.
    pub custody: Vec<Custody>,
    /// What own teams' leads have to sign, and what changed hands in open campaigns; newest first, always all of it.
    pub slips: Vec<SlipSeen>,
    /// Visits to those households.
    #[schema(value_type = Vec<VisitSeen>)]
    pub visits: Listed<VisitSeen>,
    /// Whom to ask, all of them: a supervisor's spot checks that nobody has made yet; null: the same as at the pull before. Nothing of what
    /// the cadre wrote is in them.
    pub checks: Option<Vec<CheckSeen>>,
    /// What those campaigns promise to anybody, to pick from.
    pub check_goods: Vec<CheckGoods>,
    /// Open needs of those households.
    #[schema(value_type = Vec<NeedSeen>)]
    pub needs: Listed<NeedSeen>,
    /// The map to draw homes on; none: plain ground.
    pub base_map: Option<BaseMap>,
}

/// Something a household asked for, until it is answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedSeen {
    /// The visit at which it was asked for.
    pub visit_id: VisitId,
    /// Its place among that visit's needs, from 0.
    pub line: i64,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The household.
    pub household_id: HouseholdId,
    /// Of which kind: `medical`, `schooling`, `work`, `housing`, `goods`, `legal`, `other`, as phones say it.
    pub kind: String,
    /// In their words.
    pub words: String,
    /// `now`, `soon` or `later`, as phones say it.
    pub urgency: String,
    /// When.
    pub raised_at: Moment,
    /// The cadre who heard it.
    pub by_name: String,
}

/// The server's public key.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptKey {
    /// Its name.
    pub kid: String,
    /// Ed25519, raw, in base64.
    pub public_key: String,
}

/// The end of an event chain.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LogHead {
    /// The chain.
    pub chain: String,
    /// Its last number.
    pub sequence: i64,
    /// Its last hash.
    pub hash: String,
}

/// A household on the phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct HouseholdSeen {
    /// Its id.
    pub id: HouseholdId,
    /// Counts changes of the file.
    pub version: i64,
    /// Whose it is.
    pub team_id: Option<TeamId>,
    /// Who of the team goes first; null: any of them.
    pub cadre_id: Option<PersonId>,
    /// The head's name.
    pub head_name: String,
    /// First six and last four characters of the identity number.
    pub head_id_masked: String,
    /// Telephone.
    pub phone: Option<String>,
    /// Where they live.
    pub address: String,
    /// Where the head works.
    pub workplace: Option<String>,
    /// Why on file.
    pub category: Category,
    /// The cause of the hardship.
    pub cause: Option<String>,
    /// How many live there.
    pub people: Option<i64>,
    /// Per head and month.
    pub income_fen: Option<i64>,
    /// Flags beside the category.
    pub flags: Flags,
    /// Where the home is.
    pub home: Option<Home>,
    /// Where the file stands.
    pub status: String,
    /// The members.
    pub members: Vec<MemberSeen>,
    /// What the file lacks: `phone`, `home`, `cause`, `people`, `income`, `members`, `bank_card`.
    pub missing_materials: Vec<String>,
    /// Remarks.
    pub remarks: String,
    /// How it stands in each campaign.
    pub standings: Vec<StandingSeen>,
}

/// Flags beside the category.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = PulledFlags)]
pub struct Flags {
    /// 农民工
    pub migrant: bool,
    /// 下岗
    pub laid_off: bool,
    /// 退休
    pub retired: bool,
}

/// Where a home is, in the datum it came in.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = PulledHome)]
pub struct Home {
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// The datum.
    pub datum: Datum,
}

/// A member of a household.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberSeen {
    /// Name.
    pub name: String,
    /// Seen from the head.
    pub relation: Relation,
}

/// How a household stands in a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingSeen {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// How it stands.
    pub standing: Standing,
    /// What the last visit came to.
    pub last_outcome: Option<Outcome>,
    /// When the last visit ended.
    pub last_visit_at: Option<Moment>,
    /// How many visits.
    pub visits: i64,
}

/// A visit as its cadre sees it afterwards.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitSeen {
    /// Its id.
    pub id: VisitId,
    /// Its household.
    pub household_id: HouseholdId,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// What came of it.
    pub outcome: Outcome,
    /// Where and how.
    pub mode: Mode,
    /// Corrected by the phone's clock offset.
    pub started_at: Moment,
    /// Corrected by the phone's clock offset.
    pub ended_at: Moment,
    /// Who went.
    pub cadre_id: PersonId,
    /// Their name.
    pub cadre_name: String,
    /// What was handed over; of a visit just taken in, not yet.
    pub aid: Vec<Aid>,
    /// The earlier visit it corrects.
    pub amends: Option<VisitId>,
    /// The later visit that corrects it.
    pub amended_by: Option<VisitId>,
    /// How the household stands.
    pub standing: Option<Standing>,
    /// Named evidence that has not arrived.
    pub missing_evidence: Vec<String>,
    /// What does not agree.
    pub findings: Vec<FindingSeen>,
}

impl About for HouseholdSeen {
    fn about(&self) -> HouseholdId {
        self.id
    }
}

impl About for VisitSeen {
    fn about(&self) -> HouseholdId {
        self.household_id
    }
}

impl About for NeedSeen {
    fn about(&self) -> HouseholdId {
        self.household_id
    }
}
