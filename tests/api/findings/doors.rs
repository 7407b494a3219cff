//! Several teams at one door.

use futures_util::future::join_all;
use nuanfang::kit::clock::MINUTE_MS;
use serde_json::json;

use crate::both;
use crate::kit::street::PROMISED_FEN;

both! {
    async fn an_honest_visit_is_pending_until_its_evidence_is_here(app: TestApp) {
        let street = app.street(2).await;
        assert_eq!(street.standing(0).await, "unreached");
        let visit = app.record(street.city.cadre(), &[street.honest(0, app.now(), "a")]).await[0];
        assert_eq!(street.codes(visit).await, Vec::<String>::new());
        assert_eq!(street.standing(0).await, "pending");
        assert_eq!(street.standing(1).await, "unreached");
        let row = street.row(0).await;
        assert_eq!((&row["last_outcome"], &row["entitlement_cash_fen"]), (&json!("reached"), &json!(PROMISED_FEN)));
    }

    async fn eight_teams_at_one_door_make_exactly_one_clean_handover(app: TestApp) {
        let street = app.street(1).await;
        let cadres = ["cadre", "second_cadre", "lead", "other_lead", "other_cadre", "neighbour_cadre", "cadre", "other_cadre"];
        let visits = cadres.iter().enumerate().map(|(n, cadre)| {
            let at = app.now().plus_ms(-MINUTE_MS * i64::try_from(10 - n).expect("small"));
            let told = street.honest(0, at, &format!("picture {n}"));
            let (app, cadre) = (&app, street.city.person(cadre));
            async move { app.record(cadre, &[told]).await[0] }
        });
        let visits = join_all(visits).await;
        let mut clean = Vec::new();
        for (n, visit) in visits.iter().enumerate() {
            let codes = street.codes(*visit).await;
            if codes.iter().any(|code| code == "A04") {
                assert!(codes.iter().any(|code| code == "A01"), "{codes:?}");
            } else {
                clean.push(n);
            }
        }
        assert_eq!(clean, [0], "the first that happened is the clean one, whichever was written first");
        assert_eq!(street.standing(0).await, "disputed");
        let progress = street.city.centre().get(&format!("/progress?campaign={}", street.season.campaign)).await.ok();
        assert_eq!(progress["money"], json!({"promised_fen": PROMISED_FEN, "handed_fen": 8 * PROMISED_FEN}));
        assert_eq!((&progress["households"], &progress["reached"], &progress["by_standing"]["disputed"]), (&json!(1), &json!(1), &json!(1)));
    }

    async fn the_earlier_visit_arriving_later_takes_the_findings_away_from_the_other(app: TestApp) {
        let street = app.street(1).await;
        let later = app.record(street.city.other_cadre(), &[street.honest(0, app.now(), "later")]).await[0];
        assert_eq!(street.codes(later).await, ["F05"]);
        let earlier = app.record(street.city.cadre(), &[street.honest(0, app.now().plus_ms(-60 * MINUTE_MS), "earlier")]).await[0];
        assert_eq!(street.codes(earlier).await, Vec::<String>::new());
        assert_eq!(street.codes(later).await, ["F05", "A01", "A03", "A04"]);
    }

    async fn an_amending_visit_puts_a_wrong_amount_right(app: TestApp) {
        let street = app.street(1).await;
        let wrong = street.honest(0, app.now(), "a").saying("aid", json!([street.season.cash(5_000), street.season.rice(2_000)]));
        let first = app.record(street.city.cadre(), &[wrong]).await[0];
        assert_eq!(street.codes(first).await, ["A02"]);
        assert_eq!(street.standing(0).await, "disputed");
        let amending = street.honest(0, app.now(), "a").saying("amends", json!(first)).saying("amend_reason", json!("少录一个零"));
        let second = app.record(street.city.cadre(), &[amending]).await[0];
        assert_eq!((street.codes(first).await, street.codes(second).await), (vec![], vec![]));
        assert_eq!(street.standing(0).await, "pending");
        let seen = street.city.lead().get(&format!("/visits/{first}")).await.ok();
        assert_eq!(seen["amended_by"], json!([second]));
    }

    async fn somebody_found_at_the_door_is_a_finding_and_no_error(app: TestApp) {
        let street = app.street(1).await;
        let found = street.honest(0, app.now(), "a").saying("household_id", json!(null)).saying("found", json!({"name": "孙七", "address": "桥洞下"}));
        let visit = app.record(street.city.cadre(), std::slice::from_ref(&found)).await[0];
        assert_eq!(street.codes(visit).await, ["F01"]);
        let again = found.saying("amends", json!(visit)).saying("amend_reason", json!("地址有误"));
        let amending = app.record(street.city.cadre(), &[again]).await[0];
        app.catch_up().await;
        assert_eq!(street.codes(visit).await, Vec::<String>::new());
        assert_eq!(street.codes(amending).await, ["F01"]);
    }
}
