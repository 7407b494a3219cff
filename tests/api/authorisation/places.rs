//! The four places, and what is made in each of them.

use nuanfang::accounts::OrgId;
use nuanfang::kit::clock::{HOUR_MS, MINUTE_MS};
use serde_json::{Value, json};

use crate::kit::TestApp;
use crate::kit::phone::Told;
use crate::kit::street::id_number;

/// Whom the city does not have: `(username, name, role, org)`.
pub const NEWCOMERS: [(&str, &str, &str, &str); 5] = [
    ("top_centre", "市中心", "centre", "federation"),
    ("top_supervisor", "市督查", "supervisor", "federation"),
    ("top_lead", "市直组长", "lead", "federation"),
    ("top_cadre", "市直干部", "cadre", "federation"),
    ("neighbour_centre", "河沿站中心", "centre", "east2"),
];

/// An office that keeps goods, campaigns, funds, rosters and samples.
pub struct Office {
    /// Where it stands, seen from the east.
    pub relation: &'static str,
    /// Who works there.
    pub centre: &'static str,
    /// Who draws there.
    pub supervisor: &'static str,
    /// How the heads of its roster are called.
    pub heads: &'static str,
    /// Which teams it issues to: what the slip is called, and whose team it is.
    pub issues: &'static [(&'static str, &'static str)],
}

/// The district east, the station beside the asker's, the federation above, the district west.
pub const OFFICES: [Office; 4] = [
    Office { relation: "own", centre: "centre", supervisor: "supervisor", heads: "东", issues: &[("own", "own"), ("sibling", "sibling")] },
    Office { relation: "sibling", centre: "neighbour_centre", supervisor: "supervisor", heads: "河沿", issues: &[("beside", "E3")] },
    Office { relation: "parent", centre: "top_centre", supervisor: "top_supervisor", heads: "市直", issues: &[("parent", "parent"), ("far", "foreign")] },
    Office { relation: "foreign", centre: "foreign_centre", supervisor: "foreign_supervisor", heads: "西", issues: &[("foreign", "foreign")] },
];

/// A team and its day.
pub struct Team {
    /// Whose it is, seen from team E1; `beside` is team E3, which gives the station beside its campaign's visit.
    pub relation: &'static str,
    /// Who walks.
    pub cadre: &'static str,
    /// Which org keeps the file of its household.
    pub files: &'static str,
    /// How its head is called.
    pub heads: &'static str,
    /// Whose campaigns it visits for; the first visit is the thing that is asked about.
    pub campaigns: &'static [&'static str],
    /// What it shows.
    pub photo: &'static str,
}

/// Everybody who walks. Those of the east and of the west visit for the federation too.
pub const TEAMS: [Team; 5] = [
    Team { relation: "own", cadre: "cadre", files: "east1", heads: "东", campaigns: &["own", "parent"], photo: "DSCN0010" },
    Team { relation: "sibling", cadre: "other_cadre", files: "east1", heads: "邻", campaigns: &["own"], photo: "DSCN0012" },
    Team { relation: "parent", cadre: "top_cadre", files: "federation", heads: "市直", campaigns: &["parent"], photo: "DSCN0021" },
    Team { relation: "foreign", cadre: "foreign_cadre", files: "west1", heads: "西", campaigns: &["foreign", "parent"], photo: "DSCN0025" },
    Team { relation: "beside", cadre: "neighbour_cadre", files: "east2", heads: "河沿", campaigns: &["sibling"], photo: "DSCN0027" },
];

/// An account as it is asked for.
pub fn account(org: OrgId, username: &str, name: &str, role: &str, password: &str) -> Value {
    json!({"org_id": org, "username": username, "name": name, "roles": [role], "password": password})
}

/// Where a household lives: far enough from the next for nobody to wonder.
pub fn home_of(n: usize) -> (f64, f64) {
    (30.66 + 0.01 * f64::from(u32::try_from(n).expect("few")), 104.08)
}

/// A roster of one household.
pub fn roster(n: usize, heads: &str) -> String {
    format!("姓名,身份证号码,困难类别,致困原因,家庭住址\n{heads}户主,{},低保户,患病,{heads}街{n}号", id_number(500 + n))
}

/// What an office sets up: goods, a campaign to be opened, a draft, a fund.
pub fn wares(app: &TestApp, office: &Office) -> [(&'static str, &'static str, Value); 4] {
    let (item, campaign, draft, fund, name) = (app.id(), app.id(), app.id(), app.id(), office.heads);
    let season = |id: &str, theme: &str| {
        let (opens_at, deadline_at) = ("2027-01-20T08:00:00+08:00", "2027-02-05T18:00:00+08:00");
        json!({"id": id, "name": format!("{name}区送温暖"), "theme": theme, "opens_at": opens_at, "deadline_at": deadline_at})
    };
    [
        ("/goods", "ItemId", json!({"id": item, "name": format!("{name}大米"), "unit": "袋", "unit_value_fen": 6_000})),
        ("/campaigns", "CampaignId", season(&campaign, "暖冬")),
        ("/campaigns", "Draft", season(&draft, "金秋")),
        ("/funds", "FundId", json!({"id": fund, "campaign_id": campaign, "name": format!("{name}区财政"), "source": "government", "earmark": "any"})),
    ]
}

/// An honest visit at which a hearing aid is asked for and less is handed over than was promised.
pub fn said(app: &TestApp, (campaign, fund): (&str, &str), (household, team): (&str, &Team), (picture, bytes): (&str, usize)) -> Value {
    let at = app.now().plus_ms(-HOUR_MS);
    let n = TEAMS.iter().position(|other| other.relation == team.relation).expect("one of them");
    let home = json!({"latitude": home_of(n).0, "longitude": home_of(n).1, "datum": "wgs84"});
    let file = json!({"id": household, "head_name": format!("{}户主", team.heads), "home": home});
    let told = Told::honest(campaign, &file, &json!({"cash_fen": 40_000}), fund, at.plus_ms(MINUTE_MS));
    let asked = json!([{"kind": "medical", "words": format!("{}户主要助听器", team.heads), "urgency": "now"}]);
    told.with_evidence(picture, "photo", bytes, at.plus_ms(2 * MINUTE_MS)).saying("needs", asked).0
}
