//! What was asked for outlives the corrections of the visit it was heard at.

use nuanfang::accounts::DeviceId;
use nuanfang::kit::clock::MINUTE_MS;
use nuanfang::visits::{self, Incoming, VisitId};
use serde_json::{Value, json};

use super::{path, step};
use crate::both;
use crate::kit::TestApp;
use crate::kit::phone::Phone;
use crate::kit::street::Street;

/// A street, and the phone that visits it.
struct Round {
    app: TestApp,
    street: Street,
    phone: Phone,
}

impl Round {
    async fn begin(app: TestApp) -> Self {
        let (street, phone) = (app.street(2).await, Phone::new(app.now()));
        Self { app, street, phone }
    }

    /// A visit to the first door that hears these, and perhaps corrects another; not sent yet.
    fn visit(&mut self, words: &[&str], amends: Option<&Value>) -> Value {
        self.app.pass_ms(MINUTE_MS);
        let needs: Vec<Value> = words.iter().map(|words| json!({"kind": "medical", "words": words, "urgency": "now"})).collect();
        let mut told = self.street.honest(0, self.app.now(), "a").saying("needs", json!(needs));
        if let Some(earlier) = amends {
            told = told.saying("amends", earlier["id"].clone()).saying("amend_reason", json!("听错了"));
        }
        self.phone.item("visit", &told.0, self.app.now())
    }

    async fn send(&self, items: &[&Value]) {
        let items: Vec<Value> = items.iter().map(|item| (*item).clone()).collect();
        let answer = self.phone.push(self.street.city.cadre(), &items).await.ok();
        assert!(answer["results"].as_array().expect("results").iter().all(|result| result["status"] == "stored"), "{answer}");
    }

    /// As in a crowd: stored as it was said, and worked off later.
    async fn taken_in(&self, item: &Value) {
        let actor = self.app.actor(self.street.city.cadre()).await;
        let visit = Incoming {
            id: VisitId::parse(item["id"].as_str().expect("an id")).expect("a UUID"),
            said: serde_json::from_value(item["body"].clone()).expect("a visit"),
            body: item["body"].to_string(),
            device: DeviceId::fresh(self.app.now(), self.app.parts.db.chance()),
            clock_offset_ms: 0,
        };
        let work = self.app.parts.db.upkeep(move |tx| visits::take_in(tx, &[(&actor, &visit)])?.pop().expect("an answer"));
        work.await.expect("it is taken in");
    }

    async fn visited(&mut self, words: &[&str], amends: Option<&Value>) -> Value {
        let item = self.visit(words, amends);
        self.send(&[&item]).await;
        item
    }

    /// Takes a step on a need, and answers the need.
    async fn step(&self, item: &Value, line: usize, what: &str, words: &str) -> Value {
        self.app.pass_ms(1_000);
        let at = format!("/needs/{}.{line}/steps", item["id"].as_str().expect("an id"));
        self.street.city.lead().post(&at, &step(&self.app, what, words)).await.ok()
    }

    async fn list(&self, rest: &str) -> Vec<Value> {
        self.street.city.centre().get(&path(&self.street, rest)).await.ok()["items"].as_array().expect("items").clone()
    }

    /// What the phone is told to be open.
    async fn on_the_phone(&self) -> Vec<String> {
        let pulled = self.street.city.cadre().get("/field/pull").await.ok();
        pulled["needs"].as_array().expect("needs").iter().map(|need| need["words"].as_str().expect("words").to_owned()).collect()
    }
}

/// The words of a need, where it stands, and the words of its steps.
fn told(need: &Value) -> (&str, &str, Vec<&str>) {
    let steps = need["history"].as_array().expect("steps").iter().map(|one| one["words"].as_str().expect("words")).collect();
    (need["words"].as_str().expect("words"), need["state"].as_str().expect("a state"), steps)
}

