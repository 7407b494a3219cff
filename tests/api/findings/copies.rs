//! The same picture in more than one visit.

use serde_json::json;

use crate::both;
use crate::kit::street::Street;

async fn named(street: &Street, visit: nuanfang::visits::VisitId) -> serde_json::Value {
    let seen = street.city.auditor().get(&format!("/visits/{visit}")).await.ok();
    seen["findings"].as_array().expect("findings").iter().filter(|f| f["code"] == "E03").map(|f| f["actual"]["visit_id"].clone()).collect()
}

both! {
    async fn a_picture_in_two_households_visits_is_found_on_both(app: TestApp) {
        let street = app.street(2).await;
        let first = app.record(street.city.cadre(), &[street.honest(0, app.now(), "same")]).await[0];
        app.pass_ms(1);
        let second = app.record(street.city.second_cadre(), &[street.honest(1, app.now(), "same")]).await[0];
        assert_eq!(street.codes(second).await, ["E03", "E03"], "photo and signature");
        app.catch_up().await;
        assert_eq!(street.codes(first).await, ["E03", "E03"]);
        assert_eq!(named(&street, first).await, json!([second, second]));
        assert_eq!(named(&street, second).await, json!([first, first]));
        assert_eq!((street.standing(0).await, street.standing(1).await), ("disputed".into(), "disputed".into()));
    }

    async fn a_picture_in_many_visits_gives_the_same_findings_in_any_order(app: TestApp) {
        let street = app.street(14).await;
        let told: Vec<_> = (0..14).map(|n| street.honest(n, app.now(), "black frame")).collect();
        let mut visits = Vec::new();
        for n in [5, 3, 9, 0, 13, 1, 7, 12, 2, 4, 6, 8, 10, 11] {
            app.pass_ms(1);
            visits.push(app.record(street.city.cadre(), &[told[n].clone()]).await[0]);
        }
        app.catch_up().await;
        let lowest = *visits.iter().min().expect("visits");
        let second = *visits.iter().filter(|visit| **visit != lowest).min().expect("visits");
        for visit in visits {
            let other = if visit == lowest { second } else { lowest };
            assert_eq!(named(&street, visit).await, json!([other, other]));
        }
    }
}
