//! A household's file.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{OrgId, TeamId};
use crate::kit::clock::Moment;
use crate::kit::idnumber::IdNumber;

crate::id!(
    /// A household's id.
    HouseholdId
);
crate::id!(
    /// The id of one roster brought in.
    ImportId
);

crate::words! {
    /// Why a household is on file; it decides the standard.
    Category {
        /// 低保标准以下困难职工
        BelowLine = "below_line",
        /// 低保边缘困难职工
        NearLine = "near_line",
        /// 意外致困职工
        Sudden = "sudden",
        /// 困难农民工
        Migrant = "migrant",
        /// 困难劳模
        ModelWorker = "model_worker",
        /// 困难党员、老党员
        PartyMember = "party_member",
        /// 残疾人家庭
        Disabled = "disabled",
        /// 孤寡、空巢老人
        ElderlyAlone = "elderly_alone",
        /// 单亲困难家庭
        SingleParent = "single_parent",
        /// 大病家庭
        SeriousIllness = "serious_illness",
        /// 优抚对象、军烈属
        VeteranFamily = "veteran_family",
        /// 困难学生、留守儿童
        Student = "student",
        /// 一线职工
        FrontLine = "front_line",
    }
}

crate::words! {
    /// What brought the hardship.
    Cause {
        /// 患病
        Illness = "illness",
        /// 意外事故
        Accident = "accident",
        /// 自然灾害
        Disaster = "disaster",
        /// 下岗失业
        JobLoss = "job_loss",
        /// 子女上学
        Schooling = "schooling",
        /// 残疾
        Disability = "disability",
        /// 收入低
        LowPay = "low_pay",
        /// 欠薪
        WageArrears = "wage_arrears",
        /// 亲属去世
        DeathInFamily = "death_in_family",
        /// 其他
        Other = "other",
    }
}

crate::words! {
    /// Where a file stands in its life.
    Status {
        /// 申请
        Applied = "applied",
        /// 已评议
        Reviewed = "reviewed",
        /// 公示中
        Noticed = "noticed",
        /// 复核中
        Verifying = "verifying",
        /// 已批准
        Approved = "approved",
        /// 已脱困
        Relieved = "relieved",
        /// 已销档
        Closed = "closed",
        /// 未通过
        Rejected = "rejected",
        /// 视为放弃
        Waived = "waived",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}

crate::words! {
    /// The earth model a position is given in.
    Datum {
        /// The world's.
        Wgs84 = "wgs84",
        /// 国测局坐标
        Gcj02 = "gcj02",
        /// 百度坐标
        Bd09 = "bd09",
    }
}

impl Status {
    /// Whether the centre may approve a file that stands here.
    #[must_use]
    pub const fn can_be_approved(self) -> bool {
        matches!(self, Self::Applied | Self::Reviewed)
    }
}

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

impl Home {
    /// Whether it lies on the globe.
    #[must_use]
    pub fn is_on_the_globe(self) -> bool {
        (-90.0..=90.0).contains(&self.latitude) && (-180.0..=180.0).contains(&self.longitude)
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

/// A file as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Household {
    /// Its id.
    pub id: HouseholdId,
    /// The org that keeps it.
    pub org_id: OrgId,
    /// The team that visits.
    pub team_id: Option<TeamId>,
    /// What is known.
    pub described: Described,
    /// Where they live.
    pub home: Option<Home>,
    /// Where the file stands.
    pub status: Status,
    /// When it was approved.
    pub approved_at: Option<Moment>,
    /// Counts up with every change.
    pub version: i64,
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
