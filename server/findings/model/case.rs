//! One household in one campaign, with everything its visits are held against.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::around::{Alike, Also, Neighbour, Trip};
use super::chain::Link;
use super::finding::Code;
use crate::accounts::TeamId;
use crate::campaigns::{Earmark, Policy, Purpose, Quantity};
use crate::households;
use crate::kit::clock::{Moment, SECOND_MS};
use crate::kit::geo::{Datum, Point};
use crate::ledger::FundId;
use crate::visits::{Aid, VisitId, VisitSaid};

/// All that reconciliation may look at.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Case {
    /// Only to tell whether evidence is overdue.
    pub now: Moment,
    /// The campaign's days and limits.
    pub season: Season,
    /// The household's file; none for somebody found at the door, for an enterprise or a group.
    #[serde(default)]
    pub file: Option<File>,
    /// What the household was promised.
    #[serde(default)]
    pub entitlement: Option<Entitlement>,
    /// Every visit to it in this campaign, in any order.
    pub visits: Vec<Visit>,
    /// Earlier visits that those of this case amend, and that are cases of their own: without a household each visit is one by itself.
    #[serde(default)]
    pub amended: Vec<Visit>,
    /// What the funds named in these visits may be given for.
    #[serde(default)]
    pub earmarks: BTreeMap<FundId, Earmark>,
    /// What has been settled.
    #[serde(default)]
    pub settled: Vec<Settled>,
}

/// A campaign's days and limits.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Season {
    /// The first moment.
    pub opens_at: Moment,
    /// The last moment.
    pub deadline_at: Moment,
    /// The limits.
    #[serde(default)]
    pub policy: Policy,
}

/// What the household's file says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct File {
    /// Where it stands.
    pub status: households::Status,
    /// When it was approved.
    #[serde(default)]
    pub approved_at: Option<Moment>,
    /// When it ended.
    #[serde(default)]
    pub ended_at: Option<Moment>,
    /// Where the home is.
    #[serde(default)]
    pub home: Option<Spot>,
    /// Where it said the home was before.
    #[serde(default)]
    pub earlier_homes: Vec<EarlierHome>,
    /// The head's and the members' names.
    #[serde(default)]
    pub names: Vec<String>,
    /// When the name was made public.
    #[serde(default)]
    pub notices: Vec<Moment>,
    /// What was said against it.
    #[serde(default)]
    pub objections: Vec<Objection>,
}

impl File {
    /// What the file has called the home at that moment, and every place since: who moved was at home where they lived then, and a place
    /// that was written down wrong is put right by a correction.
    pub fn homes_since(&self, at: Moment) -> impl Iterator<Item = Option<Spot>> {
        self.earlier_homes.iter().filter(move |earlier| at < earlier.until).map(|earlier| earlier.place).chain([self.home])
    }
}

/// A home that the file has replaced by another.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct EarlierHome {
    /// Where it was; none where the file did not say.
    #[serde(default)]
    pub place: Option<Spot>,
    /// When the file said otherwise.
    pub until: Moment,
}

/// An objection, for as long as it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Objection {
    /// When it was raised.
    pub raised_at: Moment,
    /// When it was answered.
    #[serde(default)]
    pub answered_at: Option<Moment>,
}

/// A place in the datum it was given in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Spot {
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// The datum it came in.
    pub datum: Datum,
}

impl Spot {
    /// The same place in WGS 84, in which places are compared.
    #[must_use]
    pub fn wgs84(&self) -> Point {
        Point::from_datum(self.latitude, self.longitude, self.datum)
    }
}

/// What the household was promised.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Entitlement {
    /// Cash.
    pub cash_fen: i64,
    /// What the cash is for.
    pub purpose: Purpose,
    /// Goods.
    #[serde(default)]
    pub goods: Vec<Quantity>,
}

