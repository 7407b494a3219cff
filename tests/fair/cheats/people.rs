//! The wrong people, and the same ones twice.

use serde_json::json;

use crate::cheats;
use crate::kit::street::id_number;

cheats! {
    "I01" "review" a_stranger_takes_the_aid(c) {
        let mut said = c.visit(0, c.ago(60));
        said["recipient"] = json!({"name": "路人", "relation": "other"});
        vec![c.tell("cadre", &said).await]
    }

    "I02" "block" a_head_is_a_member_elsewhere_and_receives_twice(c) {
        let (id, household) = (c.app.id(), c.street.households[1]);
        c.app.sql(format!("INSERT INTO members (id, household_id, name, relation, id_number) VALUES ('{id}', '{household}', '户主0', 'parent', '{}')", id_number(0))).await;
        let (first, second) = (c.visit(0, c.ago(120)), c.visit(1, c.ago(60)));
        let later = c.tell("second_cadre", &second).await;
        c.tell("cadre", &first).await;
        vec![later]
    }

    "I02" "block" somebody_stands_on_a_roster_twice(c) {
        let said = c.group(c.ago(60), &[700_001, 700_002, 700_001]);
        vec![c.tell("cadre", &said).await]
    }

    "I02" "block" somebody_receives_at_home_and_in_a_group(c) {
        let at_home = c.visit(0, c.ago(120));
        c.tell("cadre", &at_home).await;
        let said = c.group(c.ago(60), &[700_001, 0]);
        vec![c.tell("second_cadre", &said).await]
    }

    "G01" "block" a_groups_total_is_not_what_its_people_got(c) {
        let mut said = c.group(c.ago(60), &[700_001, 700_002]);
        said["group"]["total_fen"] = json!(60_000);
        said["aid"] = json!([c.street.season.cash(60_000)]);
        vec![c.tell("cadre", &said).await]
    }

    "G01" "block" more_cash_left_the_purse_than_the_group_got(c) {
        let mut said = c.group(c.ago(60), &[700_001, 700_002]);
        said["aid"] = json!([c.street.season.cash(60_000)]);
        vec![c.tell("cadre", &said).await]
    }

    "E02" "block" a_roster_without_signatures(c) {
        let mut said = c.group(c.ago(60), &[700_001, 700_002, 700_003]);
        for line in said["group"]["recipients"].as_array_mut().expect("a roster") {
            line["signature"] = json!(null);
        }
        vec![c.tell("cadre", &said).await]
    }
}
