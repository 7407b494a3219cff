//! The season as a picture: what moved from where to where.

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use super::handovers::{hand_over, handover};
use super::{booked, open};
use crate::both;
use crate::kit::TestApp;
use crate::kit::city::City;
use crate::kit::season::Season;

async fn flow(city: &City, season: &Season, more: &str) -> Value {
    city.auditor().get(&format!("/ledger/flow?campaign={}{more}", season.campaign)).await.ok()
}

/// `(from, to, kind, amount)` of a flow's money.
fn links(flow: &Value) -> Vec<(String, String, String, i64)> {
    let text = |value: &Value| value.as_str().expect("a text").split(':').next().unwrap_or_default().to_owned();
    let links = flow["links"].as_array().expect("links").iter().filter(|link| link["fund_id"].is_string());
    let mut links: Vec<_> = links.map(|l| (text(&l["from"]), text(&l["to"]), text(&l["kind"]), l["amount"].as_i64().expect("an amount"))).collect();
    links.sort();
    links
}

fn link(from: &str, to: &str, kind: &str, amount: i64) -> (String, String, String, i64) {
    (from.to_owned(), to.to_owned(), kind.to_owned(), amount)
}

both! {
    async fn what_moved_is_told_net_of_what_was_reversed(app: TestApp) {
        let (city, season) = open(&app).await;
        let before = app.now();
        booked(&app, &city, &season, "issue", "E1", &[season.cash(50_000), season.rice(2_000)]).await;
        let wrong = booked(&app, &city, &season, "issue", "E2", &[season.cash(10_000)]).await;
        booked(&app, &city, &season, "return", "E1", &[season.cash(1_000)]).await;
        booked(&app, &city, &season, "loss", "E1", &[season.cash(500)]).await;
        city.centre().post("/ledger/entries", &season.entry(&app, "return", &[season.cash(2_000)], &json!({}))).await.ok();
        hand_over(&app, &city, &[handover(&app, &city, &season, 60_000, 3_000), handover(&app, &city, &season, 5_000, 0)]).await;
        let told = flow(&city, &season, "").await;
        let (issue, given) = (link("store", "team", "issue", 50_000), link("team", "household", "handover", 65_000));
        let expected = vec![
            link("source", "store", "receipt", 100_000),
            link("store", "returned", "return", 2_000),
            link("store", "team", "issue", 10_000),
            issue.clone(),
            given.clone(),
            link("team", "loss", "loss", 500),
            link("team", "store", "return", 1_000),
        ];
        assert_eq!(links(&told), expected);
        city.centre().post("/ledger/entries", &season.entry(&app, "reversal", &[], &json!({"reverses": wrong}))).await.ok();
        let told = flow(&city, &season, "").await;
        assert_eq!(links(&told), expected.into_iter().filter(|link| link.3 != 10_000).collect::<Vec<_>>(), "links of nothing are left out");
        let rice = told["links"].as_array().expect("links").iter().find(|l| l["item_id"] == season.rice && l["kind"] == "handover").expect("rice").clone();
        assert_eq!((&rice["amount"], &rice["value_fen"], &rice["to"]), (&json!(3_000), &json!(18_000), &json!("household")));
        let nodes: Vec<(&Value, &Value)> = told["nodes"].as_array().expect("nodes").iter().map(|n| (&n["key"], &n["name"])).collect();
        let team = (json!(format!("team:{}", city.team("E1"))), json!("东一组"));
        assert!(nodes.contains(&(&team.0, &team.1)) && nodes.contains(&(&json!("household"), &Value::Null)), "{nodes:?}");
        assert_eq!((&told["at"], told["sums"].as_array().map(Vec::len)), (&json!(app.now()), Some(2)));
        assert!(told["sums"].as_array().expect("sums").iter().all(|sum| sum["agrees"] == true));
        let then = flow(&city, &season, &format!("&at={before}")).await;
        assert_eq!((links(&then), &then["at"]), (vec![link("source", "store", "receipt", 100_000)], &json!(before)));
        let own = city.other_cadre().get(&format!("/ledger/flow?campaign={}", season.campaign)).await.ok();
        assert_eq!((&own["links"], &own["sums"]), (&json!([]), &json!([])), "what was taken back from a team is no longer its");
        let own = city.cadre().get(&format!("/ledger/flow?campaign={}", season.campaign)).await.ok();
        assert_eq!((links(&own).len(), &own["sums"]), (4, &json!([])), "a team sees what it took and gave");
        assert_eq!(city.foreign().auditor().get(&format!("/ledger/flow?campaign={}", season.campaign)).await.status, 404);
        app.ledger_holds().await;
    }

    async fn the_workbook_holds_the_same_and_no_text_acts(app: TestApp) {
        let (city, season) = open(&app).await;
        let sly = "=HYPERLINK(\"http://example.org\",\"x\")";
        let issue = season.entry(&app, "issue", &[season.cash(50_005), season.rice(2_500)], &json!({"team_id": city.team("E1"), "words": sly}));
        city.centre().post("/ledger/entries", &issue).await.ok();
        let answer = city.auditor().get(&format!("/ledger/flow.xlsx?campaign={}", season.campaign)).await;
        assert_eq!((answer.status, answer.headers["content-type"].to_str().expect("text")), (200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
        let mut book = Xlsx::new(std::io::Cursor::new(answer.bytes.to_vec())).expect("a workbook");
        assert_eq!(book.sheet_names(), ["合计", "流向", "明细"]);
        let rows = |book: &mut Xlsx<_>, sheet: &str| book.worksheet_range(sheet).expect("a sheet").rows().map(<[Data]>::to_vec).collect::<Vec<_>>();
        let sums = rows(&mut book, "合计");
        assert_eq!(sums.len(), 3);
        assert!(sums.iter().any(|row| row[0] == "市级财政" && row[1] == "元" && row[2] == 1_000.0 && row[3] == 499.95 && row[10] == "是"), "{sums:?}");
        let moved = rows(&mut book, "流向");
        assert!(moved.iter().any(|row| row[1] == "走访组:东一组" && row[3] == "大米" && row[4] == 2.5 && row[6] == 150.0), "{moved:?}");
        let entries = rows(&mut book, "明细");
        assert_eq!((entries.len(), &entries[0][0]), (5, &Data::String("时间".to_owned())), "two lines each of a receipt and an issue");
        assert!(entries.iter().any(|row| row[8] == Data::String(sly.to_owned()) && row[9] == Data::String(issue["id"].as_str().expect("an id").to_owned())));
        assert!(book.worksheet_formula("明细").expect("formulas").is_empty(), "a text stays a text");
    }
}
