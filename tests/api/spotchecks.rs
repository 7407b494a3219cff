//! The spot check: promised, drawn, proven, published.

mod blind;
mod commitment;
mod draws;
mod phones;
mod proof;
mod results;
mod verdicts;

use nuanfang::kit::clock::HOUR_MS;
use serde_json::{Value, json};

use crate::kit::TestApp;
use crate::kit::people::{Person, Reply};
use crate::kit::street::Street;

/// A street in which the first so many households were helped and the next so many found absent.
async fn walked(app: &TestApp, homes: usize, helped: usize, absent: usize) -> Street {
    let street = app.street(homes).await;
    let at = app.now().plus_ms(-HOUR_MS);
    let mut told: Vec<_> = (0..helped).map(|n| street.honest(n, at, &format!("p{n}"))).collect();
    for n in helped..helped + absent {
        told.push(street.honest(n, at, &format!("p{n}")).saying("outcome", json!("absent")).saying("aid", json!([])).saying("recipient", Value::Null));
    }
    if !told.is_empty() {
        app.record(street.city.cadre(), &told).await;
    }
    app.catch_up().await;
    street
}

async fn draw(who: &Person, street: &Street, id: &str, kind: &str) -> Reply {
    who.post("/samples", &json!({"id": id, "campaign_id": street.season.campaign, "kind": kind})).await
}

/// What everybody may know.
async fn public(app: &TestApp, street: &Street) -> Value {
    app.visitor().get(&format!("/public/campaigns/{}/draws", street.season.campaign)).await.ok()
}

/// The checks of a sample, as somebody is shown them.
async fn checks(who: &Person, sample: &Value) -> Vec<Value> {
    let page = who.get(&format!("/samples/{}/checks?limit=500", sample["id"].as_str().expect("an id"))).await.ok();
    page["items"].as_array().expect("items").clone()
}

fn path(check: &Value) -> String {
    format!("/checks/{}", check["id"].as_str().expect("an id"))
}

/// What an honestly helped household says.
fn honest(street: &Street) -> Value {
    json!({
        "how": "phone", "came": true, "who": "干部甲", "came_on": "2027-01-26", "cash_fen": 50_000,
        "goods": [{"item_id": street.season.rice, "quantity_milli": 2_000}], "signed_by": "", "satisfied": "yes"
    })
}

/// Asks a household and gives a verdict.
async fn checked(who: &Person, check: &Value, said: &Value, verdict: &str) -> Value {
    who.post(&format!("{}/answers", path(check)), said).await.ok();
    let given = json!({"version": 1, "verdict": verdict, "measures": "已约谈"});
    who.post(&format!("{}/verdict", path(check)), &given).await.ok()
}
