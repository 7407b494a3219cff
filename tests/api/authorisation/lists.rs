//! Lists, read to their end: whoever reads, whatever page, nothing of another district and, for a team, nothing of the team beside.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use super::document::{Kind, questions};
use super::world::{World, askers};
use super::{On, ROLES};
use crate::kit::people::{Person, Reply};

/// Every operation that reads without naming one thing in its path: `/visits`.
fn lists() -> BTreeSet<String> {
    let reads = questions().into_iter().filter_map(|question| question.operation.strip_prefix("GET ").map(str::to_owned));
    reads.filter(|path| !path.contains('{')).collect()
}

/// Two by two, so that what a page's end hides shows too.
async fn read_whole(who: &Person, path: &str, campaign: &str) -> String {
    let (mut whole, mut after) = (String::new(), String::new());
    loop {
        let request = who.call(Method::GET, &format!("{path}?campaign={campaign}&limit=2{after}"));
        let reply = Reply::of(request.send().await.expect("an answer")).await;
        if reply.status != 200 {
            return whole;
        }
        whole.push_str(&String::from_utf8_lossy(&reply.bytes));
        let Some(next) = reply.json["next"].as_str().map(str::to_owned) else { return whole };
        after = format!("&after={next}");
    }
}

#[actix_web::test]
async fn no_list_shows_a_thing_out_of_sight() {
    let world = World::make(On::Sqlite).await;
    let app = world.kept.copy().await;
    let people = askers(&world, &app.address, &reqwest::Client::new());
    let campaigns = ["own", "sibling", "parent"].map(|relation| world.id(&Kind::named("CampaignId"), relation));
    let (mut shown, mut read) = (Vec::new(), 0);
    for path in lists() {
        for role in ROLES {
            for campaign in &campaigns {
                let whole = read_whole(&people[role], &path, campaign).await;
                read += usize::from(whole.contains("\"id\""));
                let beside = if matches!(role, "cadre" | "lead") { world.of_the_team_beside() } else { Vec::new() };
                let hidden = world.of_the_west().into_iter().chain(beside).filter(|hidden| whole.contains(hidden.as_str()));
                shown.extend(hidden.map(|hidden| format!("{path}?campaign={campaign} as {role}: {hidden}")));
            }
        }
    }
    assert!(read > 100, "lists of something: {read}");
    assert!(shown.is_empty(), "shown to somebody who may not see it:\n{}", shown.join("\n"));
}

#[actix_web::test]
async fn whoever_is_above_sees_the_west_in_the_same_lists() {
    let world = World::make(On::Sqlite).await;
    let app = world.kept.copy().await;
    let top = app.sign_in("top_centre").await;
    let visit = world.id(&Kind::named("VisitId"), "foreign");
    let listed: Value = top.get("/visits?limit=500").await.ok();
    assert!(listed.to_string().contains(&visit), "what is hidden from the east is there to be seen");
    let supervisor = app.sign_in("top_supervisor").await;
    let proof = supervisor.get(&format!("/samples/{}/frame", world.id(&Kind::named("SampleId"), "parent"))).await.ok();
    assert!(proof.to_string().contains(&world.id(&Kind::named("HouseholdId"), "foreign")), "and in the proof of the federation's own draw");
}
