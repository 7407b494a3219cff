//! The demo city, raised on an empty store and looked at through the doors.

use std::collections::BTreeSet;

use nuanfang::demo::{self, PASSWORD, Wish, paint::Size};
use serde_json::{Value, json};

use crate::kit::people::Person;
use crate::kit::{On, TestApp};

/// What is planted, as reconciliation calls it.
const PLANTED: [&str; 24] = [
    "F01", "F04", "F05", "I01", "P01", "P02", "P03", "P04", "T02", "T03", "T04", "T05", "E01", "E02", "E03", "E05", "E06", "A01", "A02", "A03", "A04", "A05",
    "A06", "A07",
];

async fn signed_in(app: &TestApp, username: &str) -> Person {
    let mut person = app.visitor();
    let session = person.post("/session", &json!({"username": username, "password": PASSWORD})).await.ok();
    person.token = session["access_token"].as_str().map(str::to_owned);
    person.me = session["user"].clone();
    person
}

async fn all(person: &Person, path: &str) -> Vec<Value> {
    let (mut items, mut after) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("{path}&limit=500{after}")).await.ok();
        items.extend(page["items"].as_array().expect("items").clone());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return items,
        }
    }
}

/// The one test of the whole city: raising it takes seconds, so that everything is asked of the same one.
#[actix_web::test]
async fn the_demo_city_stands_and_agrees_with_itself() {
    let app = TestApp::start(On::Sqlite).await;
    let (now, today) = (app.now(), app.now().china_day_start());
    let raised = demo::raise(&app.parts, &app.time, Wish { seed: 2027, today, size: Size::THUMB }).await.expect("a city");
    assert_eq!(raised.households, 204);
    assert!(app.now() < today, "the last deed is done before today begins");
    app.time.store(now.ms(), std::sync::atomic::Ordering::Relaxed);

    let supervisor = signed_in(&app, "supervisor").await;
    let campaign = supervisor.get("/campaigns").await.ok()["items"][0].clone();
    let id = campaign["id"].as_str().expect("a campaign").to_owned();
    assert_eq!(campaign["status"], "open");

    standings_add_up(&app).await;
    planted_codes_are_found(&supervisor, &id).await;
    the_ledger_agrees(&signed_in(&app, "centre").await, &id).await;
    a_cadre_can_pull(&app, &id).await;
    the_first_checks_are_made(&supervisor, &id).await;
}

/// Both frames are drawn from, and some of those drawn have been asked.
async fn the_first_checks_are_made(supervisor: &Person, campaign: &str) {
    let samples = all(supervisor, &format!("/samples?campaign={campaign}")).await;
    let kinds: BTreeSet<&str> = samples.iter().filter_map(|sample| sample["kind"].as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["assisted", "not_reached"]));
    let assisted = samples.iter().find(|sample| sample["kind"] == "assisted").expect("a sample");
    let one = supervisor.get(&format!("/samples/{}", assisted["id"].as_str().expect("an id"))).await.ok();
    assert_eq!((&one["checks"]["judged"], &one["checks"]["answered"]), (&json!(7), &json!(1)));
    assert!(one["checks"]["waiting"].as_i64().is_some_and(|waiting| waiting > 0), "there is something left to do");
    let result = supervisor.get(&format!("/samples/{}/result", assisted["id"].as_str().expect("an id"))).await.ok();
    assert_eq!((&result["overall"]["checked"], &result["overall"]["discrepancies"], &result["overall"]["unreachable"]), (&json!(6), &json!(1), &json!(1)));
}

/// Every team's cadre is told how the own team stands; together that is the city.
async fn standings_add_up(app: &TestApp) {
    let mut sums = std::collections::BTreeMap::<String, i64>::new();
    for team in 0..8 {
        let pulled = signed_in(app, &format!("cadre{}", team * 3 + 1)).await.get("/field/pull").await.ok();
        for (name, count) in pulled["campaigns"][0]["totals"].as_object().expect("totals") {
            *sums.entry(name.clone()).or_default() += count.as_i64().expect("a number");
        }
    }
    let all = ["unreached", "attempted", "pending", "matched", "disputed", "settled"];
    assert_eq!(sums["households"], 204);
    assert_eq!(all.iter().map(|standing| sums[*standing]).sum::<i64>(), 204, "{sums:?}");
    assert_eq!(sums["reached"], 122);
    assert!(sums["matched"] * 10 > sums["reached"] * 6, "most visits agree: {sums:?}");
    assert!(all.iter().all(|standing| sums[*standing] > 0), "{sums:?}");
}

async fn planted_codes_are_found(supervisor: &Person, campaign: &str) {
    let findings = all(supervisor, &format!("/findings?campaign={campaign}")).await;
    let codes: BTreeSet<&str> = findings.iter().filter_map(|finding| finding["code"].as_str()).collect();
    let missing: Vec<&str> = PLANTED.into_iter().filter(|code| !codes.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?} are not among {codes:?}");
    let far = |severity: &str| findings.iter().any(|finding| finding["code"] == "P03" && finding["severity"] == severity);
    assert!(far("review") && far("block"));
    let late = findings.iter().filter(|finding| finding["code"] == "T05").count();
    assert_eq!(late, 1, "weeks passed in seconds, but only one phone was late");
}

async fn the_ledger_agrees(centre: &Person, campaign: &str) {
    let balances = centre.get(&format!("/ledger/balances?campaign={campaign}")).await.ok();
    let sums = balances["sums"].as_array().expect("sums");
    assert_eq!(sums.len(), 11, "five funds and six kinds of goods");
    for sum in sums {
        assert_eq!(sum["agrees"], true, "{sum}");
        assert!(sum["handed_over"].as_i64().expect("a number") > 0, "{sum}");
    }
    let short: i64 = sums.iter().filter_map(|sum| sum["unexplained"].as_i64()).map(i64::abs).sum();
    assert_eq!(short, 1_000, "one can of oil");
}

async fn a_cadre_can_pull(app: &TestApp, campaign: &str) {
    let cadre = signed_in(app, "cadre7").await;
    let pulled = cadre.get("/field/pull").await.ok();
    assert_eq!(pulled["campaigns"][0]["id"], campaign);
    let households = pulled["households"].as_array().expect("households");
    assert_eq!(households.len(), 26);
    assert!(households.iter().all(|household| household["head_id_masked"].as_str().is_some_and(|number| number.contains('*'))));
    assert!(households.iter().any(|household| household["home"]["datum"] == "gcj02"));
    assert!(!pulled["visits"].as_array().expect("visits").is_empty());
    assert!(pulled["custody"].as_array().expect("custody").iter().any(|line| line["kind"] == "cash"));
}
