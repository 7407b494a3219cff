//! What visits are held against changes: files, campaigns, evidence, time.

use nuanfang::kit::clock::{HOUR_MS, MINUTE_MS};
use serde_json::json;

use crate::both;
use crate::kit::phone::send_picture;

/// The smallest picture there is: a grey JPEG of one pixel would do, but a PNG is shorter to write down.
fn picture(n: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut image = image::RgbImage::new(8, 8);
    image.pixels_mut().for_each(|pixel| pixel.0 = [n, n, n]);
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

both! {
    async fn evidence_that_arrives_makes_a_household_matched(app: TestApp) {
        let street = app.street(1).await;
        let (photo, signature) = (picture(1), picture(2));
        let mut told = street.honest(0, app.now(), "a");
        for (n, bytes) in [&photo, &signature].into_iter().enumerate() {
            told.0["evidence"][n]["sha256"] = json!(nuanfang::kit::digest::sha256_hex(bytes));
        }
        let (_, sent) = send_picture(street.city.cadre(), &photo, "image/png").await;
        assert_eq!(sent.status, 201);
        app.catch_up().await;
        let visit = app.record(street.city.cadre(), &[told]).await[0];
        assert_eq!(street.standing(0).await, "pending");
        send_picture(street.city.cadre(), &signature, "image/png").await.1.ok();
        app.catch_up().await;
        assert_eq!(street.standing(0).await, "matched");
        let seen = street.city.auditor().get(&format!("/visits/{visit}")).await.ok();
        assert!(seen["evidence"].as_array().expect("evidence").iter().all(|evidence| evidence["arrived"] == true), "{seen}");
    }

    async fn evidence_that_never_arrives_is_found_after_its_time(app: TestApp) {
        let street = app.street(1).await;
        let visit = app.record(street.city.cadre(), &[street.honest(0, app.now(), "a")]).await[0];
        app.pass_ms(72 * HOUR_MS - MINUTE_MS);
        app.catch_up().await;
        assert_eq!(street.later(&app, visit, 0).await, (vec![], "pending".into()));
        app.pass_ms(MINUTE_MS);
        app.catch_up().await;
        assert_eq!(street.later(&app, visit, 0).await, (vec!["E05".into(), "E05".into()], "disputed".into()));
    }

    async fn a_file_approved_after_the_visit_gets_its_entitlement_and_is_looked_at_again(app: TestApp) {
        let mut street = app.street(0).await;
        street.households = app.approved_files(&street.city, "E1", 1).await;
        let visit = app.record(street.city.cadre(), &[street.honest(0, app.now(), "a")]).await[0];
        assert_eq!(street.codes(visit).await, ["F04", "A01"]);
        street.city.centre().post(&format!("/campaigns/{}/entitlements", street.season.campaign), &json!({})).await.ok();
        app.catch_up().await;
        assert_eq!((street.codes(visit).await, street.standing(0).await), (vec![], "pending".into()));
    }

    async fn a_household_moved_to_another_team_after_the_visit_was_its_own_on_the_day(app: TestApp) {
        let street = app.street(1).await;
        let visit = app.record(street.city.cadre(), &[street.honest(0, app.now(), "a")]).await[0];
        app.pass_ms(MINUTE_MS);
        let move_ = json!({"household_ids": [street.households[0]], "team_id": street.team("E2")});
        street.city.centre().post("/households/assignments", &move_).await.ok();
        app.catch_up().await;
        assert_eq!(street.codes(visit).await, Vec::<String>::new());
        let row = street.row(0).await;
        assert_eq!(row["team_name"], "东二组");
        let progress = street.city.centre().get(&format!("/progress?campaign={}", street.season.campaign)).await.ok();
        let teams: Vec<_> = progress["by_team"].as_array().expect("teams").iter().map(|team| team["team_name"].clone()).collect();
        assert_eq!(teams, ["东二组"], "its counts moved with it");
        app.pass_ms(MINUTE_MS);
        let late = app.record(street.city.cadre(), &[street.honest(0, app.now(), "b").saying("aid", json!([]))]).await[0];
        assert_eq!(street.codes(late).await, ["F05"]);
    }

    async fn a_visit_is_held_against_the_home_as_the_file_named_it_then_or_since(app: TestApp) {
        let street = app.street(2).await;
        let path = |n: usize| format!("/households/{}", street.households[n]);
        let far = json!({"latitude": 30.70, "longitude": 104.08, "datum": "wgs84"});
        let moved = street.honest(0, app.now(), "a").saying("outcome", json!("moved")).saying("aid", json!([])).saying("recipient", json!(null));
        let before = app.record(street.city.cadre(), &[moved]).await[0];
        let mut there = street.honest(1, app.now(), "b");
        there.0["position"]["latitude"] = far["latitude"].clone();
        let wrong = app.record(street.city.second_cadre(), &[there]).await[0];
        assert_eq!(street.codes(wrong).await, ["P03"]);
        app.pass_ms(MINUTE_MS);
        for n in [0, 1] {
            street.city.centre().patch(&path(n), 1, &json!({"home": far})).await.ok();
        }
        app.catch_up().await;
        assert_eq!(street.codes(before).await, Vec::<String>::new(), "they lived there until the file said otherwise");
        assert_eq!(street.codes(wrong).await, Vec::<String>::new(), "the file had it wrong, and was corrected");
        app.pass_ms(MINUTE_MS);
        let late = app.record(street.city.cadre(), &[street.honest(0, app.now(), "c")]).await[0];
        assert_eq!(street.codes(late).await, ["P03"], "nobody lives there any more");
    }

    async fn a_changed_policy_looks_at_every_visit_again(app: TestApp) {
        let street = app.street(1).await;
        let mut told = street.honest(0, app.now(), "a");
        told.0["position"]["latitude"] = json!(30.6615);
        let visit = app.record(street.city.cadre(), &[told]).await[0];
        assert_eq!(street.codes(visit).await, Vec::<String>::new(), "166 m from home");
        let path = format!("/campaigns/{}", street.season.campaign);
        let version = street.city.centre().get(&path).await.ok()["version"].as_i64().expect("a version");
        street.city.centre().patch(&path, version, &json!({"policy": {"distance_limit_m": 100}})).await.ok();
        app.catch_up().await;
        assert_eq!(street.codes(visit).await, ["P03"]);
    }
}
