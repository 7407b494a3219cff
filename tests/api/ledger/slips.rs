//! Custody changes hands with two signatures.

use nuanfang::kit::log;
use serde_json::{Value, json};

use super::{booked, open};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::people::Person;
use crate::kit::phone::{Phone, count, send_picture};
use crate::kit::season::Season;

/// The slips of the season as the desk sees them.
async fn desk(city: &City, season: &Season, more: &str) -> Vec<Value> {
    let page = city.auditor().get(&format!("/ledger/slips?campaign={}{more}", season.campaign)).await.ok();
    page["items"].as_array().expect("items").clone()
}

/// Pushes one count; answers its result.
async fn push(phone: &mut Phone, lead: &Person, app: &TestApp, body: &Value) -> Value {
    let item = phone.item("acknowledge", body, app.now());
    phone.push(lead, &[item]).await.ok()["results"][0].clone()
}

fn drawing() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(24, 24).write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

fn pointers(result: &Value) -> Vec<(&str, &str)> {
    assert_eq!(result["status"], "refused", "{result}");
    let errors = result["problem"]["errors"].as_array().expect("errors");
    errors.iter().map(|e| (e["pointer"].as_str().expect("a pointer"), e["code"].as_str().expect("a code"))).collect()
}

both! {
    async fn an_issue_waits_until_the_lead_has_counted_and_signed(app: TestApp) {
        let (city, season) = open(&app).await;
        let slip = booked(&app, &city, &season, "issue", "E1", &[season.cash(60_000), season.rice(1_500)]).await;
        let seen = city.lead().get("/field/pull").await.ok()["slips"][0].clone();
        assert_eq!((&seen["id"], &seen["state"], &seen["kind"], &seen["may_sign"]), (&slip, &json!("waiting"), &json!("issue"), &json!(true)));
        assert_eq!((&seen["store_name"], &seen["made_by_name"], &seen["words"]), (&json!("城东区总工会"), &json!("帮扶中心"), &json!("按计划")));
        let cash = json!({"kind": "cash", "fund_id": season.fund, "amount": 60_000, "counted": null});
        let rice = json!({"kind": "goods", "item_id": season.rice, "amount": 1_500, "counted": null});
        assert_eq!((&seen["lines"], &seen["acknowledged"]), (&json!([cash, rice]), &Value::Null));
        assert_eq!(city.cadre().get("/field/pull").await.ok()["slips"][0]["may_sign"], false, "who does not lead only looks");
        assert_eq!(city.other_lead().get("/field/pull").await.ok()["slips"], json!([]));

        let (sha256, sent) = send_picture(city.lead(), &drawing(), "image/png").await;
        sent.ok();
        let mut body = count(&season.campaign, &slip, &[season.rice(1_500), season.cash(60_000)], "", app.now());
        let mut phone = Phone::new(app.now());
        phone.clock_offset_ms = 2_000;
        let item = phone.item("acknowledge", &body, app.now());
        let first = phone.push(city.lead(), std::slice::from_ref(&item)).await.ok();
        assert_eq!((&first["results"][0]["status"], &first["device"]["accepted_through"]), (&json!("stored"), &json!(1)), "{first}");
        assert_eq!(first["results"][0]["missing_evidence"], json!([body["evidence"][0]["sha256"]]), "the picture travels apart");
        app.pass_ms(5_000);
        let again = phone.push(city.lead(), std::slice::from_ref(&item)).await.ok();
        assert_eq!((&again["results"][0]["status"], &again["results"][0]["receipt"]), (&json!("duplicate"), &first["results"][0]["receipt"]));
        let mut other = item;
        other["body"]["words"] = json!("另一份");
        assert_eq!(phone.push(city.lead(), &[other]).await.ok()["results"][0]["status"], "conflict", "the first stays");

        let told = &desk(&city, &season, "").await[0];
        assert_eq!((&told["state"], &told["team_name"], &told["org_id"]), (&json!("agreed"), &json!("东一组"), &json!(city.org("east"))));
        assert_eq!((&told["acknowledged"]["by_name"], &told["lines"][0]["counted"]), (&json!("组长甲"), &json!(60_000)));
        assert_eq!(told["acknowledged"]["at"], json!(app.now().plus_ms(-3_000)), "corrected by the phone's offset");
        assert_eq!(told["signature_sha256"], body["evidence"][0]["sha256"]);
        let seen = city.lead().get("/field/pull").await.ok()["slips"][0].clone();
        assert_eq!((&seen["state"], &seen["may_sign"]), (&json!("agreed"), &json!(false)), "what changed hands in an open campaign is still shown");

        let second = booked(&app, &city, &season, "issue", "E1", &[season.cash(1)]).await;
        body = count(&season.campaign, &second, &[season.cash(1)], "", app.now());
        body["evidence"][0]["sha256"] = json!(sha256);
        assert_eq!(push(&mut phone, city.lead(), &app, &body).await["missing_evidence"], json!([]), "a picture may be there before");
        app.ledger_holds().await;
    }

    async fn a_count_that_differs_says_why_and_stands(app: TestApp) {
        let (city, season) = open(&app).await;
        booked(&app, &city, &season, "issue", "E1", &[season.cash(5_000), season.rice(2_000)]).await;
        let slip = booked(&app, &city, &season, "return", "E1", &[season.cash(1_000), season.rice(2_000)]).await;
        let mut phone = Phone::new(app.now());
        let lines = [season.cash(1_000), season.rice(0)];
        let silent = push(&mut phone, city.lead(), &app, &count(&season.campaign, &slip, &lines, " ", app.now())).await;
        assert_eq!(pointers(&silent), [("/words", "missing")]);
        let told = push(&mut phone, city.lead(), &app, &count(&season.campaign, &slip, &lines, "少了两袋", app.now())).await;
        assert_eq!(told["status"], "stored");
        let waiting = desk(&city, &season, "&state=waiting").await;
        let differs = desk(&city, &season, "&state=differs").await;
        assert_eq!((waiting.len(), differs.len(), &differs[0]["kind"], &differs[0]["acknowledged"]["words"]), (1, 1, &json!("return"), &json!("少了两袋")));
        assert_eq!(differs[0]["lines"][1]["counted"], 0);
        let once_more = push(&mut phone, city.lead(), &app, &count(&season.campaign, &slip, &[season.cash(1_000), season.rice(2_000)], "", app.now())).await;
        assert_eq!((&once_more["status"], &once_more["problem"]["code"]), (&json!("refused"), &json!("already_acknowledged")));
        assert_eq!(desk(&city, &season, "&state=differs").await.len(), 1, "the first count stands");
    }

    async fn a_refused_count_is_remembered_and_holds_up_nobody(app: TestApp) {
        let (city, season) = open(&app).await;
        let slip = booked(&app, &city, &season, "issue", "E1", &[season.cash(5_000)]).await;
        let others = booked(&app, &city, &season, "issue", "E2", &[season.cash(5_000)]).await;
        let body = |slip: &Value| count(&season.campaign, slip, &[season.cash(5_000)], "", app.now());
        let mut phone = Phone::new(app.now());
        let mut elsewhere = body(&slip);
        elsewhere["campaign_id"] = json!(app.id());
        let items: Vec<Value> = [&body(&others), &body(&json!(app.id())), &elsewhere, &body(&slip)].map(|body| phone.item("acknowledge", body, app.now())).into();
        for _ in 0..2 {
            let answer = phone.push(city.lead(), &items).await.ok();
            assert_eq!(pointers(&answer["results"][0]), [("/slip_id", "unknown")], "another team's");
            assert_eq!(pointers(&answer["results"][1]), [("/slip_id", "unknown")]);
            assert_eq!(pointers(&answer["results"][2]), [("/campaign_id", "not_same_campaign")]);
            assert!(["stored", "duplicate"].contains(&answer["results"][3]["status"].as_str().expect("a status")));
            assert_eq!(answer["device"], json!({"accepted_through": 4, "gaps": []}));
        }
        let mut cadres = Phone::new(app.now());
        let more = booked(&app, &city, &season, "issue", "E1", &[season.cash(5_000)]).await;
        assert_eq!(push(&mut cadres, city.cadre(), &app, &body(&more)).await["problem"]["code"], "forbidden", "only the lead signs");
        let twice: Vec<Value> = (0..2).map(|_| phone.item("acknowledge", &body(&more), app.now())).collect();
        let answer = phone.push(city.lead(), &twice).await.ok();
        assert_eq!((&answer["results"][0]["status"], &answer["results"][1]["problem"]["code"]), (&json!("stored"), &json!("already_acknowledged")));
    }

    async fn every_fault_of_a_count_is_told_at_once(app: TestApp) {
        let (city, season) = open(&app).await;
        let slip = booked(&app, &city, &season, "issue", "E1", &[season.cash(5_000)]).await;
        let mut phone = Phone::new(app.now());
        let lines = [season.cash(-1), season.rice(1_000_000_000_001), season.cash(1)];
        let mut body = count(&season.campaign, &slip, &lines, &"长".repeat(501), app.now());
        body["signature_ink"]["strokes"] = json!(-1);
        body["evidence"][0]["source"] = json!("camera");
        body["evidence"][0]["kind"] = json!("photo");
        body["evidence"][0]["bytes"] = json!(0);
        let told = push(&mut phone, city.lead(), &app, &body).await;
        assert_eq!(
            pointers(&told),
            [
                ("/lines/0/amount_fen", "out_of_range"),
                ("/lines/1/quantity_milli", "out_of_range"),
                ("/lines/2", "duplicate"),
                ("/evidence/0/kind", "wrong_kind"),
                ("/evidence/0/source", "wrong_kind"),
                ("/evidence/0/bytes", "out_of_range"),
                ("/signature_ink", "out_of_range"),
                ("/words", "too_long"),
            ]
        );
        for (name, value, fault) in [
            ("evidence", json!([]), ("/evidence", "missing")),
            ("evidence", json!([body["evidence"][0], body["evidence"][0]]), ("/evidence", "too_many")),
            ("lines", json!([]), ("/lines", "missing")),
            ("lines", json!(vec![season.rice(1); 201]), ("/lines", "too_many")),
            ("words", json!("a\u{7}"), ("/words", "bad_format")),
            ("signature_ink", Value::Null, ("/signature_ink", "bad_format")),
        ] {
            let mut body = count(&season.campaign, &slip, &[season.cash(5_000)], "", app.now());
            body[name] = value;
            assert_eq!(pointers(&push(&mut phone, city.lead(), &app, &body).await)[0], fault);
        }
        let short = count(&season.campaign, &slip, &[season.rice(1)], "不对", app.now());
        assert_eq!(pointers(&push(&mut phone, city.lead(), &app, &short).await), [("/lines/0", "unknown"), ("/lines", "missing")]);
    }

    async fn what_the_store_takes_back_is_reversed_whoever_is_heard_of_first(app: TestApp) {
        let (city, season) = open(&app).await;
        let mut phone = Phone::new(app.now());
        let mut slips = Vec::new();
        for counted in [None, Some((5_000, "")), Some((4_000, "少一千"))] {
            let slip = booked(&app, &city, &season, "issue", "E1", &[season.cash(5_000)]).await;
            if let Some((fen, words)) = counted {
                push(&mut phone, city.lead(), &app, &count(&season.campaign, &slip, &[season.cash(fen)], words, app.now())).await;
            }
            let reversal = season.entry(&app, "reversal", &[], &json!({"reverses": slip}));
            city.centre().post("/ledger/entries", &reversal).await.ok();
            slips.push(slip);
        }
        assert_eq!(desk(&city, &season, "&state=reversed").await.len(), 3);
        let late = push(&mut phone, city.lead(), &app, &count(&season.campaign, &slips[0], &[season.cash(4_000)], "少一千", app.now())).await;
        assert_eq!(late["status"], "stored", "what was counted is kept");
        let reversed = desk(&city, &season, "&state=reversed").await;
        assert_eq!(reversed.len(), 3);
        assert!(reversed.iter().all(|slip| slip["may_sign"] == false));
        let of = |slip: &Value| reversed.iter().find(|seen| seen["id"] == *slip).expect("the slip").clone();
        assert_eq!(of(&slips[0])["lines"][0]["counted"], 4_000);
        app.ledger_holds().await;
    }

    async fn only_what_a_team_takes_or_gives_back_is_a_slip(app: TestApp) {
        let (city, season) = open(&app).await;
        let slip = booked(&app, &city, &season, "issue", "E1", &[season.cash(5_000)]).await;
        for (kind, rest) in [("return", json!({})), ("loss", json!({"team_id": city.team("E1")}))] {
            city.centre().post("/ledger/entries", &season.entry(&app, kind, &[season.cash(1)], &rest)).await.ok();
        }
        booked(&app, &city, &season, "issue", "E2", &[season.cash(1)]).await;
        assert_eq!(desk(&city, &season, "").await.len(), 2);
        let of_team = desk(&city, &season, &format!("&team={}", city.team("E1"))).await;
        assert_eq!((of_team.len(), &of_team[0]["id"]), (1, &slip));
        let path = format!("/ledger/slips?campaign={}", season.campaign);
        let own = city.cadre().get(&path).await.ok();
        assert_eq!((own["items"].as_array().map(Vec::len), &own["items"][0]["id"]), (Some(1), &slip), "a team sees its own");
        assert_eq!(city.foreign().auditor().get(&path).await.status, 404);
        assert_eq!(city.admin().get(&path).await.status, 404);
        let first = city.centre().get(&format!("{path}&limit=1")).await.ok();
        let rest = city.centre().get(&format!("{path}&limit=1&after={}", first["next"].as_str().expect("more"))).await.ok();
        assert_eq!((&rest["items"][0]["id"], &rest["next"]), (&slip, &Value::Null), "newest first");
        let (org, entry) = (city.org("east1"), slip.clone());
        let heard = app.parts.db.read(move |conn| {
            let chain = nuanfang::accounts::org(conn, org)?.expect("an org").chain;
            Ok(log::after(conn, &chain, 0, 1_000)?)
        });
        let heard = heard.await.expect("read");
        let made = heard.iter().find(|row| row.verb == "slip.made" && json!(row.subject) == entry).expect("an event in the chain of the team's org");
        assert_eq!(made.subject_kind, "slip");
        assert_eq!(made.facts, json!({"campaign_id": season.campaign, "team_id": city.team("E1"), "state": "waiting"}).to_string());
    }
}
