//! What stays in a team's pockets.

use nuanfang::kit::clock::{DAY_MS, Moment};
use serde_json::json;

use crate::cheats;

cheats! {
    "C01" "block" a_team_keeps_money_after_the_deadline(c) {
        for team in ["E2", "E3"] {
            c.book("return", &[c.street.season.cash(500_000), c.street.season.rice(20_000)], &json!({"team_id": c.street.team(team)})).await;
        }
        c.book("return", &[c.street.season.rice(20_000)], &json!({"team_id": c.street.team("E1")})).await;
        c.clock(Moment::parse("2027-02-05T18:00:00+08:00").expect("a time").plus_ms(DAY_MS));
        vec![c.street.team("E1").to_string()]
    }

    "C02" "review" a_return_is_counted_differently(c) {
        let slip = c.book("return", &[c.street.season.cash(100_000)], &json!({"team_id": c.street.team("E1")})).await;
        let signature = c.visit(0, c.ago(1))["evidence"][1].clone();
        let body = json!({
            "campaign_id": c.street.season.campaign, "slip_id": slip, "lines": [c.street.season.cash(120_000)], "evidence": [signature],
            "signature_ink": {"strokes": 4, "points": 160, "box_px": [280, 110]}, "acknowledged_at": c.app.now(), "words": "我数的是一千二百元"
        });
        let (at, mut dice) = (c.app.now(), c.dice.clone());
        let item = c.phone("lead").seal_as(&mut dice, "acknowledge", &body, at);
        c.send("lead", &[item]).await;
        vec![slip]
    }
}
