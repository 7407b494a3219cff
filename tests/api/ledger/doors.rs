//! Who may book, who may look, and what is wrong with a request.

use serde_json::{Value, json};

use super::{holds, stocked};
use crate::both;
use crate::kit::people::Reply;

fn faults(reply: &Reply) -> Vec<(String, String)> {
    assert_eq!(reply.status, 422, "{}", reply.json);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    reply.json["errors"].as_array().expect("errors").iter().map(|e| (text(&e["pointer"]), text(&e["code"]))).collect()
}

both! {
    async fn only_the_centre_books_and_only_for_its_own(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let issue = season.entry(&app, "issue", &[season.cash(1)], &json!({"team_id": city.team("E1")}));
        for person in [city.supervisor(), city.auditor()] {
            assert_eq!(person.post("/ledger/entries", &issue).await.problem(403), "forbidden");
        }
        // What is still a draft is nobody's business at the doors, and never the accounts' keeper's or another district's.
        for person in [city.admin(), city.lead(), city.cadre(), city.foreign().centre()] {
            assert_eq!(person.post("/ledger/entries", &issue).await.problem(404), "not_found");
        }
        assert_eq!(app.visitor().post("/ledger/entries", &issue).await.status, 401);
        let fund = json!({"campaign_id": season.campaign, "name": "捐助", "source": "donation", "earmark": "heating"});
        assert_eq!(city.auditor().post("/funds", &fund).await.status, 403);
        assert_eq!(city.foreign().centre().post("/funds", &fund).await.status, 404);
        let foreign_team = season.entry(&app, "issue", &[season.cash(1)], &json!({"team_id": city.team("W1")}));
        assert_eq!(faults(&city.centre().post("/ledger/entries", &foreign_team).await), [("/team_id".into(), "unknown".into())]);
        let foreign_store = season.entry(&app, "issue", &[season.cash(1)], &json!({"team_id": city.team("E1"), "org_id": city.org("west")}));
        assert_eq!(faults(&city.centre().post("/ledger/entries", &foreign_store).await), [("/org_id".into(), "unknown".into())]);
    }

    async fn a_lead_sees_the_custody_of_their_own_team_and_nothing_else(app: TestApp) {
        let (city, season) = stocked(&app).await;
        city.centre().put(&format!("/campaigns/{}/standards", season.campaign), &json!([crate::kit::season::Season::standard("sudden", 1, &[])])).await.ok();
        city.centre().post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
        for team in ["E1", "E2"] {
            let issue = season.entry(&app, "issue", &[season.cash(1_000)], &json!({"team_id": city.team(team)}));
            city.centre().post("/ledger/entries", &issue).await.ok();
        }
        let path = format!("/ledger/balances?campaign={}", season.campaign);
        for person in [city.lead(), city.cadre()] {
            let seen = person.get(&path).await.ok();
            assert_eq!(seen["sums"], json!([]));
            let accounts = seen["accounts"].as_array().expect("accounts");
            assert_eq!(accounts.len(), 1, "{seen}");
            assert_eq!((&accounts[0]["account_kind"], &accounts[0]["account_id"]), (&json!("team"), &json!(city.team("E1"))));
            assert_eq!(accounts[0]["name"], "东一组");
            let entries = person.get(&format!("/ledger/entries?campaign={}", season.campaign)).await.ok();
            assert_eq!(entries["items"].as_array().map(Vec::len), Some(1), "{entries}");
            let issue = season.entry(&app, "issue", &[season.cash(1)], &json!({"team_id": city.team("E1")}));
            assert_eq!(person.post("/ledger/entries", &issue).await.problem(403), "forbidden");
        }
        assert_eq!(city.admin().get(&path).await.status, 404);
        assert_eq!(city.foreign().auditor().get(&path).await.status, 404);
        assert_eq!(city.supervisor().get(&path).await.ok()["sums"].as_array().map(Vec::len), Some(2));
        assert_eq!(city.lead().get(&format!("/funds?campaign={}", season.campaign)).await.ok()["items"][0]["id"], season.fund);
    }

    async fn every_fault_of_an_entry_is_told_at_once(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let lines = [season.cash(0), season.rice(1_000_000_000_001), season.rice(1)];
        let entry = season.entry(&app, "receipt", &lines, &json!({"fund_id": null, "team_id": city.team("E1"), "words": " "}));
        let told = faults(&city.centre().post("/ledger/entries", &entry).await);
        let told: Vec<(&str, &str)> = told.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
        assert_eq!(
            told,
            [
                ("/words", "missing"),
                ("/fund_id", "missing"),
                ("/team_id", "must_be_empty"),
                ("/lines/0/amount_fen", "out_of_range"),
                ("/lines/1/quantity_milli", "out_of_range"),
                ("/lines/2", "duplicate"),
            ]
        );
        let handover = season.entry(&app, "handover", &[season.cash(1)], &json!({"team_id": city.team("E1")}));
        assert_eq!(faults(&city.centre().post("/ledger/entries", &handover).await), [("/kind".into(), "wrong_kind".into())]);
        for happened_at in ["2025-12-01T00:00:00Z", "2027-01-26T02:06:00Z"] {
            let entry = season.entry(&app, "receipt", &[season.cash(1)], &json!({"happened_at": happened_at}));
            assert_eq!(faults(&city.centre().post("/ledger/entries", &entry).await), [("/happened_at".into(), "out_of_range".into())]);
        }
    }

    async fn a_fund_gives_its_own_money_in_its_own_campaign(app: TestApp) {
        let (city, season) = stocked(&app).await;
        let other = app.another_season(&city, &season).await;
        let fund = json!({"id": other.fund, "campaign_id": other.campaign, "name": "市级财政", "source": "government", "earmark": "any"});
        let mut again = fund.clone();
        assert_eq!(city.centre().post("/funds", &again).await.status, 200);
        again["id"] = json!(app.id());
        assert_eq!(city.centre().post("/funds", &again).await.problem(409), "name_taken");
        let entry = season.entry(&app, "issue", &[other.cash(1)], &json!({"team_id": city.team("E1")}));
        assert_eq!(faults(&city.centre().post("/ledger/entries", &entry).await), [("/lines".into(), "not_same_campaign".into())]);
        let second = json!({"id": app.id(), "campaign_id": season.campaign, "name": "工会", "source": "union", "earmark": "living"});
        city.centre().post("/funds", &second).await.ok();
        let entry = season.entry(&app, "receipt", &[season.cash(1)], &json!({"fund_id": second["id"]}));
        assert_eq!(faults(&city.centre().post("/ledger/entries", &entry).await), [("/lines".into(), "wrong_kind".into())]);
        let unknown = json!({"kind": "goods", "item_id": app.id(), "quantity_milli": 1});
        let entry = season.entry(&app, "receipt", &[unknown], &json!({}));
        assert_eq!(faults(&city.centre().post("/ledger/entries", &entry).await), [("/lines".into(), "unknown".into())]);
        assert_eq!(holds(&city, &season, "store", None).await, (100_000, 20_000));
    }
}
