//! What reconciliation finds, and what becomes of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::accounts::TeamId;
use crate::kit::digest::sha256_hex;
use crate::ledger::EntryId;
use crate::visits::VisitId;

crate::id!(
    /// A finding's id.
    FindingId
);

crate::words! {
    /// How much a finding weighs.
    Severity {
        /// Kept for the pattern.
        Info = "info",
        /// A person must look.
        Review = "review",
        /// Money or identity is wrong.
        Block = "block",
    }
}

crate::words! {
    /// What was found; the letter names the witness. The order here is the order in which findings are shown.
    Code as "FindingCode" {
        /// No approved file on the day of the visit.
        F01 = "F01",
        /// The public notice was not over, or an objection was open.
        F02 = "F02",
        /// The file was closed, relieved or waived before the visit.
        F03 = "F03",
        /// The household has no entitlement in this campaign.
        F04 = "F04",
        /// The household belonged to another team.
        F05 = "F05",
        /// The recipient is neither head nor member, and no reason is given.
        I01 = "I01",
        /// The same person received elsewhere in this campaign.
        I02 = "I02",
        /// No position, for a mode that has a place.
        P01 = "P01",
        /// The position is less accurate than the campaign asks.
        P02 = "P02",
        /// Too far from the home.
        P03 = "P03",
        /// A photo was taken far from the visit.
        P04 = "P04",
        /// Too fast from the cadre's visit before.
        P05 = "P05",
        /// A position shared with other households.
        P06 = "P06",
        /// Outside the campaign's days.
        T01 = "T01",
        /// The phone's clock is off.
        T02 = "T02",
        /// A photo was taken long before or after the visit.
        T03 = "T03",
        /// Shorter than the campaign's minimum.
        T04 = "T04",
        /// Reached the server late.
        T05 = "T05",
        /// Back-dated, or its time cannot be bounded.
        T06 = "T06",
        /// A gap or a fork in the phone's own chain.
        T07 = "T07",
        /// Fewer photos than required.
        E01 = "E01",
        /// Signature missing or blank.
        E02 = "E02",
        /// The same picture stands in another visit.
        E03 = "E03",
        /// A nearly identical picture stands in another visit.
        E04 = "E04",
        /// Named evidence has not arrived in time.
        E05 = "E05",
        /// The photo was chosen from the gallery or saved by an editor.
        E06 = "E06",
        /// More cash than the entitlement left.
        A01 = "A01",
        /// Less cash than the entitlement.
        A02 = "A02",
        /// Goods differ from the entitlement.
        A03 = "A03",
        /// A second handover to the household.
        A04 = "A04",
        /// Paid from a fund earmarked for something else.
        A05 = "A05",
        /// The team handed over more than it held.
        A06 = "A06",
        /// Aid with an outcome other than reached.
        A07 = "A07",
        /// After the deadline a team still holds cash or goods.
        C01 = "C01",
        /// A slip was counted differently by the team and by the store.
        C02 = "C02",
        /// A group visit's roster does not add up.
        G01 = "G01",
    }
}

crate::words! {
    /// Where a finding stands.
    Status as "FindingStatus" {
        /// Waits for somebody.
        Open = "open",
        /// There is a good reason.
        Explained = "explained",
        /// An amending visit or a ledger entry put it right.
        Corrected = "corrected",
        /// It is a violation.
        Confirmed = "confirmed",
        /// No longer found.
        Gone = "gone",
    }
}

impl Status {
    /// Whether somebody settled it.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Explained | Self::Corrected | Self::Confirmed)
    }
}

crate::words! {
    /// How a finding is settled.
    How {
        /// There is a good reason.
        Explained = "explained",
        /// An amending visit or a ledger entry put it right.
        Corrected = "corrected",
        /// It is a violation.
        Confirmed = "confirmed",
    }
}

impl From<How> for Status {
    fn from(how: How) -> Self {
        match how {
            How::Explained => Self::Explained,
            How::Corrected => Self::Corrected,
            How::Confirmed => Self::Confirmed,
        }
    }
}

crate::words! {
    /// Where a household stands in a campaign.
    Standing {
        /// Nobody has been there.
        Unreached = "unreached",
        /// Somebody was there and met nobody.
        Attempted = "attempted",
        /// Reached; evidence is still on its way.
        Pending = "pending",
        /// Reached, and everything agrees.
        Matched = "matched",
        /// Something is open at review or block.
        Disputed = "disputed",
        /// What was open has been settled.
        Settled = "settled",
    }
}

crate::words! {
    /// What kind of thing a finding is about.
    AboutKind {
        /// A visit.
        Visit = "visit",
        /// What a team holds.
        Team = "team",
        /// An issue or a return, counted twice.
        Slip = "slip",
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    /// A visit.
    Visit(VisitId),
    /// What a team holds in the campaign.
    Team(TeamId),
    /// An issue or a return that the team's lead counted too.
    Slip(EntryId),
}

/// What a finding is about, as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FindingAbout)]
pub struct AboutSeen {
    /// What kind of thing.
    pub kind: AboutKind,
    /// Which one.
    pub id: String,
}

impl About {
    /// What kind of thing.
    #[must_use]
    pub const fn kind(&self) -> AboutKind {
        match self {
            Self::Visit(_) => AboutKind::Visit,
            Self::Team(_) => AboutKind::Team,
            Self::Slip(_) => AboutKind::Slip,
        }
    }

    /// Which one.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Visit(id) => id.as_str(),
            Self::Team(id) => id.as_str(),
            Self::Slip(id) => id.as_str(),
        }
    }

    /// The visit, where it is about one.
    #[must_use]
    pub const fn visit(&self) -> Option<VisitId> {
        if let Self::Visit(id) = self { Some(*id) } else { None }
    }

    /// What these two name.
    #[must_use]
    pub fn named(kind: AboutKind, id: &str) -> Option<Self> {
        match kind {
            AboutKind::Visit => VisitId::parse(id).map(Self::Visit),
            AboutKind::Team => TeamId::parse(id).map(Self::Team),
            AboutKind::Slip => EntryId::parse(id).map(Self::Slip),
        }
    }
}

/// One thing that does not agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub about: About,
    /// What.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// What of the visit it is about: `visit`, `position`, `aid:<item>`, `evidence:<sha256>`, …
    pub subject: String,
    /// What the witnesses say; no names, no numbers of persons.
    pub expected: Value,
    /// What the visit says.
    pub actual: Value,
    /// SHA-256 of the pictures to look at.
    pub evidence: Vec<String>,
}

impl Finding {
    /// Names the facts: when it changes, a settled finding opens again.
    #[must_use]
    pub fn facts_hash(&self) -> String {
        let evidence = self.evidence.join(" ");
        sha256_hex(format!("{}\n{}\n{}\n{evidence}", self.severity, self.expected, self.actual).as_bytes())
    }
}
