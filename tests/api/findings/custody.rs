//! A team that hands over more than it holds.

use nuanfang::kit::clock::MINUTE_MS;
use nuanfang::visits::VisitId;
use serde_json::json;

use crate::both;
use crate::kit::TestApp;
use crate::kit::street::{PROMISED_FEN, Street};

/// The visits about which A06 is found, by their place in this list.
async fn overdrawn(street: &Street, visits: &[VisitId]) -> Vec<usize> {
    let mut found = Vec::new();
    for (n, visit) in visits.iter().enumerate() {
        if street.codes(*visit).await.iter().any(|code| code == "A06") {
            found.push(n);
        }
    }
    found
}

/// Twelve visits of team E1, which holds cash and rice for ten, recorded in this order; they happened in the order of their numbers.
async fn twelve(app: &TestApp, street: &Street, order: [usize; 12]) -> Vec<VisitId> {
    let now = app.now();
    let mut visits = vec![VisitId::nil(); 12];
    for n in order {
        let at = now.plus_ms(MINUTE_MS * i64::try_from(n).expect("small") - 60 * MINUTE_MS);
        visits[n] = app.record(street.city.cadre(), &[street.honest(n, at, &format!("picture {n}"))]).await[0];
    }
    app.catch_up().await;
    visits
}

both! {
    async fn the_latest_handovers_answer_for_an_overdraft_whichever_arrives_first(app: TestApp) {
        let street = app.street(12).await;
        let visits = twelve(&app, &street, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]).await;
        assert_eq!(overdrawn(&street, &visits).await, [10, 11]);
    }

    async fn what_is_issued_later_covers_an_overdraft_from_its_earliest_handover_on(app: TestApp) {
        let street = app.street(12).await;
        let visits = twelve(&app, &street, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).await;
        assert_eq!(overdrawn(&street, &visits).await, [10, 11]);
        let issue = |times: i64| street.season.entry(&app, "issue", &[street.season.cash(times * PROMISED_FEN / 2), street.season.rice(times * 1_000)], &json!({"team_id": street.team("E1")}));
        street.city.centre().post("/ledger/entries", &issue(3)).await.ok();
        app.catch_up().await;
        assert_eq!(overdrawn(&street, &visits).await, [11]);
        let seen = street.city.auditor().get(&format!("/visits/{}", visits[11])).await.ok();
        let cash = seen["findings"].as_array().expect("findings").iter().find(|f| f["actual"]["is"] == "cash").expect("of cash").clone();
        assert_eq!((&cash["expected"]["cash_fen"], &cash["actual"]["cash_fen"]), (&json!(PROMISED_FEN / 2), &json!(PROMISED_FEN)));
        assert!(cash["says"].as_str().expect("words").contains("市级财政"), "{cash}");
        street.city.centre().post("/ledger/entries", &issue(1)).await.ok();
        app.catch_up().await;
        assert_eq!(overdrawn(&street, &visits).await, Vec::<usize>::new());
    }
}
