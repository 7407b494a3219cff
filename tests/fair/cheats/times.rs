//! Another time than they say.

use nuanfang::kit::clock::{DAY_MS, HOUR_MS, MINUTE_MS, Moment};
use serde_json::json;

use crate::cheats;
use crate::kit::BEGINNING;

fn deadline() -> Moment {
    Moment::parse("2027-02-05T18:00:00+08:00").expect("a time")
}

cheats! {
    "T01" "block" a_visit_before_the_campaign(c) {
        let at = Moment::parse("2027-01-19T15:00:00+08:00").expect("a time");
        c.phone("cadre").token = Some(c.app.time_token(at.plus_ms(-DAY_MS)));
        let said = c.visit(0, at);
        vec![c.tell("cadre", &said).await]
    }

    "T01" "block" a_clock_set_back_after_the_deadline(c) {
        c.clock(deadline().plus_ms(3 * HOUR_MS));
        c.phone("cadre").error_ms = -4 * HOUR_MS;
        let said = c.visit(0, deadline().plus_ms(2 * HOUR_MS).plus_ms(-4 * HOUR_MS));
        vec![c.tell("cadre", &said).await]
    }

    "T06" "review" a_visit_dated_back_before_a_time_the_phone_had_seen(c) {
        c.phone("cadre").token = Some(c.app.time_token(c.ago(10)));
        let said = c.visit(0, c.ago(180));
        vec![c.tell("cadre", &said).await]
    }

    "T06" "review" the_token_of_an_earlier_item_bounds_a_later_one_without(c) {
        c.phone("cadre").token = Some(c.app.time_token(c.ago(30)));
        let honest = c.visit(0, c.ago(25));
        c.tell("cadre", &honest).await;
        c.phone("cadre").token = None;
        let said = c.visit(1, c.ago(300));
        vec![c.tell("cadre", &said).await]
    }

    "T06" "review" a_visit_that_arrives_after_the_deadline_and_nothing_bounds_it(c) {
        c.clock(deadline().plus_ms(DAY_MS));
        c.phone("cadre").token = None;
        let said = c.visit(0, deadline().plus_ms(-2 * HOUR_MS));
        vec![c.tell("cadre", &said).await]
    }

    "T03" "review" a_photo_taken_yesterday(c) {
        let mut said = c.visit(0, c.ago(60));
        said["evidence"][0]["taken_at"] = json!(c.ago(60).plus_ms(-DAY_MS));
        vec![c.tell("cadre", &said).await]
    }

    "T04" "info" a_visit_of_ten_seconds(c) {
        let mut said = c.visit(0, c.ago(60));
        said["ended_at"] = json!(c.ago(60).plus_ms(10_000));
        vec![c.tell("cadre", &said).await]
    }

    "T02" "info" a_clock_two_hours_off(c) {
        c.phone("cadre").error_ms = 120 * MINUTE_MS;
        let said = c.visit(0, BEGINNING);
        vec![c.tell("cadre", &said).await]
    }
}
