//! Setting a season up: a draft, its standards, its limits, and what may change once it is open.

use serde_json::{Value, json};

use crate::both;
use crate::kit::season::Season;

both! {
    async fn a_campaign_is_made_once_however_often_it_is_asked_for(app: TestApp) {
        let city = app.city().await;
        let campaign = Season { campaign: app.id(), fund: app.id(), rice: app.id(), oil: app.id() }.campaign();
        let (first, again) = (city.centre().post("/campaigns", &campaign).await, city.centre().post("/campaigns", &campaign).await);
        assert_eq!((first.status, again.status), (201, 200));
        assert_eq!(first.json, again.json);
        assert_eq!((&first.json["status"], &first.json["version"], &first.json["opened_at"]), (&json!("draft"), &json!(1), &Value::Null));
        assert_eq!(first.json["policy"]["distance_limit_m"], 200);
        assert_eq!(first.json["opens_at"], "2027-01-20T00:00:00.000Z");
        let mut other = campaign.clone();
        other["theme"] = json!("另一个");
        assert_eq!(city.centre().post("/campaigns", &other).await.problem(409), "id_taken");
        let listed = city.auditor().get("/campaigns").await.ok();
        assert_eq!((listed["items"].as_array().map(Vec::len), &listed["next"]), (Some(1), &Value::Null));
    }

    async fn goods_stand_in_the_catalogue_once(app: TestApp) {
        let city = app.city().await;
        let season = app.season(&city).await;
        let rice = json!({"id": season.rice, "name": "大米", "unit": "袋", "unit_value_fen": 6_000});
        assert_eq!(city.centre().post("/goods", &rice).await.status, 200);
        let mut other = rice.clone();
        other["unit"] = json!("斤");
        assert_eq!(city.centre().post("/goods", &other).await.problem(409), "id_taken");
        other["id"] = json!(app.id());
        assert_eq!(city.centre().post("/goods", &other).await.problem(409), "name_taken");
        assert_eq!(city.lead().post("/goods", &rice).await.problem(403), "forbidden");
        let wrong = city.centre().post("/goods", &json!({"name": "", "unit": "一二三四五六七八九十一二三四五六七", "unit_value_fen": -1})).await;
        let told: Vec<&Value> = wrong.json["errors"].as_array().expect("errors").iter().map(|e| &e["code"]).collect();
        assert_eq!((wrong.status, told), (422, vec![&json!("missing"), &json!("too_long"), &json!("out_of_range")]));
        let mut names = Vec::new();
        let mut path = "/goods?limit=1".to_owned();
        loop {
            let page = city.cadre().get(&path).await.ok();
            names.push(page["items"][0]["name"].as_str().expect("a name").to_owned());
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/goods?limit=1&after={next}");
        }
        assert_eq!(names, ["大米", "食用油"]);
        assert_eq!(city.foreign().centre().get("/goods").await.ok()["items"], json!([]));
        assert_eq!(city.admin().get("/goods").await.status, 404);
    }

    async fn standards_are_set_while_it_is_a_draft_and_frozen_when_it_opens(app: TestApp) {
        let city = app.city().await;
        let season = app.season(&city).await;
        let path = format!("/campaigns/{}", season.campaign);
        let open = format!("{path}/open");
        assert_eq!(city.centre().post(&open, &json!({})).await.problem(409), "standards_missing");
        let wrong = json!([Season::standard("sudden", -1, &[]), Season::standard("sudden", 0, &[json!({"item_id": app.id(), "quantity_milli": 1})])]);
        let told = city.centre().put(&format!("{path}/standards"), &wrong).await;
        let pointers: Vec<&Value> = told.json["errors"].as_array().expect("errors").iter().map(|e| &e["pointer"]).collect();
        assert_eq!((told.status, pointers), (422, vec![&json!("/0/cash_fen"), &json!("/1/category"), &json!("/1/goods/0/item_id")]));
        let rice = json!({"item_id": season.rice, "quantity_milli": 2_000});
        let standards = json!([Season::standard("sudden", 80_000, std::slice::from_ref(&rice)), Season::standard("below_line", 100_000, &[])]);
        let set = city.centre().put(&format!("{path}/standards"), &standards).await.ok();
        let categories: Vec<&Value> = set.as_array().expect("standards").iter().map(|s| &s["category"]).collect();
        assert_eq!(categories, ["below_line", "sudden"]);
        assert_eq!(set, city.centre().put(&format!("{path}/standards"), &standards).await.ok(), "a repeat changes nothing");
        assert_eq!(city.centre().get(&path).await.ok()["version"], 2);
        assert_eq!(set, city.auditor().get(&format!("{path}/standards")).await.ok());
        let opened = city.centre().post(&open, &json!({})).await.ok();
        assert_eq!((&opened["status"], &opened["frozen"]["entitled"]), (&json!("open"), &json!(0)));
        assert_eq!(opened["opened_at"], json!(app.now()));
        assert_eq!(city.centre().put(&format!("{path}/standards"), &standards).await.problem(409), "campaign_not_draft");
        assert_eq!(city.centre().post(&open, &json!({})).await.problem(409), "campaign_not_draft");
    }

    async fn a_limit_changed_while_it_is_open_makes_a_new_policy(app: TestApp) {
        let city = app.city().await;
        let season = app.season(&city).await;
        let path = format!("/campaigns/{}", season.campaign);
        let draft = city.centre().patch(&path, 1, &json!({"policy": {"distance_limit_m": 300, "photos_required": {"home": 2}}})).await.ok();
        assert_eq!((&draft["policy"]["version"], &draft["version"]), (&json!(1), &json!(2)));
        assert_eq!((&draft["policy"]["photos_required"]["home"], &draft["policy"]["photos_required"]["ward"]), (&json!(2), &json!(1)));
        city.centre().put(&format!("{path}/standards"), &json!([Season::standard("sudden", 1, &[])])).await.ok();
        let version = city.centre().post(&format!("{path}/open"), &json!({})).await.ok()["version"].as_i64().expect("a version");
        let changed = city.centre().patch(&path, version, &json!({"policy": {"late_days": 5}, "name": "新名字"})).await.ok();
        assert_eq!((&changed["policy"]["version"], &changed["policy"]["late_days"]), (&json!(2), &json!(5)));
        assert_eq!(changed["policy"]["distance_limit_m"], 300);
        let alone = city.centre().patch(&format!("{path}/policy"), version + 1, &json!({"late_days": 6})).await.ok();
        assert_eq!((&alone["policy"]["version"], &alone["name"]), (&json!(3), &json!("新名字")));
        let named = city.centre().patch(&path, version + 2, &json!({"name": "又一名"})).await.ok();
        assert_eq!(named["policy"]["version"], 3, "a name is no limit");
        assert_eq!(city.centre().patch(&path, version + 2, &json!({"name": "迟到"})).await.problem(412), "stale_version");
        let unnamed = city.centre().call(reqwest::Method::PATCH, &path).json(&json!({"name": "无版本"})).send().await.expect("an answer");
        assert_eq!(unnamed.status(), 428);
        let wrong = city.centre().patch(&path, version + 3, &json!({"policy": {"distance_limit_m": 1}, "deadline_at": "2027-01-01T00:00:00Z"})).await;
        let told: Vec<&Value> = wrong.json["errors"].as_array().expect("errors").iter().map(|e| &e["pointer"]).collect();
        assert_eq!((wrong.status, told), (422, vec![&json!("/deadline_at"), &json!("/policy/distance_limit_m")]));
        let begun = city.centre().patch(&path, version + 3, &json!({"opens_at": "2027-01-21T08:00:00+08:00"})).await;
        assert_eq!(begun.problem(409), "campaign_not_draft", "what has begun has begun");
    }

    async fn everybody_of_the_campaigns_orgs_sees_it_once_it_is_open_and_nobody_else(app: TestApp) {
        let city = app.city().await;
        let season = app.season(&city).await;
        let path = format!("/campaigns/{}", season.campaign);
        let seen = async |who: &str, path: &str| city.person(who).get(path).await.status;
        for (who, status) in [("centre", 200), ("supervisor", 200), ("auditor", 200), ("lead", 404), ("cadre", 404), ("admin", 404), ("foreign_centre", 404)] {
            assert_eq!(seen(who, &path).await, status, "a draft, to {who}");
        }
        city.centre().put(&format!("{path}/standards"), &json!([Season::standard("sudden", 1, &[])])).await.ok();
        city.centre().post(&format!("{path}/open"), &json!({})).await.ok();
        for (who, status) in [("lead", 200), ("cadre", 200), ("neighbour_cadre", 200), ("admin", 404), ("foreign_cadre", 404), ("foreign_auditor", 404)] {
            assert_eq!(seen(who, &path).await, status, "open, to {who}");
            let listed = city.person(who).get("/campaigns").await;
            let count = listed.json["items"].as_array().map_or(0, Vec::len);
            assert_eq!(count, usize::from(status == 200), "{who}");
        }
        for (who, status) in [("supervisor", 403), ("auditor", 403), ("lead", 403), ("cadre", 403), ("admin", 404), ("foreign_centre", 404)] {
            let person = city.person(who);
            for reply in [person.patch(&path, 2, &json!({"name": "x"})).await, person.put(&format!("{path}/standards"), &json!([])).await] {
                assert_eq!(reply.status, status, "{who}");
            }
            assert_eq!(person.post(&format!("{path}/open"), &json!({})).await.status, status, "{who}");
            assert_eq!(person.post(&format!("{path}/entitlements"), &json!({})).await.status, status, "{who}");
        }
    }
}
