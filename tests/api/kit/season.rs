//! A campaign of the eastern district with a fund, rice and oil, as the centre sets it up.

use nuanfang::accounts::{self, Actor, SessionId};
use nuanfang::kit::http::language::Language;
use serde_json::{Value, json};

use super::TestApp;
use super::city::City;
use super::people::Person;

/// The ids of a season.
#[derive(Debug, Clone)]
pub struct Season {
    /// The campaign, a draft.
    pub campaign: String,
    /// Not earmarked.
    pub fund: String,
    /// Counted in bags.
    pub rice: String,
    /// Counted in litres.
    pub oil: String,
}

impl TestApp {
    /// Sets a season up: a draft without standards.
    pub async fn season(&self, city: &City) -> Season {
        let goods = Season { campaign: String::new(), fund: String::new(), rice: self.id(), oil: self.id() };
        city.centre().post("/goods", &json!({"id": goods.rice, "name": "大米", "unit": "袋", "unit_value_fen": 6_000})).await.ok();
        city.centre().post("/goods", &json!({"id": goods.oil, "name": "食用油", "unit": "升", "unit_value_fen": 1_500})).await.ok();
        self.another_season(city, &goods).await
    }

    /// Another season with the goods of one that is there.
    pub async fn another_season(&self, city: &City, like: &Season) -> Season {
        let season = Season { campaign: self.id(), fund: self.id(), ..like.clone() };
        city.centre().post("/campaigns", &season.campaign()).await.ok();
        let fund = json!({"id": season.fund, "campaign_id": season.campaign, "name": "市级财政", "source": "government", "earmark": "any"});
        city.centre().post("/funds", &fund).await.ok();
        season
    }

    /// The person as the rooms see them.
    pub async fn actor(&self, person: &Person) -> Actor {
        let me = person.me.clone();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let org_id = serde_json::from_value(me["org"]["id"].clone()).expect("an org");
        let org = self.parts.db.read(move |conn| Ok(accounts::org(conn, org_id)?)).await.expect("read").expect("an org");
        Actor {
            id: serde_json::from_value(me["id"].clone()).expect("an id"),
            session: SessionId::nil(),
            name: text(&me["name"]),
            username: text(&me["username"]),
            roles: serde_json::from_value(me["roles"].clone()).expect("roles"),
            org,
            teams: serde_json::from_value(me["teams"].clone()).expect("teams"),
            language: Language::Chinese,
        }
    }
}

impl Season {
    /// The campaign as it is asked for.
    pub fn campaign(&self) -> Value {
        let (opens_at, deadline_at) = ("2027-01-20T08:00:00+08:00", "2027-02-05T18:00:00+08:00");
        json!({"id": self.campaign, "name": "两节送温暖", "theme": "暖冬", "opens_at": opens_at, "deadline_at": deadline_at})
    }

    /// A line of money.
    pub fn cash(&self, amount_fen: i64) -> Value {
        json!({"kind": "cash", "fund_id": self.fund, "amount_fen": amount_fen})
    }

    /// A line of rice.
    pub fn rice(&self, quantity_milli: i64) -> Value {
        json!({"kind": "goods", "item_id": self.rice, "quantity_milli": quantity_milli})
    }

    /// An entry of this campaign, a moment later than the one before; `rest` adds to it or overrides it.
    pub fn entry(&self, app: &TestApp, kind: &str, lines: &[Value], rest: &Value) -> Value {
        app.pass_ms(1);
        let mut entry = json!({"id": app.id(), "kind": kind, "campaign_id": self.campaign, "happened_at": app.now(), "words": "按计划", "lines": lines});
        if kind == "receipt" {
            entry["fund_id"] = json!(self.fund);
        }
        for (name, value) in rest.as_object().expect("an object") {
            entry[name] = value.clone();
        }
        entry
    }

    /// A standard of cash for living, and goods.
    pub fn standard(category: &str, cash_fen: i64, goods: &[Value]) -> Value {
        json!({"category": category, "cash_fen": cash_fen, "purpose": "living", "goods": goods})
    }
}
