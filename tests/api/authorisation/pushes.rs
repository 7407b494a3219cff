//! What a phone sends is decided item by item: an item that names what its sender may not use is refused as if it were not there.

use serde_json::{Value, json};

use super::document::Kind;
use super::places::{TEAMS, said};
use super::world::{RELATIONS, World, askers};
use super::{On, TestApp};
use crate::kit::people::Person;
use crate::kit::phone::{Phone, count};

/// What became of one item of a new phone: its status, or why it was refused.
async fn pushed(app: &TestApp, who: &Person, kind: &str, body: &Value) -> String {
    let mut phone = Phone::new(app.now());
    let item = phone.item(kind, body, app.now());
    let result = phone.push(who, &[item]).await.ok()["results"][0].clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let faults = result["problem"]["errors"].as_array().cloned().unwrap_or_default();
    match (faults.as_slice(), &result["problem"]["code"]) {
        ([], Value::Null) => text(&result["status"]),
        ([], code) => text(code),
        (faults, _) => faults.iter().map(|fault| format!("{} {}", text(&fault["pointer"]), text(&fault["code"]))).collect::<Vec<_>>().join(", "),
    }
}

/// A visit of the own cadre that names one thing that stands so, and else what is theirs.
fn visit(app: &TestApp, world: &World, kind: &str, relation: &'static str) -> Value {
    let id = |of: &str| world.id(&Kind::named(of), if of == kind { relation } else { "own" });
    let mut body = said(app, (&id("CampaignId"), &id("FundId")), (&id("HouseholdId"), &TEAMS[0]), (&"0".repeat(64), 1_000));
    match kind {
        "CampaignId" => body["aid"] = json!([]),
        "ItemId" => body["aid"] = json!([{"kind": "goods", "item_id": id("ItemId"), "quantity_milli": 1_000}]),
        "VisitId" => (body["amends"], body["amend_reason"]) = (json!(id("VisitId")), json!("记错了")),
        _ => {}
    }
    body
}

/// What becomes of a visit that names a thing which stands so: own, sibling, parent, foreign, gone.
///
/// A household is taken all over the city: one may have been given to another team while the phone was without a line, and nobody who
/// was at a door is sent away. The visit says so to whoever reconciles. What a visit amends may come after it, and is its cadre's own or their team's.
const VISITS: [(&str, [&str; 5]); 5] = [
    ("HouseholdId", ["stored", "stored", "stored", "stored", "/household_id unknown"]),
    ("CampaignId", ["stored", "/campaign_id unknown", "stored", "/campaign_id unknown", "/campaign_id unknown"]),
    ("FundId", ["stored", "/aid/0/fund_id unknown", "/aid/0/fund_id not_same_campaign", "/aid/0/fund_id unknown", "/aid/0/fund_id unknown"]),
    ("ItemId", ["stored", "stored", "stored", "/aid/0/item_id unknown", "/aid/0/item_id unknown"]),
    ("VisitId", ["stored", "/amends unknown", "/amends unknown", "/amends unknown", "stored"]),
];
/// The same of a slip's count, by who counts.
const COUNTS: [(&str, [&str; 5]); 2] = [
    ("lead", ["stored", "/slip_id unknown", "/slip_id unknown", "/slip_id unknown", "/slip_id unknown"]),
    ("cadre", ["forbidden", "/slip_id unknown", "/slip_id unknown", "/slip_id unknown", "/slip_id unknown"]),
];

#[actix_web::test]
async fn an_item_that_names_what_is_out_of_sight_is_refused_as_if_it_were_not_there() {
    let world = World::make(On::Sqlite).await;
    let http = reqwest::Client::new();
    for (kind, expected) in VISITS {
        let app = world.kept.copy().await;
        let cadre = &askers(&world, &app.address, &http)["cadre"];
        for (relation, expected) in RELATIONS.into_iter().zip(expected) {
            assert_eq!(pushed(&app, cadre, "visit", &visit(&app, &world, kind, relation)).await, expected, "a visit that names a {kind} that is {relation}");
        }
    }
    let app = world.kept.copy().await;
    let people = askers(&world, &app.address, &http);
    let of = |kind| world.id(&Kind::named(kind), "own");
    let lines =
        [json!({"kind": "cash", "fund_id": of("FundId"), "amount_fen": 250_000}), json!({"kind": "goods", "item_id": of("ItemId"), "quantity_milli": 10_000})];
    for (role, expected) in COUNTS {
        for (relation, expected) in RELATIONS.into_iter().zip(expected) {
            let slip = json!(world.id(&Kind::named("EntryId"), relation));
            let said = pushed(&app, &people[role], "acknowledge", &count(&of("CampaignId"), &slip, &lines, "", app.now())).await;
            assert_eq!(said, expected, "{role} counts a slip that is {relation}");
        }
    }
}
