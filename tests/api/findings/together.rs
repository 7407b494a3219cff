//! Many findings of one cause settled together, and the history of every settling.

use serde_json::{Value, json};

use crate::both;
use crate::kit::TestApp;
use crate::kit::people::{Person, Reply};
use crate::kit::street::Street;

/// A street on which three households got nothing of what they were promised, one of them from its team's own lead.
async fn three(app: &TestApp) -> Street {
    let street = app.street(4).await;
    let nothing = |n: usize| street.honest(n, app.now(), &format!("picture {n}")).saying("aid", json!([]));
    app.record(street.city.cadre(), &[nothing(0), nothing(1)]).await;
    app.record(street.city.lead(), &[nothing(2)]).await;
    street
}

async fn ids(person: &Person, query: &str) -> Vec<String> {
    let found = person.get(&format!("/findings?{query}")).await.ok();
    found["items"].as_array().expect("items").iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

async fn settle(person: &Person, ids: &[String], how: &str, words: &str) -> Reply {
    person.post("/findings/settlements", &json!({"ids": ids, "how": how, "words": words})).await
}

fn statuses(settled: &Value) -> Vec<&str> {
    settled.as_array().expect("a list").iter().map(|item| item["status"].as_str().expect("a status")).collect()
}

both! {
    async fn findings_of_one_cause_are_settled_with_one_sentence(app: TestApp) {
        let street = three(&app).await;
        let supervisor = street.city.supervisor();
        let of_cash = ids(supervisor, "code=A02").await;
        let reply = settle(supervisor, &of_cash, "explained", "现金改日统一发放").await.ok();
        assert_eq!((statuses(&reply["settled"]), &reply["refused"]), (vec!["explained"; 3], &json!([])));
        assert_eq!(reply["settled"][0]["settled"]["words"], "现金改日统一发放");
        assert_eq!(ids(supervisor, "code=A02&status=open").await, Vec::<String>::new());
        let again = settle(supervisor, &of_cash, "explained", "现金改日统一发放").await.ok();
        assert_eq!(again["settled"][0]["history"].as_array().map(Vec::len), Some(1), "a repeat is no second settling");
    }

    async fn findings_of_two_causes_are_not(app: TestApp) {
        let street = three(&app).await;
        let all = ids(street.city.supervisor(), "status=open").await;
        let reply = settle(street.city.supervisor(), &all, "explained", "一并说明").await;
        assert_eq!((reply.status, &reply.json["errors"][0]["pointer"], &reply.json["errors"][0]["code"]), (422, &json!("/ids"), &json!("not_one_cause")));
        assert_eq!(ids(street.city.supervisor(), "status=open").await, all);
    }

    async fn those_somebody_may_not_settle_are_named_and_hold_up_none_of_the_others(app: TestApp) {
        let street = three(&app).await;
        let mut of_cash = ids(street.city.supervisor(), "code=A02").await;
        let nobodys = app.id();
        of_cash.push(nobodys.clone());
        let reply = settle(street.city.lead(), &of_cash, "explained", "家属改日来领").await.ok();
        assert_eq!(statuses(&reply["settled"]), ["explained"; 2]);
        let refused = reply["refused"].as_array().expect("a list");
        let why = |id: &str| refused.iter().find(|one| one["id"] == id).map(|one| one["problem"]["code"].clone());
        assert_eq!(why(&nobodys), Some(json!("not_found")));
        let own = of_cash.iter().find(|id| why(id) == Some(json!("own_visit")));
        assert!(own.is_some(), "{refused:?}");
        assert_eq!(settle(street.city.cadre(), &of_cash, "explained", "家属改日来领").await.ok()["settled"], json!([]), "who may settle nothing settles nothing");
        assert_eq!(settle(street.city.foreign().supervisor(), &of_cash, "explained", "家属改日来领").await.problem(404), "not_found");
    }

    async fn so_many_at_once_and_no_more_and_never_without_words(app: TestApp) {
        let street = three(&app).await;
        let supervisor = street.city.supervisor();
        let many: Vec<String> = (0..201).map(|_| app.id()).collect();
        assert_eq!(settle(supervisor, &many, "explained", "太多了").await.json["errors"][0]["code"], "too_many");
        assert_eq!(settle(supervisor, &[], "explained", "没有").await.json["errors"][0]["code"], "missing");
        assert_eq!(settle(supervisor, &many[..1], "explained", "好").await.json["errors"][0]["pointer"], "/words");
    }

    async fn every_settling_is_kept_with_its_words_though_the_facts_change(app: TestApp) {
        let street = three(&app).await;
        let (lead, supervisor) = (street.city.lead(), street.city.supervisor());
        let own = ids(lead, "code=A02").await;
        let id = settle(lead, &own, "explained", "余款次日补发").await.ok()["settled"][0]["id"].as_str().expect("an id").to_owned();
        app.pass_ms(1_000);
        settle(supervisor, std::slice::from_ref(&id), "confirmed", "核实未补发").await.ok();
        app.pass_ms(1_000);
        // The campaign asks for less: what was said to be too little is too little of something else now.
        let visit = street.city.auditor().get("/findings?code=A02&status=confirmed").await.ok()["items"][0].clone();
        let household = visit["household"]["id"].clone();
        let n = street.households.iter().position(|id| json!(id) == household).expect("a household");
        app.record(street.city.cadre(), &[street.honest(n, app.now().plus_ms(-60_000), "earlier").saying("aid", json!([street.season.cash(1)]))]).await;
        app.catch_up().await;
        let now = street.city.auditor().get(&format!("/findings?household={}&code=A02", household.as_str().expect("an id"))).await.ok();
        let item = now["items"].as_array().expect("items").iter().find(|item| item["id"] == json!(id)).expect("the finding").clone();
        assert_eq!((&item["status"], &item["settled"]), (&json!("open"), &json!(null)), "the facts changed: {item}");
        let history: Vec<(&str, &str, &str)> = item["history"]
            .as_array()
            .expect("a history")
            .iter()
            .map(|one| (one["how"].as_str().expect("how"), one["by_name"].as_str().expect("a name"), one["words"].as_str().expect("words")))
            .collect();
        assert_eq!(history, [("explained", "组长甲", "余款次日补发"), ("confirmed", "督查员", "核实未补发")]);
    }
}
