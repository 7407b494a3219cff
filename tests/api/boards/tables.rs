//! Every table that can be taken away holds the rows its page shows, for everybody, whatever the filter.

mod shown;

use std::collections::BTreeSet;

use nuanfang::kit::clock::{DAY_MS, HOUR_MS, Moment};
use reqwest::Method;
use serde_json::{Value, json};

use shown::{Cells, Shown, ahead, tables, text};

use crate::both;
use crate::kit::TestApp;
use crate::kit::people::Person;
use crate::kit::phone::{Phone, count};
use crate::kit::street::Street;

/// Everything a season has, with some of it in each state.
async fn told(app: &TestApp) -> (Street, String, Moment) {
    let street = app.street(5).await;
    let city = &street.city;
    let at = app.now().plus_ms(-HOUR_MS);
    let need = |words: &str| json!([{"kind": "medical", "words": words, "urgency": "now"}, {"kind": "work", "words": "=1+1", "urgency": "later"}]);
    let absent = street.honest(2, at, "c").saying("outcome", json!("absent")).saying("aid", json!([])).saying("recipient", Value::Null);
    let said =
        [street.honest(0, at, "a").saying("needs", need("想换一副助听器")), street.honest(1, at, "b").saying("aid", json!([street.season.cash(1)])), absent];
    app.record(city.cadre(), &said).await;
    app.catch_up().await;
    let then = app.now();
    let heard = city.lead().get(&format!("/needs?campaign={}", street.season.campaign)).await.ok();
    let step = json!({"id": app.id(), "step": "resolve", "words": "办好了"});
    city.lead().post(&format!("/needs/{}/steps", text(&heard["items"][0]["id"])), &step).await.ok();
    let slips = city.lead().get(&format!("/ledger/slips?campaign={}", street.season.campaign)).await.ok();
    let counted = [street.season.cash(499_900), street.season.rice(20_000)];
    let mut phone = Phone::new(app.now());
    let item = phone.item("acknowledge", &count(&street.season.campaign, &slips["items"][0]["id"], &counted, "少一张", app.now()), app.now());
    phone.push(city.lead(), &[item]).await.ok();
    let sample = app.id();
    city.supervisor().post("/samples", &json!({"id": sample, "campaign_id": street.season.campaign, "kind": "assisted"})).await.ok();
    let first = city.supervisor().get(&format!("/samples/{sample}/checks")).await.ok();
    let check = format!("/checks/{}", text(&first["items"][0]["id"]));
    let answers = json!({"how": "phone", "came": false, "who": "", "came_on": null, "cash_fen": 0, "goods": [], "signed_by": "", "satisfied": "no"});
    city.supervisor().post(&format!("{check}/answers"), &answers).await.ok();
    city.supervisor().post(&format!("{check}/verdict"), &json!({"version": 1, "verdict": "not_received", "measures": "已约谈"})).await.ok();
    app.catch_up().await;
    (street, sample, then)
}

/// The rows of all pages of a list, a few at a time; or how it was refused.
async fn shown_to(person: &Person, shown: &Shown) -> Result<Vec<Cells>, u16> {
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let page = person.get(&format!("{}&limit=2{after}", shown.path)).await;
        if page.status != 200 {
            return Err(page.status);
        }
        rows.extend((shown.rows)(&page.json));
        let Some(next) = page.json["next"].as_str() else { return Ok(rows) };
        after = format!("&after={next}");
    }
}

/// The heads and the rows of the file; or how it was refused.
async fn file_of(person: &Person, street: &Street, shown: &Shown) -> Result<Vec<Vec<String>>, u16> {
    let mut body = json!({"table": shown.table, "format": "csv", "campaign": street.season.campaign});
    body.as_object_mut().expect("an object").extend(shown.rest.as_object().expect("an object").clone());
    let answer = person.call(Method::POST, "/exports").json(&body).send().await.expect("an answer");
    if answer.status() != 200 {
        return Err(answer.status().as_u16());
    }
    assert!(!answer.headers().contains_key("x-rows-cut"));
    let text = answer.text().await.expect("text");
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    Ok(lines.records().map(|line| line.expect("as many cells as heads").iter().map(str::to_owned).collect()).collect())
}