both! {
    async fn what_was_settled_or_in_hand_is_so_still_when_its_visit_is_corrected_and_corrected_again(app: TestApp) {
        let mut round = Round::begin(app).await;
        let first = round.visited(&["药", "煤", "煤"], None).await;
        round.step(&first, 0, "resolve", "药已送到").await;
        round.step(&first, 2, "answer", "煤已订").await;
        let second = round.visited(&["药", "煤", "煤"], Some(&first)).await;
        let third = round.visited(&["煤", "煤", "药"], Some(&second)).await;
        let listed = round.list("").await;
        let read: Vec<_> = listed.iter().map(told).collect();
        assert_eq!(read, [("煤", "open", vec![]), ("煤", "answered", vec!["煤已订"]), ("药", "resolved", vec!["药已送到"])]);
        assert!(listed.iter().all(|need| need["visit_id"] == third["id"] && need["before"] == json!([]) && need["withdrawal"].is_null()));
        assert_eq!(round.on_the_phone().await, ["煤", "煤"]);
        // Who still looks at the page of before means the same need.
        let again = round.step(&first, 0, "reopen", "药不对").await;
        assert_eq!((told(&again), &again["visit_id"]), (("药", "open", vec!["药已送到", "药不对"]), &third["id"]));
        assert_eq!(round.list("&state=resolved").await, Vec::<Value>::new());
    }

    async fn what_a_correction_puts_otherwise_is_open_again_with_its_history_and_what_it_takes_out_is_withdrawn(app: TestApp) {
        let mut round = Round::begin(app).await;
        let first = round.visited(&["药", "煤"], None).await;
        round.step(&first, 0, "resolve", "药已送到").await;
        round.step(&first, 1, "answer", "煤已订").await;
        let second = round.visited(&["煤", "两种药"], Some(&first)).await;
        let open = round.list("&state=open").await;
        assert_eq!(open.iter().map(told).collect::<Vec<_>>(), [("两种药", "open", vec!["药已送到"])]);
        assert_eq!(open[0]["before"], json!([{"visit_id": first["id"], "kind": "medical", "words": "药", "by_name": "干部甲"}]));
        let at = format!("/needs/{}.0/steps", first["id"].as_str().expect("an id"));
        let late = round.street.city.lead().post(&at, &step(&round.app, "reopen", "药不对")).await;
        assert_eq!(late.problem(409), "need_step_not_possible", "these words are no longer asked for");
        let third = round.visited(&["两种药"], Some(&second)).await;
        let withdrawn = round.list("&state=withdrawn").await;
        assert_eq!(withdrawn.iter().map(told).collect::<Vec<_>>(), [("煤", "withdrawn", vec!["煤已订"])]);
        assert_eq!((&withdrawn[0]["withdrawal"]["visit_id"], &withdrawn[0]["withdrawal"]["by_name"], &withdrawn[0]["may_step"]), (&third["id"], &json!("干部甲"), &json!(false)));
        let at = format!("/needs/{}/steps", withdrawn[0]["id"].as_str().expect("an id"));
        assert_eq!(round.street.city.lead().post(&at, &step(&round.app, "answer", "再说一句")).await.problem(409), "need_step_not_possible");
        assert_eq!(round.on_the_phone().await, ["两种药"]);
        assert_eq!(round.list("").await.len(), 2, "all that is not settled otherwise, and what was withdrawn");
    }

    async fn needs_are_the_same_in_whatever_order_a_visit_and_its_corrections_arrive(app: TestApp) {
        let mut round = Round::begin(app).await;
        let first = round.visit(&["药", "煤"], None);
        let second = round.visit(&["药"], Some(&first));
        let third = round.visit(&["药", "被子"], Some(&second));
        round.send(&[&third]).await;
        round.step(&third, 0, "answer", "药已订").await;
        round.send(&[&first]).await;
        round.step(&first, 0, "resolve", "药已送到").await;
        assert_eq!(round.list("").await.len(), 4, "nobody knows yet that they belong together");
        round.send(&[&second]).await;
        let listed = round.list("").await;
        let mut read: Vec<_> = listed.iter().map(told).collect();
        read.sort_unstable();
        assert_eq!(read, [("煤", "withdrawn", vec![]), ("药", "resolved", vec!["药已订", "药已送到"]), ("被子", "open", vec![])]);
        assert_eq!(round.on_the_phone().await, ["被子"]);
    }

    async fn corrections_that_come_in_a_crowd_are_gone_through_when_they_are_worked_off(app: TestApp) {
        let mut round = Round::begin(app).await;
        let first = round.visited(&["药", "煤"], None).await;
        round.step(&first, 0, "resolve", "药已送到").await;
        let second = round.visit(&["药", "被子"], Some(&first));
        round.taken_in(&second).await;
        assert_eq!(round.list("").await.len(), 2, "until then they stand as they stood");
        round.app.catch_up().await;
        let listed = round.list("").await;
        let mut read: Vec<_> = listed.iter().map(told).collect();
        read.sort_unstable();
        assert_eq!(read, [("药", "resolved", vec!["药已送到"]), ("被子", "open", vec![])]);
        let before = listed.iter().find(|need| need["words"] == "被子").expect("what is asked for now");
        assert_eq!(before["before"][0]["words"], "煤", "of the same kind, put otherwise");
    }

    async fn needs_corrected_before_they_had_threads_are_gone_through_after_the_schema_has_moved(app: TestApp) {
        let mut round = Round::begin(app).await;
        let first = round.visited(&["药", "煤"], None).await;
        round.step(&first, 0, "resolve", "药已送到").await;
        let second = round.visited(&["药"], Some(&first)).await;
        let script = include_str!("../../../migrations/2026-11-27-000043_needs_across_corrections/up.sql");
        let moves = script.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
        let moves = moves.split(';').map(str::trim).filter(|one| one.starts_with("UPDATE") || one.starts_with("INSERT")).map(str::to_owned);
        // As an earlier version left them.
        let before = ["UPDATE needs SET thread = '', correction = 'none'".to_owned(), format!("UPDATE needs SET state = 'open' WHERE visit_id = '{}'", second["id"].as_str().expect("an id"))];
        for text in before.into_iter().chain(moves) {
            let work = round.app.parts.db.upkeep(move |tx| Ok(nuanfang::each!(&mut *tx.conn, |c| diesel::RunQueryDsl::execute(diesel::sql_query(text.clone()), c))?));
            work.await.expect("as before");
        }
        let cursor = round.street.city.cadre().get("/field/pull").await.ok()["cursor"].as_str().expect("a cursor").to_owned();
        assert_eq!(round.list("").await.iter().map(told).collect::<Vec<_>>(), [("药", "open", vec![])], "as it was before");
        round.app.catch_up().await;
        let mut listed = round.list("").await;
        listed.sort_by_key(|need| need["state"].to_string());
        assert_eq!(listed.iter().map(told).collect::<Vec<_>>(), [("药", "resolved", vec!["药已送到"]), ("煤", "withdrawn", vec![])]);
        let heard = round.street.city.cadre().get(&format!("/field/pull?since={cursor}")).await.ok();
        assert_eq!((&heard["needs"], &heard["households"][0]["id"]), (&json!([]), &json!(round.street.households[0])), "the phone hears of it");
    }
}
