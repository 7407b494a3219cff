//! What comes out of a sample.

use serde_json::{Value, json};

use super::{checked, checks, draw, honest, walked};
use crate::both;

both! {
    async fn a_result_counts_the_verdicts_that_stand_and_tells_the_sentence(app: TestApp) {
        let street = walked(&app, 30, 30, 0).await;
        let supervisor = street.city.supervisor();
        let sample = draw(supervisor, &street, &app.id(), "assisted").await.ok();
        let drawn = checks(supervisor, &sample).await;
        assert_eq!(drawn.len(), 3);
        let path = format!("/samples/{}/result", sample["id"].as_str().expect("an id"));
        let none = street.city.auditor().get(&path).await.ok();
        assert_eq!((&none["overall"]["share"], &none["uncovered"], &none["money"]), (&Value::Null, &json!(30), &Value::Null));
        checked(supervisor, &drawn[0], &honest(&street), "agrees").await;
        let mut nothing = honest(&street);
        nothing["came"] = json!(false);
        nothing["cash_fen"] = json!(0);
        nothing["goods"] = json!([]);
        checked(supervisor, &drawn[1], &nothing, "not_received").await;
        let unreachable = json!({"version": 1, "verdict": "unreachable"});
        supervisor.post(&format!("/checks/{}/verdict", drawn[2]["id"].as_str().expect("an id")), &unreachable).await.ok();
        let told = supervisor.get(&path).await.ok();
        let overall = &told["overall"];
        assert_eq!(["households", "drawn", "checked", "unreachable", "discrepancies"].map(|key| overall[key].clone()), [30, 3, 2, 1, 1].map(|n| json!(n)));
        assert_eq!(overall["share"], json!({"rate_ppm": 500_000, "low_ppm": 12_579, "high_ppm": 987_421}));
        assert_eq!(overall["pessimistic"]["rate_ppm"], 666_667);
        assert_eq!((&told["money"]["found_fen"], &told["money"]["estimate_fen"], &told["money"]["handed_fen"]), (&json!(62_000), &json!(930_000), &json!(1_860_000)));
        let sentence = told["sentence"]["en"].as_str().expect("a sentence");
        assert!(sentence.starts_with("2 of 30 households (6.7%) checked, 1 discrepancy (50.0%, 95% interval 1.3%–98.7%)"), "{sentence}");
        assert_eq!(told["strata"][0]["stratum"], "E1/sudden");
    }

    async fn what_was_chosen_enters_no_rate(app: TestApp) {
        let street = walked(&app, 2, 2, 0).await;
        let supervisor = street.city.supervisor();
        let chosen = json!({"campaign_id": street.season.campaign, "kind": "targeted", "households": [street.households[0]], "words": "照片重复"});
        let sample = supervisor.post("/samples", &chosen).await.ok();
        let check = checks(supervisor, &sample).await.remove(0);
        checked(supervisor, &check, &honest(&street), "misdelivered").await;
        let told = supervisor.get(&format!("/samples/{}/result", sample["id"].as_str().expect("an id"))).await.ok();
        assert_eq!((&told["stands_for_the_frame"], &told["overall"]["share"], &told["overall"]["discrepancies"]), (&json!(false), &Value::Null, &json!(1)));
    }
}
