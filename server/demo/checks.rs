//! The first draws of the season's spot check, and what came of the first calls.

use actix_web::http::Method;
use serde_json::{Value, json};

use super::doors::{Doors, Fault, Person, word};
use super::means::Season;
use crate::kit::clock::Moment;

/// What became of the first calls, over and over; whoever comes after them waits.
const CALLS: [(&str, &str, &str); 7] = [
    ("agrees", "", "老人记得清楚,表示感谢。"),
    ("agrees", "", ""),
    ("minor", "", "日期记错一天,款物无误。"),
    ("agrees", "", ""),
    ("unreachable", "", "分三天各打一次,均无人接听。"),
    ("agrees", "", ""),
    ("misdelivered", "已约谈经办人,差额由走访组当日补送并补签。", "家属说现金少一百元。"),
];
/// So many are asked by now; the last of them awaits a verdict.
const ASKED: usize = 8;
/// What the household that was given less says it lacks.
const LACKING_FEN: i64 = 10_000;

/// Draws from both frames, and makes the first calls.
pub(super) async fn check(doors: &Doors, season: &Season) -> Result<(), Fault> {
    let supervisor = doors.sign_in("supervisor").await?;
    let draw = async |kind: &str| {
        let body = json!({"campaign_id": season.campaign, "kind": kind});
        doors.send(&supervisor, Method::POST, "/samples", &body).await
    };
    let sample = draw("assisted").await?;
    draw("not_reached").await?;
    let checks = doors.list(&supervisor, &format!("/samples/{}/checks", word(&sample, "/id"))).await?;
    for (n, check) in checks.iter().take(ASKED).enumerate() {
        let call = CALLS.get(n);
        let verdict = call.map(|call| call.0);
        let path = format!("/checks/{}", word(check, "/id"));
        if verdict != Some("unreachable") {
            let said = said(doors, &supervisor, season, check, verdict == Some("misdelivered")).await?;
            doors.send(&supervisor, Method::POST, &format!("{path}/answers"), &said).await?;
        }
        if let Some((verdict, measures, words)) = call {
            let given = json!({"version": 1, "verdict": verdict, "measures": measures, "words": words});
            doors.send(&supervisor, Method::POST, &format!("{path}/verdict"), &given).await?;
        }
    }
    Ok(())
}

/// What a household says: what it was given, or a little less.
async fn said(doors: &Doors, supervisor: &Person, season: &Season, check: &Value, less: bool) -> Result<Value, Fault> {
    let household = word(check, "/household/id");
    let visits = doors.list(supervisor, &format!("/visits?campaign={}&household={household}", season.campaign)).await?;
    let aid = |visit: &Value| visit.get("aid").and_then(Value::as_array).cloned().unwrap_or_default();
    let visit = visits.into_iter().find(|visit| !aid(visit).is_empty()).unwrap_or_default();
    let amount = |line: &Value| line.get("amount").and_then(Value::as_i64).unwrap_or_default();
    let cash_fen: i64 = aid(&visit).iter().filter(|line| word(line, "/kind") == "cash").map(amount).sum();
    let of_goods = |line: &Value| json!({"item_id": word(line, "/id"), "quantity_milli": amount(line)});
    let goods: Vec<Value> = aid(&visit).iter().filter(|line| word(line, "/kind") == "goods").map(of_goods).collect();
    let cash_fen = if less { (cash_fen - LACKING_FEN).max(0) } else { cash_fen };
    let came_on = Moment::parse(word(&visit, "/started_at")).ok().map(Moment::china_day);
    let (who, satisfied) = (word(&visit, "/cadre/name"), if less { "partly" } else { "yes" });
    Ok(json!({"how": "phone", "came": true, "who": who, "came_on": came_on, "cash_fen": cash_fen, "goods": goods, "signed_by": "本人", "satisfied": satisfied}))
}
