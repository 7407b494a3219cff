//! What is pulled after an answer holds what was answered.

use serde_json::Value;

use crate::both;
use crate::kit::TestApp;

async fn version(app: &TestApp) -> String {
    app.parts.db.read_version(|_, version| Ok(format!("{version:?}"))).await.expect("a version")
}

both! {
    async fn who_reads_after_an_answer_reads_another_version_than_before(app: TestApp) {
        app.city().await;
        for n in 0..2_000_i64 {
            let before = version(&app).await;
            app.parts.db.upkeep(move |tx| Ok(nuanfang::each!(&mut *tx.conn, |c| {
                diesel::RunQueryDsl::execute(diesel::sql_query(format!("UPDATE teams SET made_at = {n}")), c)
            })?)).await.expect("written");
            assert_ne!(version(&app).await, before, "after {n} writes: a first pull would be handed what was read before");
        }
    }

    async fn a_first_pull_right_after_a_change_shows_it(app: TestApp) {
        let street = app.street(2).await;
        let (lead, cadre) = (street.city.lead(), street.city.cadre());
        for n in 0..40_i64 {
            let id = &street.households[0];
            let version = lead.get(&format!("/households/{id}")).await.ok()["version"].as_i64().expect("a version");
            let words = format!("门牌{n}号");
            street.city.centre().patch(&format!("/households/{id}"), version, &serde_json::json!({"address": words})).await.ok();
            let pulled = cadre.get("/field/pull").await.ok();
            let seen = pulled["households"].as_array().expect("households").iter().find(|of| of["id"] == serde_json::json!(id)).map(|of| of["address"].clone());
            assert_eq!(seen, Some(Value::from(words)));
        }
    }
}
