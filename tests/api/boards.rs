//! The season as it stands, told to the desk.

mod changes;
mod exports;
mod many;
mod moving;
mod places;
mod table;
mod tables;

use nuanfang::kit::clock::DAY_MS;
use serde_json::{Value, json};

use crate::both;
use crate::kit::street::PROMISED_FEN;

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().expect("items").iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

both! {
    async fn progress_counts_households_by_team_category_day_and_money(app: TestApp) {
        let street = app.street(5).await;
        let absent = street.honest(1, app.now(), "door").saying("outcome", json!("absent")).saying("aid", json!([])).saying("recipient", json!(null));
        app.record(street.city.cadre(), &[street.honest(0, app.now(), "a"), absent]).await;
        app.pass_ms(DAY_MS);
        app.record(street.city.cadre(), &[street.honest(1, app.now(), "b"), street.honest(2, app.now(), "c").saying("aid", json!([]))]).await;
        let path = format!("/progress?campaign={}", street.season.campaign);
        let told = app.sign_in("centre").await.get(&path).await.ok();
        let by_standing = json!({"unreached": 2, "attempted": 0, "pending": 2, "matched": 0, "disputed": 1, "settled": 0});
        assert_eq!((&told["households"], &told["reached"], &told["by_standing"]), (&json!(5), &json!(3), &by_standing));
        assert_eq!(told["by_day"], json!([{"day": "2027-01-26", "reached": 1, "attempted": 0}, {"day": "2027-01-27", "reached": 2, "attempted": 0}]));
        assert_eq!(told["money"], json!({"promised_fen": 5 * PROMISED_FEN, "handed_fen": 2 * PROMISED_FEN}));
        let team = &told["by_team"][0];
        assert_eq!((&team["team_name"], &team["org_name"], &team["reached"]), (&json!("东一组"), &json!("东关街道帮扶站"), &json!(3)));
        assert_eq!((&told["by_category"][0]["category"], &told["by_category"][0]["households"]), (&json!("sudden"), &json!(5)));
    }

    async fn each_sees_how_far_their_own_have_come(app: TestApp) {
        let street = app.street(5).await;
        let path = format!("/progress?campaign={}", street.season.campaign);
        for (person, households) in [(street.city.cadre(), 5), (street.city.lead(), 5), (street.city.other_cadre(), 0), (street.city.auditor(), 5)] {
            assert_eq!(person.get(&path).await.ok()["households"], households);
        }
        assert_eq!(street.city.admin().get(&path).await.problem(404), "not_found");
        assert_eq!(street.city.foreign().centre().get(&path).await.problem(404), "not_found");
        assert_eq!(street.city.centre().get("/progress").await.problem(422), "invalid");
    }

    async fn households_are_filtered_searched_and_paged(app: TestApp) {
        let street = app.street(7).await;
        app.record(street.city.cadre(), &[street.honest(3, app.now(), "a")]).await;
        let centre = street.city.centre();
        let path = |rest: &str| format!("/households?campaign={}{rest}", street.season.campaign);
        assert_eq!(ids(&centre.get(&path("&standing=pending")).await.ok()), [street.households[3].to_string()]);
        assert_eq!(ids(&centre.get(&path("&standing=unreached")).await.ok()).len(), 6);
        assert_eq!(centre.get("/households?standing=pending").await.problem(422), "invalid");
        assert_eq!(ids(&centre.get("/households?q=关街5").await.ok()), [street.households[5].to_string()]);
        assert_eq!(ids(&centre.get("/households?q=%E6%88%B7%E4%B8%BB6").await.ok()), [street.households[6].to_string()]);
        assert_eq!(ids(&centre.get("/households?q=%25").await.ok()), Vec::<String>::new(), "a percent sign stands for itself");
        assert_eq!(ids(&centre.get(&format!("/households?team={}", street.team("E2"))).await.ok()), Vec::<String>::new());
        assert_eq!(ids(&centre.get("/households?category=student").await.ok()), Vec::<String>::new());
        let plain = centre.get("/households").await.ok();
        assert_eq!((&plain["items"][0]["standing"], &plain["items"][0]["team_name"]), (&json!(null), &json!("东一组")));
        let first = centre.get("/households?limit=4").await.ok();
        let second = centre.get(&format!("/households?limit=4&after={}", first["next"].as_str().expect("more"))).await.ok();
        assert_eq!([ids(&first), ids(&second)].concat(), street.households.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(second["next"], json!(null));
    }

    async fn each_sees_the_households_of_their_own(app: TestApp) {
        let street = app.street(2).await;
        app.approved_files(&street.city, "E3", 1).await;
        let city = &street.city;
        for (person, seen) in [(city.centre(), 3), (city.auditor(), 3), (city.cadre(), 2), (city.lead(), 2), (city.neighbour_cadre(), 1), (city.other_lead(), 0), (city.foreign().centre(), 0)] {
            assert_eq!(ids(&person.get("/households").await.ok()).len(), seen);
        }
        assert_eq!(city.admin().get("/households").await.problem(404), "not_found");
        assert_eq!(app.visitor().get("/households").await.problem(401), "unauthenticated");
    }

    async fn a_visit_is_told_whole_to_whom_it_concerns(app: TestApp) {
        let street = app.street(1).await;
        let mut told = street.honest(0, app.now(), "a");
        told.0["position"]["latitude"] = json!(30.6615);
        let visit = app.record(street.city.cadre(), &[told]).await[0];
        let path = format!("/visits/{visit}");
        let city = &street.city;
        let seen = city.supervisor().get(&path).await.ok();
        assert_eq!((&seen["household"]["head_name"], &seen["cadre"]["name"], &seen["team"]["name"]), (&json!("户主0"), &json!("干部甲"), &json!("东一组")));
        let distance_m = seen["distance_m"].as_f64().expect("a distance");
        assert!((166.0..167.0).contains(&distance_m), "{distance_m}");
        assert_eq!((&seen["standing"], &seen["evidence"][0]["arrived"], &seen["aid"][0]["amount_fen"]), (&json!("pending"), &json!(false), &json!(PROMISED_FEN)));
        for (person, status) in [(city.cadre(), 200), (city.lead(), 200), (city.second_cadre(), 404), (city.other_lead(), 404), (city.foreign().supervisor(), 404), (city.admin(), 404)] {
            assert_eq!(person.get(&path).await.status, status);
        }
        assert_eq!(city.supervisor().get(&format!("/visits/{}", app.id())).await.problem(404), "not_found");
    }

    async fn visits_are_listed_newest_first(app: TestApp) {
        let street = app.street(3).await;
        let mut made = Vec::new();
        for n in 0..3 {
            app.pass_ms(1_000);
            made.push(app.record(street.city.cadre(), &[street.honest(n, app.now(), &format!("picture {n}")).saying("aid", json!([street.season.cash(1)]))]).await[0].to_string());
        }
        made.reverse();
        let all = street.city.auditor().get(&format!("/visits?campaign={}", street.season.campaign)).await.ok();
        assert_eq!(ids(&all), made);
        let newest = &all["items"][0];
        assert_eq!((&newest["aid"], &newest["open_findings"], &newest["standing"]), (&json!([{"kind": "cash", "id": street.season.fund, "amount": 1}]), &json!(2), &json!("disputed")));
        let one = street.city.auditor().get(&format!("/visits?household={}", street.households[0])).await.ok();
        assert_eq!(ids(&one), [made[2].clone()]);
        let first = street.city.auditor().get("/visits?limit=2").await.ok();
        let second = street.city.auditor().get(&format!("/visits?limit=2&after={}", first["next"].as_str().expect("more"))).await.ok();
        assert_eq!([ids(&first), ids(&second)].concat(), made);
        assert_eq!(ids(&street.city.cadre().get("/visits").await.ok()).len(), 3);
        assert_eq!(ids(&street.city.other_lead().get("/visits").await.ok()).len(), 0);
        assert_eq!(street.city.admin().get("/visits").await.problem(404), "not_found");
    }

    async fn the_forecast_waits_for_a_week_and_then_tells_what_would_change_it(app: TestApp) {
        let street = app.street(40).await;
        let path = format!("/progress?campaign={}", street.season.campaign);
        assert_eq!(street.city.lead().get(&path).await.ok()["forecast"]["basis"], "not_begun");
        for day in 0..7 {
            let two = [day * 2, day * 2 + 1].map(|n| street.honest(n, app.now(), &format!("picture {n}")));
            app.record(street.city.cadre(), &two).await;
            app.pass_ms(DAY_MS);
        }
        let lead = app.sign_in("lead").await;
        let told = lead.get(&path).await.ok();
        let forecast = &told["forecast"];
        assert_eq!((&forecast["basis"], &forecast["days_known"], &forecast["days_left"]), (&json!("enough"), &json!(7), &told["forecast"]["days_left"]));
        let days = forecast["days_ahead"].as_array().expect("days");
        assert_eq!(days.len(), usize::try_from(forecast["days_left"].as_i64().expect("days")).expect("a few"));
        assert_eq!(days[0]["day"], "2027-02-02");
        let (low, expected, high) = (&forecast["low_reached"], &forecast["expected_reached"], &forecast["high_reached"]);
        assert!(low.as_i64() <= expected.as_i64() && expected.as_i64() <= high.as_i64() && expected.as_i64() > Some(14), "{forecast}");
        assert_eq!(forecast["expected_missing"].as_i64(), expected.as_i64().map(|expected| 40 - expected));
        let team = &told["by_team"][0]["forecast"];
        assert_eq!((&team["expected_reached"], &team["cadres"], &team["pace_milli"]), (expected, &forecast["cadres"], &forecast["pace_milli"]));
        assert!(team["cadre_days_needed"].as_i64() > Some(0), "{team}");
    }

    async fn the_unreached_stand_by_how_long_they_wait(app: TestApp) {
        let street = app.street(5).await;
        let absent = |n: usize| street.honest(n, app.now(), "door").saying("outcome", json!("absent")).saying("aid", json!([])).saying("recipient", json!(null));
        app.record(street.city.cadre(), &[absent(4), absent(2)]).await;
        app.pass_ms(60_000);
        app.record(street.city.cadre(), &[street.honest(2, app.now(), "door").saying("outcome", json!("refused")).saying("aid", json!([])).saying("recipient", json!(null)), street.honest(0, app.now(), "a")]).await;
        let lead = street.city.lead();
        let path = |rest: &str| format!("/households?campaign={}&standing=unreached,attempted&order=last_try{rest}", street.season.campaign);
        let waiting = [1, 3, 4, 2].map(|n| street.households[n].to_string());
        let first = lead.get(&path("&limit=3")).await.ok();
        let second = lead.get(&path(&format!("&limit=3&after={}", first["next"].as_str().expect("more")))).await.ok();
        assert_eq!([ids(&first), ids(&second)].concat(), waiting);
        let row = &second["items"][0];
        assert_eq!((&row["tries"], &row["last_outcome"], &row["last_cadre"]["name"]), (&json!(2), &json!("refused"), &json!("干部甲")));
        assert_eq!(row["last_visit_at"], json!(app.now()));
        assert_eq!(ids(&lead.get(&path("&outcome=absent")).await.ok()), [street.households[4].to_string()]);
        assert_eq!(lead.get("/households?order=last_try").await.problem(422), "invalid");
        assert_eq!(lead.get(&format!("/households?campaign={}&standing=gone", street.season.campaign)).await.problem(422), "invalid");
    }
}
