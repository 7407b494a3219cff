//! `list`: the queue of findings.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::accounts::{Actor, PersonId, TeamId};
use crate::campaigns::{self, CampaignId};
use crate::findings::model::{AboutSeen, FindingId, FindingSeen, How, Status};
use crate::findings::queries::{self, Filter, Names, Row, SeenRow};
use crate::findings::store;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::db::Conn;
use crate::kit::http::language::Language;
use crate::kit::http::page::{Page, PageQuery};
use crate::kit::http::problem::{Code, Problem};
use crate::visits::VisitId;

/// A finding with what surrounds it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FindingView {
    /// The finding.
    #[serde(flatten)]
    pub finding: FindingSeen,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// When it was first found.
    pub found_at: Moment,
    /// What it is about.
    pub about: AboutSeen,
    /// The visit it is about; none for what a team holds, and for slips.
    pub visit: Option<VisitNamed>,
    /// The household.
    pub household: Option<HouseholdNamed>,
    /// The team that answers for it.
    pub team: Option<TeamNamed>,
    /// Who settled it last, and how; none where it waits.
    pub settled: Option<SettledBy>,
    /// Every time it was settled, the first first. One that waits again although it was settled has new facts.
    pub history: Vec<SettledBy>,
}

/// A visit in a few words.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct VisitNamed {
    /// Its id.
    pub id: VisitId,
    /// When it began.
    pub started_at: Moment,
    /// Who made it.
    pub cadre_id: PersonId,
    /// Their name.
    pub cadre_name: String,
}

/// A household in a few words.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct HouseholdNamed {
    /// Its id.
    pub id: HouseholdId,
    /// The head's name.
    pub head_name: String,
}

/// A team in a few words.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TeamNamed {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
}

/// Who settled a finding.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SettledBy {
    /// What was said to have become of it.
    pub how: How,
    /// The person.
    pub by: PersonId,
    /// Their name.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// In which words.
    pub words: String,
}

/// The findings an actor may see, oldest first.
///
/// # Errors
/// [`Code::NotFound`] for who keeps accounts, or a cursor that is not ours.
pub fn list(conn: &mut Conn, actor: &Actor, filter: &Filter, page: &PageQuery, language: Language) -> Result<Page<FindingView>, Problem> {
    campaigns::must_read(actor)?;
    let limit = page.limit()?;
    let after = page.after()?.map(|id| FindingId::parse(&id).ok_or(Problem::of(Code::BadRequest))).transpose()?;
    let rows = Page::of(queries::page(conn, actor, filter, after, limit + 1)?, limit, |row| row.id.to_string());
    let items = views(conn, rows.items, language)?;
    Ok(Page { items, next: rows.next })
}

/// Puts rows into words.
pub(super) fn views(conn: &mut Conn, rows: Vec<Row>, language: Language) -> Result<Vec<FindingView>, Problem> {
    let facts: Vec<Value> = rows.iter().flat_map(|row| [&row.expected, &row.actual]).map(|text| serde_json::from_str(text).unwrap_or_default()).collect();
    let names = Names::of(conn, facts.iter())?;
    let ids: Vec<FindingId> = rows.iter().map(|row| row.id).collect();
    let mut histories: HashMap<FindingId, Vec<SettledBy>> = HashMap::new();
    for (id, how, by, by_name, at, words) in store::history(conn, &ids)? {
        histories.entry(id).or_default().push(SettledBy { how, by, by_name, at, words });
    }
    Ok(rows.into_iter().map(|row| view(row, language, &names, &mut histories)).collect())
}

fn view(row: Row, language: Language, names: &Names, histories: &mut HashMap<FindingId, Vec<SettledBy>>) -> FindingView {
    let history = histories.remove(&row.id).unwrap_or_default();
    let finding = SeenRow {
        id: row.id,
        code: row.code,
        severity: row.severity,
        subject: row.subject,
        expected: row.expected,
        actual: row.actual,
        evidence: row.evidence,
        status: row.status,
    };
    FindingView {
        finding: finding.in_words(language, names),
        campaign_id: row.campaign_id,
        found_at: row.found_at,
        about: AboutSeen { kind: row.about.0, id: row.about.1 },
        visit: row.visit.map(|(id, started_at, cadre_id, cadre_name)| VisitNamed { id, started_at, cadre_id, cadre_name }),
        household: row.household.0.zip(row.household.1).map(|(id, head_name)| HouseholdNamed { id, head_name }),
        team: row.team.0.zip(row.team.1).map(|(id, name)| TeamNamed { id, name }),
        settled: history.last().filter(|_| row.status.is_settled()).cloned(),
        history,
    }
}

/// Whether a finding still waits for somebody.
pub(super) const fn is_open(status: Status) -> bool {
    matches!(status, Status::Open)
}
