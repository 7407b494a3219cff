//! Which entries are listed.

use nuanfang::ledger::Receiver;
use serde_json::{Value, json};

use super::handovers::{hand_over, handover};
use super::{booked, open};
use crate::both;

both! {
    async fn entries_are_found_by_whom_they_touch_what_they_move_and_when(app: TestApp) {
        let (city, season) = open(&app).await;
        let (e1, e2) = (city.team("E1").to_string(), city.team("E2").to_string());
        let first = booked(&app, &city, &season, "issue", "E1", &[season.cash(1_000)]).await;
        let then = app.now();
        let rice = booked(&app, &city, &season, "issue", "E2", &[season.rice(1_000)]).await;
        let back = booked(&app, &city, &season, "return", "E2", &[season.rice(500)]).await;
        // Beyond what it holds: only the overdraft moves.
        booked(&app, &city, &season, "return", "E1", &[season.cash(1_000)]).await;
        let given = handover(&app, &city, &season, 700, 0);
        let mut group = handover(&app, &city, &season, 300, 0);
        group.receiver = Receiver::Person(group.visit_id.clone());
        hand_over(&app, &city, &[given.clone(), group.clone()]).await;
        let Receiver::Household(household) = given.receiver else { unreachable!() };
        let count = async |query: String| {
            let page = city.auditor().get(&format!("/ledger/entries?campaign={}{query}", season.campaign)).await.ok();
            page["items"].as_array().expect("items").iter().map(|entry| entry["id"].clone()).collect::<Vec<Value>>()
        };
        for (query, found) in [
            (String::new(), 7),
            ("&kind=handover".to_owned(), 2),
            (format!("&account_kind=team&account_id={e1}"), 4),
            (format!("&account_kind=unexplained&account_id={e1}"), 2),
            (format!("&account_kind=team&account_id={e2}&with_kind=store&with_id={}", city.org("east")), 2),
            (format!("&account_kind=team&account_id={e1}&with_kind=household"), 1),
            (format!("&account_kind=household&account_id={household}"), 1),
            ("&account_kind=person".to_owned(), 1),
            ("&account_kind=source".to_owned(), 1),
            ("&account_kind=loss".to_owned(), 0),
            (format!("&commodity={}", season.rice), 3),
            (format!("&commodity={}", season.fund), 5),
            (format!("&account_kind=team&account_id={e2}&commodity={}", season.fund), 0),
            ("&with_kind=household".to_owned(), 1),
            (format!("&at={then}"), 2),
            (format!("&at={then}&kind=issue"), 1),
        ] {
            assert_eq!(count(query.clone()).await.len(), found, "{query}");
        }
        assert_eq!(count(format!("&account_kind=team&account_id={e2}&commodity={}", season.rice)).await, [back, rice.clone()], "newest first");
        assert_eq!(count(format!("&account_kind=store&account_id={}&at={then}&kind=issue", city.org("east"))).await, [first]);
        let path = format!("/ledger/entries?campaign={}&commodity={}", season.campaign, season.rice);
        let own = city.other_cadre().get(&path).await.ok();
        assert_eq!(own["items"].as_array().map(Vec::len), Some(2), "a team finds its own only");
        let page = city.auditor().get(&format!("{path}&limit=1")).await.ok();
        let rest = city.auditor().get(&format!("{path}&limit=1&after={}", page["next"].as_str().expect("more"))).await.ok();
        assert_eq!(rest["items"][0]["id"], rice);
    }

    async fn a_filter_that_makes_no_sense_is_told_so(app: TestApp) {
        let (city, season) = open(&app).await;
        for (query, pointer, code) in [
            (format!("&account_id={}", app.id()), "/account_kind", "missing"),
            (format!("&with_id={}", app.id()), "/with_kind", "missing"),
            ("&account_kind=team".to_owned(), "/account_id", "missing"),
            ("&with_kind=store".to_owned(), "/with_id", "missing"),
            ("&account_kind=unexplained".to_owned(), "/account_id", "missing"),
            ("&account_kind=household&account_id=x".to_owned(), "/account_id", "not_a_uuid"),
            (format!("&account_kind=loss&account_id={}", app.id()), "/account_id", "must_be_empty"),
            ("&commodity=rice".to_owned(), "/commodity", "not_a_uuid"),
        ] {
            let told = city.auditor().get(&format!("/ledger/entries?campaign={}{query}", season.campaign)).await;
            assert_eq!(told.status, 422, "{query}");
            assert_eq!(told.json["errors"][0], json!({"pointer": pointer, "code": code, "detail": told.json["errors"][0]["detail"]}), "{query}");
        }
        assert_eq!(city.auditor().get(&format!("/ledger/entries?campaign={}&kind=gift", season.campaign)).await.status, 400);
    }
}
