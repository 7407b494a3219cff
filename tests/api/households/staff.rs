use serde_json::json;

use super::{TWO, events, ids_of};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;

const NUMBERS: [&str; 2] = ["510104195209043743", "510104198410130500"];

/// Two files of station east1, the first with team E1.
async fn two_files(app: &TestApp, city: &City) -> (Vec<String>, String) {
    let reply = city.centre().upload(TWO, &format!("org={}", city.org("east1"))).await.ok();
    let ids = ids_of(app, &NUMBERS).await;
    let body = json!({ "household_ids": [ids[0]], "team_id": city.team("E1") });
    assert_eq!(city.centre().post("/households/assignments", &body).await.ok(), json!({ "assigned": 1, "unchanged": 0 }));
    (ids, reply["import_id"].as_str().expect("an id").to_owned())
}

both! {
    async fn a_whole_roster_is_approved_once(app: TestApp) {
        let city = app.city().await;
        let (ids, import) = two_files(&app, &city).await;
        let one = city.centre().post("/households/approvals", &json!({ "household_ids": [ids[0]] })).await.ok();
        assert_eq!(one, json!({ "approved": 1, "unchanged": 0, "refused": [] }));
        let rest = city.centre().post("/households/approvals", &json!({ "import_id": import })).await.ok();
        assert_eq!(rest, json!({ "approved": 1, "unchanged": 1, "refused": [] }));
        let again = city.centre().post("/households/approvals", &json!({ "import_id": import })).await.ok();
        assert_eq!(again, json!({ "approved": 0, "unchanged": 2, "refused": [] }));
        let file = city.centre().get(&format!("/households/{}", ids[1])).await.ok();
        assert_eq!((&file["status"], &file["version"]), (&json!("approved"), &json!(2)));
        assert_eq!(file["approved_at"], app.now().to_string());
        assert_eq!(events(&app, "household.approved", &[]).await, 2);
    }

    async fn only_the_centre_that_keeps_a_file_approves_it(app: TestApp) {
        let city = app.city().await;
        let (ids, import) = two_files(&app, &city).await;
        for body in [json!({ "household_ids": ids }), json!({ "import_id": import })] {
            for person in [city.lead(), city.supervisor(), city.auditor(), city.cadre()] {
                assert_eq!(person.post("/households/approvals", &body).await.problem(403), "forbidden");
            }
            assert_eq!(city.admin().post("/households/approvals", &body).await.problem(404), "not_found");
            assert_eq!(city.foreign().centre().post("/households/approvals", &body).await.problem(404), "not_found");
        }
        let nobody = json!({ "household_ids": [app.id()] });
        assert_eq!(city.centre().post("/households/approvals", &nobody).await.problem(404), "not_found");
        for body in [json!({}), json!({ "household_ids": [] }), json!({ "household_ids": ids, "import_id": import }), json!({ "import_id": "x" })] {
            assert_eq!(city.centre().post("/households/approvals", &body).await.problem(422), "invalid", "{body}");
        }
    }

    async fn an_assignment_shows_the_file_to_the_team_and_to_no_other(app: TestApp) {
        let city = app.city().await;
        let (ids, _) = two_files(&app, &city).await;
        let path = format!("/households/{}", ids[0]);
        for person in [city.lead(), city.cadre(), city.second_cadre(), city.supervisor(), city.auditor(), city.centre()] {
            let file = person.get(&path).await.ok();
            assert_eq!((&file["team_name"], &file["head_id_masked"]), (&json!("东一组"), &json!("510104********3743")));
            assert!(!file.to_string().contains(NUMBERS[0]) && !file.to_string().contains("6222026220265934552"), "numbers are masked");
        }
        let foreign = city.foreign();
        for person in [city.other_lead(), city.other_cadre(), city.neighbour_cadre(), city.admin(), foreign.centre(), foreign.auditor(), foreign.cadre()] {
            assert_eq!(person.get(&path).await.problem(404), "not_found");
        }
        assert_eq!(city.cadre().get(&format!("/households/{}", ids[1])).await.problem(404), "not_found", "no team, no cadre");
        assert_eq!(city.cadre().get("/households/x").await.problem(404), "not_found");
    }

    async fn a_lead_hands_on_what_they_lead_and_nothing_else(app: TestApp) {
        let city = app.city().await;
        let (ids, _) = two_files(&app, &city).await;
        let to = |ids: &[String], team| json!({ "household_ids": ids, "team_id": team });
        let lead = city.lead();
        assert_eq!(lead.post("/households/assignments", &to(&ids[1..], city.team("E1"))).await.problem(404), "not_found", "a file without a team");
        assert_eq!(lead.post("/households/assignments", &to(&ids[..1], city.team("E3"))).await.problem(404), "not_found", "a team of another station");
        assert_eq!(city.cadre().post("/households/assignments", &to(&ids[..1], city.team("E2"))).await.problem(403), "forbidden");
        assert_eq!(city.auditor().post("/households/assignments", &to(&ids[..1], city.team("E2"))).await.problem(403), "forbidden");
        assert_eq!(city.foreign().centre().post("/households/assignments", &to(&ids[..1], city.team("W1"))).await.problem(404), "not_found");
        assert_eq!(lead.post("/households/assignments", &to(&ids[..1], city.team("E2"))).await.ok(), json!({ "assigned": 1, "unchanged": 0 }));
        let again = city.other_lead().post("/households/assignments", &to(&ids[..1], city.team("E2"))).await.ok();
        assert_eq!(again, json!({ "assigned": 0, "unchanged": 1 }));
        assert_eq!(lead.get(&format!("/households/{}", ids[0])).await.problem(404), "not_found", "it left the team");
        let file = city.other_cadre().get(&format!("/households/{}", ids[0])).await.ok();
        assert_eq!((&file["team_id"], &file["version"]), (&json!(city.team("E2")), &json!(3)));
        assert_eq!(events(&app, "household.assigned", &[]).await, 2);
    }
}
