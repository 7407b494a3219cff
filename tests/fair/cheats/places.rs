//! Somewhere else than they say.

use serde_json::{Value, json};

use super::north;
use crate::cheats;

cheats! {
    "P01" "review" no_position_at_a_home(c) {
        let mut said = c.visit(0, c.ago(60));
        said["position"] = Value::Null;
        vec![c.tell("cadre", &said).await]
    }

    "P03" "block" three_kilometres_from_the_home(c) {
        let mut said = c.visit(0, c.ago(60));
        north(&mut said, 3_000.0);
        vec![c.tell("cadre", &said).await]
    }

    "P03" "review" five_hundred_metres_from_the_home(c) {
        let mut said = c.visit(0, c.ago(60));
        north(&mut said, 500.0);
        vec![c.tell("cadre", &said).await]
    }

    "P03" "block" the_home_is_corrected_to_another_place_and_the_visit_was_at_neither(c) {
        let mut said = c.visit(0, c.ago(60));
        north(&mut said, 9_000.0);
        let visit = c.tell("cadre", &said).await;
        let (centre, path) = (c.at_the_door("centre"), format!("/households/{}", c.street.households[0]));
        centre.patch(&path, 1, &json!({"home": {"latitude": 30.70, "longitude": 104.08, "datum": "wgs84"}})).await.ok();
        vec![visit]
    }

    "P04" "review" a_photo_taken_two_kilometres_away(c) {
        let mut said = c.visit(0, c.ago(60));
        let mut shutter = said["position"].clone();
        shutter["latitude"] = json!(30.66 + 2_000.0 / 110_850.0);
        said["evidence"][0]["position"] = shutter;
        vec![c.tell("cadre", &said).await]
    }

    "P05" "review" two_doors_forty_kilometres_apart_in_ten_minutes(c) {
        let (near, mut far) = (c.visit(0, c.ago(75)), c.visit(1, c.ago(60)));
        north(&mut far, 40_000.0);
        let later = c.tell("cadre", &far).await;
        c.tell("cadre", &near).await;
        vec![later]
    }

    "P06" "review" one_position_copied_to_three_doors(c) {
        let mut visits = Vec::new();
        let copied = c.visit(0, c.ago(180))["position"].clone();
        for (n, minutes) in [(0, 180), (1, 120), (2, 60)] {
            let mut said = c.visit(n, c.ago(minutes));
            said["position"] = copied.clone();
            visits.push(c.tell("cadre", &said).await);
        }
        visits
    }
}