/// One visit and what is known around it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// The team it was made for.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// The team whose household it was on that day.
    #[serde(default)]
    pub homes_team: Option<TeamId>,
    /// By the corrected clock.
    pub started_at: Moment,
    /// By the corrected clock.
    pub ended_at: Moment,
    /// The server's clock less the phone's.
    #[serde(default)]
    pub clock_offset_ms: i64,
    /// When it reached the server.
    pub received_at: Moment,
    /// As it was said.
    pub said: VisitSaid,
    /// The evidence that has arrived, by SHA-256.
    #[serde(default)]
    pub arrived: BTreeMap<String, Arrival>,
    /// Visits elsewhere that name the same picture, by its SHA-256, in the order of their ids.
    #[serde(default)]
    pub shared: BTreeMap<String, Vec<VisitId>>,
    /// What of its aid the team did not hold.
    #[serde(default)]
    pub overdrafts: Vec<Overdraft>,
    /// Whether a visit outside this case amends it (only where there is no household).
    #[serde(default)]
    pub amended: bool,
    /// Its place in the phone's chain; none where that was not kept.
    #[serde(default)]
    pub link: Option<Link>,
    /// The same cadre's visit before.
    #[serde(default)]
    pub before: Option<Trip>,
    /// Visits to other households close by.
    #[serde(default)]
    pub nearby: Vec<Neighbour>,
    /// Handovers elsewhere to the people who received here.
    #[serde(default)]
    pub also: Vec<Also>,
    /// Pictures of visits elsewhere that look like this visit's, by its own picture's SHA-256.
    #[serde(default)]
    pub alike: BTreeMap<String, Vec<Alike>>,
}

impl Visit {
    /// When it happened: as the phone says, within what can be proved. Not after it, or a later item of the same phone, was received;
    /// and where it claims an end before a server time that the phone had seen when it sealed it, not before that time.
    #[must_use]
    pub fn happened_at(&self, policy: &Policy) -> Moment {
        let not_after = self.link.as_ref().map_or(self.received_at, |link| link.not_after.min(self.received_at));
        let not_before = self.back_dated(policy).unwrap_or(self.started_at);
        self.started_at.max(not_before).min(not_after)
    }

    /// The signed server time that the phone had seen when it sealed this visit, where the visit claims to have ended before it by more
    /// than clocks may be off.
    #[must_use]
    pub fn back_dated(&self, policy: &Policy) -> Option<Moment> {
        let seen = self.link.as_ref()?.not_before?;
        (self.ended_at.plus_ms(policy.clock_skew_s.saturating_mul(SECOND_MS)) < seen).then_some(seen)
    }

    /// Whether it says the same times as an earlier one, as a correction does.
    #[must_use]
    pub fn keeps_the_times_of(&self, earlier: &Self) -> bool {
        (earlier.said.started_at, earlier.said.ended_at) == (self.said.started_at, self.said.ended_at)
    }

    /// Whether anything was handed over.
    #[must_use]
    pub fn hands_over(&self) -> bool {
        !self.said.aid.is_empty()
    }

    /// The cash handed over.
    #[must_use]
    pub fn cash_fen(&self) -> i64 {
        let cash = |aid: &Aid| if let Aid::Cash { amount_fen, .. } = aid { *amount_fen } else { 0 };
        self.said.aid.iter().map(cash).fold(0, i64::saturating_add)
    }
}

/// What is known of a piece of evidence that arrived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Arrival {
    /// Whether the file says that an editor saved it.
    #[serde(default)]
    pub edited: bool,
}

/// A part of a handover that the team did not hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Overdraft {
    /// `fund_id` or `item_id`.
    pub commodity_id: String,
    /// Whether it is cash.
    pub is_cash: bool,
    /// What was handed over, in fen or thousandths.
    pub amount: i64,
    /// How much of that the team held.
    pub covered: i64,
}

/// A finding about a visit that somebody settled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Settled {
    /// The visit.
    pub visit: VisitId,
    /// The code.
    pub code: Code,
    /// The subject.
    pub subject: String,
    /// The facts that were settled.
    pub facts_hash: String,
}
