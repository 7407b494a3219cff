//! What changed since somebody last looked.

use serde_json::{Value, json};

use crate::both;
use crate::kit::people::Person;
use crate::kit::street::Street;

async fn changes(person: &Person, street: &Street, since: Option<&Value>) -> Value {
    let since = since.and_then(Value::as_str).map(|cursor| format!("&since={cursor}")).unwrap_or_default();
    person.get(&format!("/changes?campaign={}{since}", street.season.campaign)).await.ok()
}

both! {
    async fn what_happened_since_is_told_once_by_name(app: TestApp) {
        let street = app.street(3).await;
        let (lead, centre) = (street.city.lead(), street.city.centre());
        let begin = changes(lead, &street, None).await;
        assert_eq!((&begin["items"], &begin["counts"]), (&json!([]), &json!({})));
        assert_eq!(changes(lead, &street, Some(&begin["cursor"])).await, begin, "where nothing happened the cursor stays");
        app.pass_ms(1_000);
        app.record(street.city.cadre(), &[street.honest(0, app.now(), "a").saying("aid", json!([]))]).await;
        let told = changes(lead, &street, Some(&begin["cursor"])).await;
        assert_eq!((&told["counts"]["visit"], &told["counts"]["disputed"]), (&json!(1), &json!(1)));
        let items = told["items"].as_array().expect("items");
        let visit = items.iter().find(|one| one["kind"] == "visit").expect("a visit");
        assert_eq!((&visit["head_name"], &visit["detail"], &visit["by_name"]), (&json!("户主0"), &json!("reached"), &json!("干部甲")));
        assert_eq!(changes(lead, &street, Some(&told["cursor"])).await["items"], json!([]));
        let moved = json!({"household_ids": [street.households[1]], "team_id": street.team("E2")});
        centre.post("/households/assignments", &moved).await.ok();
        let told = changes(lead, &street, Some(&told["cursor"])).await;
        let gone = told["items"].as_array().expect("items").iter().find(|one| one["kind"] == "moved").expect("a household moved").clone();
        assert_eq!((&gone["head_name"], &gone["household_id"]), (&json!(null), &json!(street.households[1])), "that it went is told, but no longer whose it is");
        assert_eq!(told["items"].as_array().expect("items").iter().filter(|one| one["head_name"] != json!(null)).count(), 0);
    }

    async fn each_hears_of_their_own_alone(app: TestApp) {
        let street = app.street(2).await;
        let city = &street.city;
        let people = [(city.lead(), true), (city.centre(), true), (city.auditor(), true), (city.cadre(), true), (city.other_lead(), false)];
        let mut begun = Vec::new();
        for (person, _) in people {
            begun.push(changes(person, &street, None).await["cursor"].clone());
        }
        app.record(city.cadre(), &[street.honest(0, app.now(), "a")]).await;
        for ((person, hears), since) in people.into_iter().zip(&begun) {
            let told = changes(person, &street, Some(since)).await;
            assert_eq!(told["counts"]["visit"].as_i64().unwrap_or_default(), i64::from(hears));
        }
        let of_another = changes(city.other_lead(), &street, Some(&begun[0])).await;
        assert_eq!((&of_another["skipped"], &of_another["items"]), (&json!(true), &json!([])), "a cursor made for others begins at the end");
        let path = format!("/changes?campaign={}", street.season.campaign);
        assert_eq!(city.lead().get(&format!("{path}&since=nonsense")).await.problem(400), "bad_request");
        assert_eq!(city.foreign().centre().get(&path).await.problem(404), "not_found");
    }

    async fn much_is_read_page_by_page_and_nothing_twice(app: TestApp) {
        let street = app.street(700).await;
        let centre = street.city.centre();
        let mut since = changes(centre, &street, None).await["cursor"].clone();
        let all = |team: &str| json!({"household_ids": street.households, "team_id": street.team(team)});
        centre.post("/households/assignments", &all("E2")).await.ok();
        centre.post("/households/assignments", &all("E1")).await.ok();
        let (mut moved, mut pages) = (0, 0);
        loop {
            let told = changes(centre, &street, Some(&since)).await;
            moved += told["counts"]["moved"].as_i64().unwrap_or_default();
            pages += 1;
            since = told["cursor"].clone();
            assert!(told["items"].as_array().is_some_and(|items| items.len() <= 50));
            if told["more"] == json!(false) {
                break;
            }
        }
        assert_eq!((moved, pages), (1_400, 2));
    }
}
