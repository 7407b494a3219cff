//! Help without a file, or before it counts.

use nuanfang::kit::clock::DAY_MS;
use serde_json::{Value, json};

use crate::cheats;
use crate::kit::BEGINNING;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

cheats! {
    "F01" "block" somebody_with_no_file_is_given_help(c) {
        let mut said = c.visit(0, c.ago(HOUR));
        said["household_id"] = Value::Null;
        said["found"] = json!({"name": "孙七", "address": "桥洞下"});
        vec![c.tell("cadre", &said).await]
    }

    "F01" "block" the_file_is_approved_after_the_visit(c) {
        c.file(0, "status = 'applied', approved_at = NULL").await;
        let said = c.visit(0, c.ago(2 * DAY));
        let visit = c.tell("cadre", &said).await;
        c.approve(0).await;
        vec![visit]
    }

    "F02" "block" the_notice_is_not_over(c) {
        c.file(0, "status = 'reviewed', approved_at = NULL").await;
        c.clock(BEGINNING.plus_ms(-3 * DAY_MS));
        c.step(0, &json!({"step": "publish"})).await;
        c.approve(0).await;
        c.clock(BEGINNING);
        let said = c.visit(0, c.ago(HOUR));
        vec![c.tell("cadre", &said).await]
    }

    "F02" "block" an_objection_is_open(c) {
        c.file(0, "status = 'reviewed', approved_at = NULL").await;
        c.clock(BEGINNING.plus_ms(-12 * DAY_MS));
        c.step(0, &json!({"step": "publish"})).await;
        c.clock(BEGINNING.plus_ms(-3 * DAY_MS));
        c.approve(0).await;
        c.clock(BEGINNING.plus_ms(-DAY_MS));
        c.step(0, &json!({"step": "object", "id": c.app.id(), "words": "他家另有住房"})).await;
        c.clock(BEGINNING);
        let said = c.visit(0, c.ago(HOUR));
        vec![c.tell("cadre", &said).await]
    }

    "F03" "review" the_file_is_closed(c) {
        c.file(0, &format!("status = 'closed', ended_at = {}", BEGINNING.plus_ms(-3 * DAY_MS).ms())).await;
        let said = c.visit(0, c.ago(HOUR));
        vec![c.tell("cadre", &said).await]
    }

    "F04" "review" nothing_was_promised(c) {
        let late = c.app.approved_files(&c.street.city, "E3", 1).await;
        c.street.households.extend(late);
        let said = c.visit(8, c.ago(HOUR));
        vec![c.tell("cadre", &said).await]
    }
}
