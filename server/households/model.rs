//! A household's file.

mod life;
mod notice;
mod words;

pub use notice::{Answer, Notice, Objection, ObjectionId, Step, Turn};
pub use words::{Category, Cause, Relation, Status};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{OrgId, PersonId, TeamId};
use crate::kit::clock::Moment;
use crate::kit::geo::Datum;
use crate::kit::idnumber::IdNumber;

crate::id!(
    /// A household's id.
    HouseholdId
);
crate::id!(
    /// The id of one roster brought in.
    ImportId
);
crate::id!(
    /// A member's id.
    MemberId
);

/// Where the home is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Home {
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// As given; compared in WGS 84.
    pub datum: Datum,
}

impl std::fmt::Display for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{},{} {}", self.latitude, self.longitude, self.datum)
    }
}

impl Home {
    /// Reads a home as the history of its file keeps it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (place, datum) = text.split_once(' ')?;
        let (latitude, longitude) = place.split_once(',')?;
        Some(Self { latitude: latitude.parse().ok()?, longitude: longitude.parse().ok()?, datum: Datum::parse(datum)? })
    }
}

/// What a roster says of one household: the part of the file that an import may write and correct.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// 姓名
    pub name: String,
    /// Whole; printed masked.
    pub id_number: IdNumber,
    /// 11 digits, or a landline.
    pub phone: Option<String>,
    /// 工作单位
    pub workplace: Option<String>,
    /// 家庭住址
    pub address: String,
    /// 困难类别
    pub category: Category,
    /// 致困原因
    pub cause: Option<Cause>,
    /// 家庭人口
    pub people: Option<i64>,
    /// Per head and month.
    pub income_fen: Option<i64>,
    /// 农民工
    pub migrant: bool,
    /// 下岗
    pub laid_off: bool,
    /// 退休
    pub retired: bool,
    /// Luhn holds.
    pub bank_card: Option<String>,
    /// 备注
    pub remarks: String,
}

/// Which yes-or-no columns a roster's row answered: silence changes nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answered {
    /// 农民工
    pub migrant: bool,
    /// 下岗
    pub laid_off: bool,
    /// 退休
    pub retired: bool,
}

/// Somebody who lives in the household beside its head.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Their id.
    pub id: MemberId,
    /// The household.
    pub household_id: HouseholdId,
    /// 姓名
    pub name: String,
    /// To the head.
    pub relation: Relation,
    /// Where it is known.
    pub id_number: Option<IdNumber>,
}

/// A file as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Household {
    /// Its id.
    pub id: HouseholdId,
    /// The org that keeps it.
    pub org_id: OrgId,
    /// The team that visits.
    pub team_id: Option<TeamId>,
    /// Who of the team goes first; none: any of them.
    pub cadre_id: Option<PersonId>,
    /// The roster it came with.
    pub import_id: Option<ImportId>,
    /// What is known.
    pub described: Described,
    /// Where they live.
    pub home: Option<Home>,
    /// Where the file stands.
    pub status: Status,
    /// When it was approved.
    pub approved_at: Option<Moment>,
    /// When its life ended.
    pub ended_at: Option<Moment>,
    /// When it was made.
    pub made_at: Moment,
    /// Counts up with every change.
    pub version: i64,
}

/// A field that changes: its name as in JSON, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `head_name`, `address`, …
    pub field: &'static str,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

impl Change {
    /// A change, if there is one.
    #[must_use]
    pub fn of(field: &'static str, old: Option<String>, new: Option<String>) -> Option<Self> {
        (old != new).then_some(Self { field, old, new })
    }
}

/// Whether a text is a telephone number: mobile, or a landline with its area code.
#[must_use]
pub fn is_phone(digits: &str) -> bool {
    let second = digits.chars().nth(1).unwrap_or_default();
    let mobile = digits.len() == 11 && digits.starts_with('1') && ('3'..='9').contains(&second);
    let landline = (10..=12).contains(&digits.len()) && digits.starts_with('0') && second != '0';
    digits.chars().all(|c| c.is_ascii_digit()) && (mobile || landline)
}

/// Whether a bank card's last digit follows from the others (Luhn).
#[must_use]
pub fn is_bank_card(digits: &str) -> bool {
    let mut sum = 0;
    for (place, c) in digits.chars().rev().enumerate() {
        let Some(digit) = c.to_digit(10) else { return false };
        let weighed = if place % 2 == 1 { digit * 2 } else { digit };
        sum += if weighed > 9 { weighed - 9 } else { weighed };
    }
    (12..=19).contains(&digits.len()) && sum % 10 == 0
}
