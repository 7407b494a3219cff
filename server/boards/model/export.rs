//! A table of the desk as a file.

use serde::Deserialize;
use utoipa::ToSchema;

use super::households::{HouseholdFilter, HouseholdOrder};
use super::visits::VisitFilter;
use crate::accounts::{OrgId, PeopleWanted, PersonId, Role, TeamId};
use crate::campaigns::CampaignId;
use crate::findings;
use crate::households::{Category, HouseholdId, Status};
use crate::kit::clock::Moment;
use crate::kit::http::problem::Problem;
use crate::ledger::{self, AccountKind, CommodityKind, EntryKind, FilterAsked, SlipFilter, SlipState};
use crate::needs::{NeedFilter, NeedState};
use crate::spotchecks::{CheckState, SampleId};
use crate::visits::Outcome;

crate::words! {
    /// Which table.
    ExportTable {
        /// Households with where they stand.
        Households = "households",
        /// Visits.
        Visits = "visits",
        /// What does not agree.
        Findings = "findings",
        /// What was asked for at the doors.
        Needs = "needs",
        /// What was booked.
        Entries = "entries",
        /// Who holds what.
        Balances = "balances",
        /// Where all of each fund and each item is.
        Sums = "sums",
        /// What moved from where to where.
        Flow = "flow",
        /// What changes hands with two signatures, line by line.
        Slips = "slips",
        /// How far each team has come.
        ProgressTeams = "progress_teams",
        /// How far each category has come.
        ProgressCategories = "progress_categories",
        /// What was reached on each day.
        ProgressDays = "progress_days",
        /// What is to be expected on each day until the deadline.
        ProgressAhead = "progress_ahead",
        /// What each household is promised.
        Entitlements = "entitlements",
        /// What each category receives.
        Standards = "standards",
        /// The funds of a campaign.
        Funds = "funds",
        /// The catalogue of goods.
        Goods = "goods",
        /// The samples of a campaign.
        Samples = "samples",
        /// The checks of a sample.
        Checks = "checks",
        /// What came out of a sample, by stratum.
        Strata = "strata",
        /// Accounts.
        People = "people",
        /// Teams with their members.
        Teams = "teams",
        /// Campaigns.
        Campaigns = "campaigns",
    }
}

crate::words! {
    /// As which kind of file.
    ExportFormat {
        /// Text with commas between, which Excel reads as UTF-8.
        Csv = "csv",
        /// A workbook.
        Xlsx = "xlsx",
    }
}

/// Which table, of what, as what: with the filters of the table's own page. A filter that the table does not have is not looked at.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportAsked {
    /// The table.
    pub table: ExportTable,
    /// The kind of file.
    pub format: ExportFormat,
    /// The campaign; of goods, checks, strata, people, teams and campaigns there is none.
    pub campaign: Option<CampaignId>,
    /// The sample of checks and strata.
    pub sample: Option<SampleId>,
    /// Of this team.
    pub team: Option<TeamId>,
    /// Of this household: visits, findings, needs and entitlements.
    pub household: Option<HouseholdId>,
    /// People of this org alone.
    pub org: Option<OrgId>,
    /// People who may do this.
    pub role: Option<Role>,
    /// Households that stand at one of these, with commas between.
    pub standing: Option<String>,
    /// Households whose last try, or visits that, came to this.
    pub outcome: Option<Outcome>,
    /// Households that this cadre goes to first, or visits and findings of this cadre.
    pub cadre: Option<PersonId>,
    /// Households on file for this.
    pub category: Option<Category>,
    /// Households whose file stands here.
    pub file_status: Option<Status>,
    /// A part of the head's name or the address of a household, of a person's name or of the name they sign in with.
    pub q: Option<String>,
    /// In which order households stand.
    #[serde(default)]
    pub order: HouseholdOrder,
    /// In that order the other way round.
    #[serde(default)]
    pub descending: bool,
    /// Households without a team.
    #[serde(default)]
    pub without_team: bool,
    /// These households and no others, whatever else is said; at most 100,000.
    pub household_ids: Option<Vec<HouseholdId>>,
    /// Findings that stand here.
    pub status: Option<findings::Status>,
    /// Findings of this weight.
    pub severity: Option<findings::Severity>,
    /// Findings with this code.
    pub code: Option<findings::Code>,
    /// Findings about things of this kind.
    pub about: Option<findings::AboutKind>,
    /// Needs that stand here.
    pub need_state: Option<NeedState>,
    /// Slips in this state.
    pub slip_state: Option<SlipState>,
    /// Checks that stand here.
    pub check_state: Option<CheckState>,
    /// Balances of accounts of this kind, or entries that touch one; a team is meant with its overdraft.
    pub account_kind: Option<AccountKind>,
    /// Entries that touch this account of that kind.
    pub account_id: Option<String>,
    /// Entries that touch an account of this kind as well.
    pub with_kind: Option<AccountKind>,
    /// This one of that kind.
    pub with_id: Option<String>,
    /// What moved, of money or of goods alone.
    pub commodity_kind: Option<CommodityKind>,
    /// What moved, or entries that move it, of this fund's money or this item alone: its id.
    pub commodity: Option<String>,
    /// Entries of this kind.
    pub kind: Option<EntryKind>,
    /// Entries, balances, sums and flow as it had all happened by then.
    pub at: Option<Moment>,
}

