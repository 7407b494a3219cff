//! The desk's tables as files.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use reqwest::Method;
use serde_json::{Value, json};

use crate::both;
use crate::kit::TestApp;
use crate::kit::people::Person;
use crate::kit::street::Street;

async fn exported(person: &Person, street: &Street, table: &str, format: &str, rest: &Value) -> Vec<u8> {
    let mut body = json!({"table": table, "format": format, "campaign": street.season.campaign});
    body.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
    let answer = person.call(Method::POST, "/exports").json(&body).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let name = answer.headers()["content-disposition"].to_str().expect("a name").to_owned();
    assert_eq!(name, format!("attachment; filename=\"{table}.{format}\""));
    answer.bytes().await.expect("bytes").to_vec()
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    text.strip_prefix('\u{feff}').expect("a mark of the encoding").lines().map(str::to_owned).collect()
}

/// How often an export of so many rows was recorded.
async fn recorded(app: &TestApp) -> Vec<i64> {
    let rows = app.parts.db.read(|conn| {
        let mut found = Vec::new();
        for (chain, ..) in nuanfang::kit::log::heads(conn)? {
            found.extend(nuanfang::kit::log::after(conn, &chain, 0, 10_000)?.into_iter().filter(|row| row.verb == "export.made"));
        }
        Ok(found)
    });
    let facts = |facts: &str| serde_json::from_str::<Value>(facts).expect("JSON")["rows"].as_i64().expect("rows");
    rows.await.expect("the log").iter().map(|row| facts(&row.facts)).collect()
}

both! {
    async fn households_are_written_down_as_they_are_filtered_and_it_is_recorded(app: TestApp) {
        let street = app.street(4).await;
        app.record(street.city.cadre(), &[street.honest(3, app.now(), "a")]).await;
        let lead = street.city.lead();
        let waiting = lines(&exported(lead, &street, "households", "csv", &json!({"standing": "unreached,attempted", "order": "last_try"})).await);
        assert!(waiting[0].starts_with("户主,身份证号,住址,走访组"), "{}", waiting[0]);
        assert_eq!(waiting.len(), 4);
        assert!(waiting[1].starts_with("户主0,110101********") && waiting[1].contains("意外致困职工") && waiting[1].ends_with(",500.00"), "{}", waiting[1]);
        let found = lines(&exported(lead, &street, "households", "csv", &json!({"q": "户主3"})).await);
        assert_eq!(found.len(), 2);
        assert!(found[1].contains("已走访"), "{}", found[1]);
        assert_eq!(recorded(&app).await, [3, 1]);
    }

    async fn visits_findings_and_entries_open_as_workbooks(app: TestApp) {
        let street = app.street(2).await;
        app.record(street.city.cadre(), &[street.honest(0, app.now(), "a").saying("aid", json!([street.season.cash(1)]))]).await;
        let centre = street.city.centre();
        for (table, sheet, least) in [("visits", "走访", 2), ("findings", "疑点", 2), ("entries", "台账", 5), ("households", "家庭", 3)] {
            let bytes = exported(centre, &street, table, "xlsx", &json!({})).await;
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
            let range = book.worksheet_range(sheet).expect("a sheet");
            assert!(range.height() >= least, "{table} has {} rows", range.height());
            assert!(range.rows().all(|row| row.iter().all(|cell| !matches!(cell, Data::Error(_)))));
        }
        let english = centre.call(Method::POST, "/exports").header("Accept-Language", "en").json(&json!({"table": "visits", "format": "csv", "campaign": street.season.campaign}));
        let text = english.send().await.expect("an answer").text().await.expect("text");
        assert!(text.contains("Cash handed over (yuan)") && text.contains("Reached") && text.contains(",0.01,"), "{text}");
    }

    async fn everybody_takes_what_they_see_and_cadres_nothing(app: TestApp) {
        let street = app.street(2).await;
        let city = &street.city;
        assert_eq!(lines(&exported(city.other_lead(), &street, "households", "csv", &json!({})).await).len(), 1);
        assert_eq!(lines(&exported(city.auditor(), &street, "households", "csv", &json!({})).await).len(), 3);
        let body = json!({"table": "households", "format": "csv", "campaign": street.season.campaign});
        assert_eq!(city.cadre().post("/exports", &body).await.problem(403), "forbidden");
        assert_eq!(city.foreign().centre().post("/exports", &body).await.problem(404), "not_found");
        assert_eq!(city.admin().post("/exports", &body).await.problem(404), "not_found");
    }
}
