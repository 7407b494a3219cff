//! Cash and goods that went another way.

use serde_json::{Value, json};

use crate::cheats;

cheats! {
    "A01" "block" too_much_cash(c) {
        let mut said = c.visit(0, c.ago(60));
        said["aid"][0]["amount_fen"] = json!(60_000);
        vec![c.tell("cadre", &said).await]
    }

    "A02" "review" too_little_cash(c) {
        let mut said = c.visit(0, c.ago(60));
        said["aid"][0]["amount_fen"] = json!(30_000);
        vec![c.tell("cadre", &said).await]
    }

    "A01" "block" a_promise_split_into_two_and_a_bit(c) {
        let (mut first, mut second) = (c.visit(0, c.ago(120)), c.visit(0, c.ago(60)));
        first["aid"] = json!([c.street.season.cash(30_000), c.street.season.rice(2_000)]);
        second["aid"] = json!([c.street.season.cash(30_000)]);
        c.tell("cadre", &first).await;
        vec![c.tell("cadre", &second).await]
    }

    "A03" "review" oil_for_rice(c) {
        let mut said = c.visit(0, c.ago(60));
        said["aid"][1] = json!({"kind": "goods", "item_id": c.street.season.oil, "quantity_milli": 2_000});
        vec![c.tell("cadre", &said).await]
    }

    "A04" "block" two_teams_at_one_door(c) {
        let (first, second) = (c.visit(0, c.ago(120)), c.visit(0, c.ago(60)));
        let later = c.tell("other_cadre", &second).await;
        c.tell("cadre", &first).await;
        vec![later]
    }

    "A05" "block" medical_money_for_living(c) {
        let medical = c.app.id();
        let fund = json!({"id": medical, "campaign_id": c.street.season.campaign, "name": "医疗救助", "source": "government", "earmark": "medical"});
        c.at_the_door("centre").post("/funds", &fund).await.ok();
        let line = json!({"kind": "cash", "fund_id": medical, "amount_fen": 50_000});
        c.book("receipt", std::slice::from_ref(&line), &json!({"fund_id": medical})).await;
        c.book("issue", std::slice::from_ref(&line), &json!({"team_id": c.street.team("E1")})).await;
        let mut said = c.visit(0, c.ago(60));
        said["aid"][0] = line;
        vec![c.tell("cadre", &said).await]
    }

    "A06" "block" more_than_the_team_holds(c) {
        let mut said = c.visit(0, c.ago(60));
        said["aid"][1]["quantity_milli"] = json!(90_000);
        let later = c.tell("cadre", &said).await;
        let honest = c.visit(1, c.ago(120));
        c.tell("second_cadre", &honest).await;
        vec![later]
    }

    "A07" "block" aid_at_a_closed_door(c) {
        let mut said = c.visit(0, c.ago(60));
        said["outcome"] = json!("absent");
        said["recipient"] = Value::Null;
        vec![c.tell("cadre", &said).await]
    }
}