impl ExportAsked {
    /// The campaign of a table that is a campaign's.
    ///
    /// # Errors
    /// Where none is named.
    pub fn campaign(&self) -> Result<CampaignId, Problem> {
        self.campaign.ok_or_else(|| Problem::field("/campaign", "missing"))
    }

    /// The sample of a table that is a sample's.
    ///
    /// # Errors
    /// Where none is named.
    pub fn sample(&self) -> Result<SampleId, Problem> {
        self.sample.ok_or_else(|| Problem::field("/sample", "missing"))
    }

    /// As the table of households is asked.
    #[must_use]
    pub fn of_households(&self) -> HouseholdFilter {
        HouseholdFilter {
            campaign: self.campaign,
            standing: self.standing.clone(),
            outcome: self.outcome,
            cadre: self.cadre,
            order: self.order,
            descending: self.descending,
            team: self.team,
            without_team: self.without_team,
            household: None,
            category: self.category,
            status: self.file_status,
            q: self.q.clone(),
        }
    }

    /// As the table of visits is asked.
    #[must_use]
    pub const fn of_visits(&self) -> VisitFilter {
        VisitFilter { campaign: self.campaign, household: self.household, team: self.team, cadre: self.cadre, outcome: self.outcome }
    }

    /// As the list of findings is asked.
    #[must_use]
    pub const fn of_findings(&self) -> findings::Filter {
        findings::Filter {
            campaign: self.campaign,
            status: self.status,
            code: self.code,
            severity: self.severity,
            team: self.team,
            household: self.household,
            about: self.about,
            cadre: self.cadre,
        }
    }

    /// As the list of needs is asked.
    ///
    /// # Errors
    /// Without a campaign.
    pub fn of_needs(&self) -> Result<NeedFilter, Problem> {
        Ok(NeedFilter { campaign: self.campaign()?, state: self.need_state, team: self.team, household: self.household })
    }

    /// As the ledger is asked.
    ///
    /// # Errors
    /// All that is wrong with it at once.
    pub fn of_entries(&self) -> Result<ledger::Filter, Problem> {
        let asked = FilterAsked {
            account_kind: self.account_kind,
            account_id: self.account_id.clone(),
            with_kind: self.with_kind,
            with_id: self.with_id.clone(),
            commodity: self.commodity.clone(),
            kind: self.kind,
            at: self.at,
        };
        asked.read()
    }

    /// As the slips are asked.
    #[must_use]
    pub const fn of_slips(&self) -> SlipFilter {
        SlipFilter { state: self.slip_state, team: self.team }
    }

    /// As the accounts are asked.
    #[must_use]
    pub fn of_people(&self) -> PeopleWanted {
        PeopleWanted { org: self.org, role: self.role, team: self.team, q: self.q.clone() }
    }
}

/// A file that was made.
#[derive(Debug)]
pub struct Exported {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether there were more rows than it holds.
    pub is_cut: bool,
}
