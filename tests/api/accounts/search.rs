//! People are found by name, by role, by team.

use serde_json::{Value, json};

use crate::both;
use crate::kit::people::Person;

/// The usernames found, a few at a time.
async fn found(person: &Person, asked: &Value) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), Value::Null);
    loop {
        let mut body = asked.clone();
        (body["limit"], body["after"]) = (json!(2), after);
        let page = person.post("/users/search", &body).await.ok();
        names.extend(page["items"].as_array().expect("items").iter().map(|one| one["username"].as_str().expect("a name").to_owned()));
        after = page["next"].clone();
        if after.is_null() {
            return names;
        }
    }
}

both! {
    async fn people_are_found_by_a_part_of_either_name_by_role_and_by_team(app: TestApp) {
        let city = app.city().await;
        let admin = city.admin();
        let own = json!({"id": app.id(), "org_id": city.org("west1"), "username": "wang_100", "name": "Wang 百%分", "roles": ["cadre"], "password": "a-new-warm-word"});
        admin.post("/users", &own).await.ok();
        assert_eq!(found(admin, &json!({"q": "干部"})).await, ["cadre", "foreign_cadre", "neighbour_cadre", "other_cadre", "second_cadre"]);
        assert_eq!(found(admin, &json!({"q": " 组长乙 "})).await, ["other_lead"]);
        assert_eq!(found(admin, &json!({"q": "SECOND"})).await, ["second_cadre"], "the case of a name is nobody's business");
        assert_eq!(found(admin, &json!({"q": "wANG"})).await, ["wang_100"]);
        assert_eq!(found(admin, &json!({"q": "%"})).await, ["wang_100"], "what stands for anything elsewhere stands for itself here");
        assert_eq!(found(admin, &json!({"q": "g_1"})).await, ["wang_100"]);
        assert_eq!(found(admin, &json!({"role": "lead"})).await, ["foreign_lead", "lead", "other_lead"]);
        assert_eq!(found(admin, &json!({"team": city.team("E1")})).await, ["cadre", "lead", "second_cadre"]);
        assert_eq!(found(admin, &json!({"team": city.team("E1"), "role": "cadre", "q": "乙", "org": city.org("east1")})).await, ["second_cadre"]);
        assert_eq!(found(admin, &json!({"q": "没有这个人"})).await, Vec::<String>::new());
        assert_eq!(found(admin, &json!({"q": "  "})).await.len(), 18);
    }

    async fn nobody_finds_whom_they_may_not_see(app: TestApp) {
        let city = app.city().await;
        assert_eq!(found(city.auditor(), &json!({"q": "城西"})).await, Vec::<String>::new());
        assert_eq!(found(city.district_admin(), &json!({"role": "admin"})).await, ["district_admin"]);
        for person in [city.cadre(), city.lead(), city.supervisor()] {
            assert_eq!(person.post("/users/search", &json!({"q": "干部"})).await.problem(404), "not_found");
        }
        let long = city.admin().post("/users/search", &json!({"q": "长".repeat(101)})).await;
        assert_eq!((long.status, &long.json["errors"][0]["pointer"], &long.json["errors"][0]["code"]), (422, &json!("/q"), &json!("too_long")));
        assert_eq!(city.admin().post("/users/search", &json!({"limit": 501})).await.problem(422), "invalid");
    }
}
