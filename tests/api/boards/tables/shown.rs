//! The tables as their pages ask for them and as files, and what some columns of a file must say.

use nuanfang::kit::clock::Moment;
use serde_json::{Value, json};

use crate::kit::street::Street;

/// What some columns of a row must say.
pub type Cells = Vec<(usize, String)>;
/// The rows a page of an answer stands for.
pub type Rows = fn(&Value) -> Vec<Cells>;

/// A table as its page asks for it, and as a file.
pub struct Shown {
    /// Its name.
    pub table: &'static str,
    /// What its page asks.
    pub path: String,
    /// What is asked of the file beside table, kind and campaign.
    pub rest: Value,
    /// What the answer to the page says must stand in the file.
    pub rows: Rows,
}

/// A text as it is, anything else as it is written.
pub fn text(of: &Value) -> String {
    of.as_str().map_or_else(|| if of.is_null() { String::new() } else { of.to_string() }, str::to_owned)
}

/// So many of the smallest part with a point before the last places.
fn places(of: &Value, places: usize) -> String {
    let amount = of.as_i64().expect("an amount");
    let digits = format!("{:0>width$}", amount.unsigned_abs(), width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    format!("{}{whole}.{rest}", if amount < 0 { "-" } else { "" })
}

fn amount(of: &Value, amount: &Value) -> String {
    places(amount, if of["kind"] == "cash" { 2 } else { 3 })
}

fn minute(at: &Value) -> String {
    at.as_str().map_or_else(String::new, |at| Moment::parse(at).expect("a moment").china_minute())
}

fn list(of: &Value) -> &[Value] {
    of.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn items(page: &Value, row: fn(&Value) -> Cells) -> Vec<Cells> {
    list(&page["items"]).iter().map(row).collect()
}

fn households(page: &Value) -> Vec<Cells> {
    items(page, |row| {
        vec![(0, text(&row["head_name"])), (1, text(&row["head_id_masked"])), (8, text(&row["tries"])), (12, places(&row["entitlement_cash_fen"], 2))]
    })
}

fn visits(page: &Value) -> Vec<Cells> {
    items(page, |row| vec![(3, text(&row["head_name"])), (6, text(&row["cadre"]["name"])), (12, text(&row["id"]))])
}

fn findings(page: &Value) -> Vec<Cells> {
    items(page, |row| vec![(0, text(&row["code"])), (2, text(&row["says"])), (3, text(&row["household"]["head_name"]))])
}

fn needs(page: &Value) -> Vec<Cells> {
    items(page, |row| {
        let last = list(&row["history"]).last().map_or(Value::Null, |step| step["words"].clone());
        vec![(3, text(&row["words"])), (4, text(&row["head_name"])), (6, text(&row["by_name"])), (10, text(&last)), (11, text(&row["id"]))]
    })
}

fn balances(told: &Value) -> Vec<Cells> {
    let lines = list(&told["accounts"]).iter().flat_map(|account| list(&account["lines"]).iter().map(move |line| (account, line)));
    lines.map(|(account, line)| vec![(1, text(&account["name"])), (3, amount(line, &line["amount"])), (5, places(&line["value_fen"], 2))]).collect()
}

fn of_teams(told: &Value) -> Vec<Cells> {
    let own = list(&told["accounts"]).iter().filter(|account| account["account_kind"] == "team" || account["account_kind"] == "unexplained");
    balances(&json!({"accounts": own.collect::<Vec<_>>()}))
}

fn sums(told: &Value) -> Vec<Cells> {
    let parts = ["received", "unexplained", "in_store", "with_teams", "handed_over", "lost", "returned_to_source"];
    let row = |sum: &Value| {
        let mut cells = vec![(0, text(&sum["name"])), (9, places(&sum["value_fen"], 2)), (10, if sum["agrees"] == true { "相符" } else { "不符" }.to_owned())];
        cells.extend(parts.iter().enumerate().map(|(at, part)| (2 + at, amount(sum, &sum[*part]))));
        cells
    };
    list(&told["sums"]).iter().map(row).collect()
}

fn flow(told: &Value) -> Vec<Cells> {
    list(&told["links"])
        .iter()
        .map(|link| {
            let kind = if link["fund_id"].is_null() { "goods" } else { "cash" };
            vec![(4, amount(&json!({"kind": kind}), &link["amount"])), (6, places(&link["value_fen"], 2))]
        })
        .collect()
}

fn slips(page: &Value) -> Vec<Cells> {
    let lines = list(&page["items"]).iter().flat_map(|slip| list(&slip["lines"]).iter().map(move |line| (slip, line)));
    let counted = |line: &Value| if line["counted"].is_null() { String::new() } else { amount(line, &line["counted"]) };
    let row = |(slip, line): (&Value, &Value)| {
        let signed = &slip["acknowledged"];
        let says = vec![(4, text(&slip["team_name"])), (6, amount(line, &line["amount"])), (7, counted(line)), (14, text(&slip["id"]))];
        [says, vec![(11, text(&signed["by_name"])), (12, minute(&signed["at"])), (13, text(&signed["words"]))]].concat()
    };
    lines.map(row).collect()
}

fn part(of: &Value, from: usize) -> Cells {
    let by = ["unreached", "attempted", "pending", "matched", "disputed", "settled"];
    let mut cells = vec![(from, text(&of["households"])), (from + 1, text(&of["reached"]))];
    cells.extend(by.iter().enumerate().map(|(at, standing)| (from + 2 + at, text(&of["by_standing"][*standing]))));
    cells
}

fn by_team(told: &Value) -> Vec<Cells> {
    let row =
        |of: &Value| [vec![(0, text(&of["team_name"])), (1, text(&of["org_name"])), (10, text(&of["forecast"]["expected_reached"]))], part(of, 2)].concat();
    list(&told["by_team"]).iter().map(row).collect()
}

fn by_category(told: &Value) -> Vec<Cells> {
    list(&told["by_category"]).iter().map(|of| part(of, 1)).collect()
}

fn by_day(told: &Value) -> Vec<Cells> {
    list(&told["by_day"]).iter().map(|of| vec![(0, text(&of["day"])), (1, text(&of["reached"])), (2, text(&of["attempted"]))]).collect()
}

/// What is to be expected by day.
pub fn ahead(told: &Value) -> Vec<Cells> {
    let row = |of: &Value| vec![(0, text(&of["day"])), (1, text(&of["expected"])), (2, text(&of["low"])), (3, text(&of["high"]))];
    list(&told["forecast"]["days_ahead"]).iter().map(row).collect()
}

fn of_rice(told: &Value) -> Vec<Cells> {
    let goods = list(&told["links"]).iter().filter(|link| link["fund_id"].is_null());
    flow(&json!({"links": goods.collect::<Vec<_>>()}))
}

fn entitlements(page: &Value) -> Vec<Cells> {
    items(page, |row| vec![(4, places(&row["cash_fen"], 2)), (7, minute(&row["frozen_at"])), (8, text(&row["household_id"]))])
}

fn standards(told: &Value) -> Vec<Cells> {
    list(told).iter().map(|of| vec![(1, places(&of["cash_fen"], 2))]).collect()
}

fn funds(page: &Value) -> Vec<Cells> {
    items(page, |row| vec![(0, text(&row["name"])), (3, text(&row["id"]))])
}

fn goods(page: &Value) -> Vec<Cells> {
    items(page, |row| vec![(0, text(&row["name"])), (1, text(&row["unit"])), (2, places(&row["unit_value_fen"], 2)), (3, text(&row["id"]))])
}

fn samples(page: &Value) -> Vec<Cells> {
    items(page, |row| vec![(1, text(&row["k"])), (3, text(&row["households"])), (6, text(&row["seats"])), (9, text(&row["id"]))])
}

fn checks(page: &Value) -> Vec<Cells> {
    items(page, |row| {
        let home = &row["household"];
        vec![(0, text(&home["head_name"])), (1, text(&home["address"])), (2, text(&home["phone"])), (5, text(&row["place"])), (9, text(&row["id"]))]
    })
}

fn strata(told: &Value) -> Vec<Cells> {
    let tally = |of: &Value| {
        let parts = ["households", "drawn", "checked", "unreachable", "discrepancies", "minor"];
        let mut cells: Cells = parts.iter().enumerate().map(|(at, part)| (2 + at, text(&of[*part]))).collect();
        cells.push((8, if of["share"].is_null() { String::new() } else { places(&of["share"]["rate_ppm"], 6) }));
        cells
    };
    list(&told["strata"]).iter().chain([&told["overall"]]).map(tally).collect()
}

fn people(page: &Value) -> Vec<Cells> {
    items(page, |row| vec![(0, text(&row["name"])), (1, text(&row["username"])), (2, text(&row["org_name"])), (5, text(&row["id"]))])
}

fn teams(page: &Value) -> Vec<Cells> {
    items(page, |row| {
        let leads = list(&row["members"]).iter().filter(|one| one["is_lead"] == true).map(|one| text(&one["name"]));
        vec![(0, text(&row["code"])), (1, text(&row["name"])), (3, leads.collect::<Vec<_>>().join(", ")), (5, text(&row["id"]))]
    })
}

fn campaigns(page: &Value) -> Vec<Cells> {
    items(page, |row| vec![(0, text(&row["name"])), (3, minute(&row["opens_at"])), (5, minute(&row["opened_at"])), (7, text(&row["id"]))])
}

/// Every table, with some of its filters.
pub fn tables(street: &Street, sample: &str, then: Moment) -> Vec<Shown> {
    let campaign = street.season.campaign.as_str();
    let (team, other) = (street.city.team("E1"), street.city.team("E2"));
    let (home, short, cadre, org) = (street.households[0], street.households[1], street.city.cadre().id().to_owned(), street.city.org("east1"));
    let of = |path: &str, more: &str| format!("{path}?campaign={campaign}{more}");
    let at = text(&json!(then)).replace('+', "%2B");
    let progress = of("/progress", "");
    let checked = format!("/samples/{sample}/checks?x");
    let promised = format!("/campaigns/{campaign}/entitlements?x");
    let shown = [
        ("households", of("/households", ""), json!({}), households as Rows),
        (
            "households",
            of("/households", "&order=name&descending=true&standing=unreached"),
            json!({"order": "name", "descending": true, "standing": "unreached"}),
            households,
        ),
        ("visits", of("/visits", ""), json!({}), visits),
        ("visits", of("/visits", &format!("&outcome=absent&cadre={cadre}")), json!({"outcome": "absent", "cadre": cadre}), visits),
        ("findings", of("/findings", ""), json!({}), findings),
        ("findings", of("/findings", &format!("&severity=review&team={team}")), json!({"severity": "review", "team": team}), findings),
        ("findings", of("/findings", "&about=slip"), json!({"about": "slip"}), findings),
        ("findings", of("/findings", &format!("&household={short}")), json!({"household": short}), findings),
        ("visits", of("/visits", &format!("&household={home}")), json!({"household": home}), visits),
        ("needs", of("/needs", ""), json!({}), needs),
        ("needs", of("/needs", "&state=resolved"), json!({"need_state": "resolved"}), needs),
        ("needs", of("/needs", &format!("&team={team}&household={home}")), json!({"team": team, "household": home}), needs),
        ("balances", of("/ledger/balances", ""), json!({}), balances),
        ("balances", of("/ledger/balances", ""), json!({"account_kind": "team"}), of_teams),
        ("balances", of("/ledger/balances", &format!("&at={at}")), json!({"at": then}), balances),
        ("sums", of("/ledger/balances", ""), json!({}), sums),
        ("sums", of("/ledger/balances", &format!("&at={at}")), json!({"at": then}), sums),
        ("flow", of("/ledger/flow", ""), json!({}), flow),
        ("flow", of("/ledger/flow", &format!("&at={at}")), json!({"at": then}), flow),
        ("flow", of("/ledger/flow", "&x=1"), json!({"commodity_kind": "goods"}), of_rice),
        ("flow", of("/ledger/flow", "&x=2"), json!({"commodity": street.season.rice}), of_rice),
        ("slips", of("/ledger/slips", ""), json!({}), slips),
        ("slips", of("/ledger/slips", "&state=differs"), json!({"slip_state": "differs"}), slips),
        ("slips", of("/ledger/slips", &format!("&team={other}")), json!({"team": other}), slips),
        ("progress_teams", progress.clone(), json!({}), by_team),
        ("progress_categories", progress.clone(), json!({}), by_category),
        ("progress_days", progress, json!({}), by_day),
        ("entitlements", promised.clone(), json!({}), entitlements),
        ("entitlements", format!("{promised}&household={home}"), json!({"household": home}), entitlements),
        ("standards", format!("/campaigns/{campaign}/standards?x"), json!({}), standards),
        ("funds", of("/funds", ""), json!({}), funds),
        ("goods", "/goods?x".to_owned(), json!({"campaign": null}), goods),
        ("samples", of("/samples", ""), json!({}), samples),
        ("checks", checked.clone(), json!({"sample": sample}), checks),
        ("checks", format!("{checked}&state=judged"), json!({"sample": sample, "check_state": "judged"}), checks),
        ("strata", format!("/samples/{sample}/result?x"), json!({"sample": sample, "campaign": null}), strata),
        ("people", "/users?x".to_owned(), json!({"campaign": null}), people),
        ("people", format!("/users?org={org}&role=cadre"), json!({"org": org, "role": "cadre"}), people),
        ("people", format!("/users?team={team}"), json!({"team": team}), people),
        ("teams", "/teams?x".to_owned(), json!({"campaign": null}), teams),
        ("campaigns", "/campaigns?x".to_owned(), json!({"campaign": null}), campaigns),
    ];
    shown.into_iter().map(|(table, path, rest, rows)| Shown { table, path, rest, rows }).collect()
}