both! {
    async fn a_file_holds_the_rows_its_page_shows_to_whoever_asks(app: TestApp) {
        let (street, sample, then) = told(&app).await;
        let city = &street.city;
        let (foreign_centre, foreign_lead) = (app.sign_in("foreign_centre").await, app.sign_in("foreign_lead").await);
        let everybody =
            [city.lead(), city.other_lead(), city.supervisor(), city.centre(), city.auditor(), city.district_admin(), city.admin(), &foreign_centre, &foreign_lead];
        let mut filled = BTreeSet::new();
        for shown in tables(&street, &sample, then) {
            for person in everybody {
                let (page, file) = (shown_to(person, &shown).await, file_of(person, &street, &shown).await);
                let whose = format!("{} {} {} for {}", shown.table, shown.path, shown.rest, person.me["username"]);
                let (rows, lines) = match (page, file) {
                    (Ok(rows), Ok(lines)) => (rows, lines),
                    // Of a campaign out of sight these pages show nothing; a file of it is refused.
                    (Ok(rows), Err(404)) if rows.is_empty() && ["households", "visits", "findings"].contains(&shown.table) => continue,
                    (page, file) => {
                        assert_eq!(page.err(), file.err(), "{whose}");
                        continue;
                    }
                };
                assert_eq!(lines.len(), 1 + rows.len(), "{whose}");
                for (cells, line) in rows.iter().zip(&lines[1..]) {
                    for (column, says) in cells {
                        let plain = line[*column].strip_prefix('\'').unwrap_or(&line[*column]);
                        assert_eq!(plain, says, "{}: {whose}", lines[0][*column]);
                    }
                }
                if !rows.is_empty() {
                    filled.insert((shown.table, shown.path.clone()));
                }
            }
            let (page, file) = (shown_to(city.cadre(), &shown).await, file_of(city.cadre(), &street, &shown).await);
            assert_eq!(file.err(), Some(page.err().unwrap_or(403)), "{} is nothing for cadres", shown.table);
        }
        let empty: Vec<_> = tables(&street, &sample, then).into_iter().filter(|shown| !filled.contains(&(shown.table, shown.path.clone()))).collect();
        assert!(empty.is_empty(), "nothing was compared of {:?}", empty.iter().map(|shown| (&shown.table, &shown.path)).collect::<Vec<_>>());
    }

    async fn what_is_to_be_expected_day_by_day_is_a_file_too(app: TestApp) {
        let street = app.street(12).await;
        for n in 0..8 {
            app.record(street.city.cadre(), &[street.honest(n, app.now(), &format!("p{n}"))]).await;
            app.pass_ms(DAY_MS);
        }
        let shown = Shown { table: "progress_ahead", path: format!("/progress?campaign={}", street.season.campaign), rest: json!({}), rows: ahead };
        let centre = app.sign_in("centre").await;
        let (rows, lines) = (shown_to(&centre, &shown).await.expect("a board"), file_of(&centre, &street, &shown).await.expect("a file"));
        assert!(rows.len() > 1, "there is a forecast");
        let told: Vec<Vec<String>> = rows.into_iter().map(|row| row.into_iter().map(|(_, says)| says).collect()).collect();
        assert_eq!(lines[1..], told);
    }

    async fn a_table_of_a_campaign_or_a_sample_says_that_it_is_missing(app: TestApp) {
        let city = app.city().await;
        for (table, pointer) in [("needs", "/campaign"), ("entries", "/campaign"), ("progress_days", "/campaign"), ("checks", "/sample"), ("strata", "/sample")] {
            let refused = city.centre().post("/exports", &json!({"table": table, "format": "csv"})).await;
            assert_eq!((refused.status, &refused.json["errors"][0]["pointer"], &refused.json["errors"][0]["code"]), (422, &json!(pointer), &json!("missing")), "{table}");
        }
        let wrong = json!({"table": "entries", "format": "csv", "campaign": app.id(), "account_kind": "team", "commodity": "x"});
        let refused = city.centre().post("/exports", &wrong).await;
        assert_eq!(refused.json["errors"].as_array().map(Vec::len), Some(2), "{}", refused.json);
    }

    async fn what_does_not_fit_into_a_file_is_told_in_it_and_beside_it(app: TestApp) {
        let city = app.city().await;
        let season = app.season(&city).await;
        let (campaign, org) = (season.campaign.clone(), city.org("east"));
        let many = app.parts.db.upkeep(move |tx| {
            let sql = format!(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO funds SELECT \
                 '01900000-0000-7000-8000-' || substr(CAST(1000000000000 + i AS TEXT), 2), '{org}', '{campaign}', \
                 '=' || i, 'other', 'any', 1, 0 FROM n"
            );
            nuanfang::each!(&mut *tx.conn, |c| diesel::RunQueryDsl::execute(diesel::sql_query(&sql), c))?;
            Ok(())
        });
        many.await.expect("many funds");
        let body = json!({"table": "funds", "format": "csv", "campaign": season.campaign});
        let answer = city.centre().call(Method::POST, "/exports").json(&body).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["x-rows-cut"], "true");
        let text = answer.text().await.expect("text");
        assert_eq!(text.lines().count(), 1 + 100_000 + 1);
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("'=1,")), "a name acts as no formula");
        assert!(text.lines().last().is_some_and(|line| line.contains("筛选")));
        let rows = app.parts.db.read(|conn| {
            let mut found = Vec::new();
            for (chain, ..) in nuanfang::kit::log::heads(conn)? {
                found.extend(nuanfang::kit::log::after(conn, &chain, 0, 10_000)?.into_iter().filter(|row| row.verb == "export.made"));
            }
            Ok(found)
        });
        let facts: Vec<Value> = rows.await.expect("the log").iter().map(|row| serde_json::from_str(&row.facts).expect("JSON")).collect();
        assert_eq!(facts.iter().map(|facts| (&facts["rows"], &facts["cut"])).collect::<Vec<_>>(), [(&json!(100_000), &json!(true))]);
    }
}
