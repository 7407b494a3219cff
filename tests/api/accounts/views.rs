//! What somebody keeps for themselves: a table of the desk as they look at it.

use serde_json::json;

use crate::both;

both! {
    async fn a_saved_view_follows_its_person_and_nobody_else_sees_it(app: TestApp) {
        let city = app.city().await;
        let (centre, id) = (city.centre(), app.id());
        let content = json!({"filters": {"standing": "unreached,attempted", "q": "王"}, "columns": ["team", "promised"], "order": "name", "descending": true});
        let body = json!({"table": "households", "name": "还没走到的", "content": content, "is_default": true});
        let saved = centre.put(&format!("/views/{id}"), &body).await.ok();
        assert_eq!((&saved["id"], &saved["name"], &saved["content"], &saved["is_default"]), (&json!(id), &json!("还没走到的"), &content, &json!(true)));
        centre.put(&format!("/views/{id}"), &body).await.ok();
        let facts = app.facts_of("view.saved").await;
        assert_eq!(facts.len(), 1, "the same again changes nothing");
        assert!(facts.iter().all(|facts| !facts.contains('王') && !facts.contains("没走到")), "a name is nothing for the log");
        let again = app.sign_in("centre").await;
        assert_eq!(again.get("/views?table=households").await.ok()["items"], json!([saved]), "at another desk");
        for person in [city.lead(), city.supervisor(), city.foreign().centre()] {
            assert_eq!(person.get("/views?table=households").await.ok(), json!({"items": []}));
            assert_eq!(person.put(&format!("/views/{id}"), &body).await.problem(404), "not_found");
            assert_eq!(person.delete(&format!("/views/{id}")).await.problem(404), "not_found");
        }
        assert_eq!(centre.delete(&format!("/views/{id}")).await.status, 204);
        assert_eq!(centre.delete(&format!("/views/{id}")).await.problem(404), "not_found");
        assert_eq!(centre.get("/views?table=households").await.ok(), json!({"items": []}));
    }

    async fn one_view_opens_first_and_no_two_have_one_name(app: TestApp) {
        let city = app.city().await;
        let centre = city.centre();
        let view = |name: &str, is_default: bool| json!({"table": "households", "name": name, "content": {}, "is_default": is_default});
        let (first, second) = (app.id(), app.id());
        centre.put(&format!("/views/{first}"), &view("甲", true)).await.ok();
        assert_eq!(centre.put(&format!("/views/{second}"), &view(" 甲 ", false)).await.problem(409), "name_taken");
        centre.put(&format!("/views/{second}"), &view("乙", true)).await.ok();
        let defaults = |items: &serde_json::Value| items["items"].as_array().expect("items").iter().map(|one| (one["name"].clone(), one["is_default"].clone())).collect::<Vec<_>>();
        let told = centre.get("/views?table=households").await.ok();
        assert_eq!(defaults(&told), [(json!("乙"), json!(true)), (json!("甲"), json!(false))]);
        centre.put(&format!("/views/{first}"), &view("丙", false)).await.ok();
        assert_eq!(defaults(&centre.get("/views?table=households").await.ok()), [(json!("丙"), json!(false)), (json!("乙"), json!(true))]);
    }

    async fn there_is_an_end_to_what_is_kept(app: TestApp) {
        let city = app.city().await;
        let centre = city.centre();
        let put = async |content: serde_json::Value, name: String| centre.put(&format!("/views/{}", app.id()), &json!({"table": "households", "name": name, "content": content})).await;
        for n in 0..50 {
            put(json!({}), format!("第{n}个")).await.ok();
        }
        assert_eq!(put(json!({}), "多了".to_owned()).await.problem(422), "invalid");
        for content in [json!({"filters": {"Q": "x"}}), json!({"columns": vec!["a"; 31]}), json!({"order": "a b"}), json!({"more": 1})] {
            assert_eq!(put(content.clone(), "x".to_owned()).await.problem(422), "invalid", "{content}");
        }
        assert_eq!(put(json!({}), "长".repeat(41)).await.problem(422), "invalid");
        assert_eq!(centre.get("/views?table=visits").await.status / 100, 4);
    }
}
