//! Random histories through the real doors and the real database: whatever is asked in whatever order, everything adds up.

use nuanfang::ledger::{Handover, Receiver};
use serde_json::{Value, json};

use super::handovers::{hand_over, handover, reverse};
use super::{holds, open, stocked, sums};
use crate::both;
use crate::kit::phone::{Phone, count};

/// A small generator of its own: the same seed tells the same history on both databases.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides).expect("small")).expect("small")
    }

    fn amount(&mut self) -> i64 {
        i64::try_from(self.roll(30_000)).expect("small") + 1
    }
}

both! {
    async fn any_history_of_deeds_repeats_signatures_and_reversals_adds_up(app: TestApp) {
        let (city, season) = open(&app).await;
        let mut dice = Dice(20_270_126);
        let (mut phone, mut signed) = (Phone::new(app.now()), 0);
        let (mut sent, mut visits): (Vec<Value>, Vec<Handover>) = (Vec::new(), Vec::new());
        for step in 0..160 {
            let team = json!({"team_id": city.team(["E1", "E2", "E3"][dice.roll(3)])});
            let lines = [season.cash(dice.amount()), season.rice(dice.amount() / 8 + 1)];
            let entry = match dice.roll(15) {
                0 => season.entry(&app, "receipt", &lines, &json!({})),
                1..=3 => season.entry(&app, "issue", &lines, &team),
                4 => season.entry(&app, "return", &lines, &team),
                5 => season.entry(&app, "loss", &lines[1..], &team),
                6 if !sent.is_empty() => season.entry(&app, "reversal", &[], &json!({"reverses": sent[dice.roll(sent.len())]["id"]})),
                7 if !sent.is_empty() => sent[dice.roll(sent.len())].clone(),
                8 | 9 if !visits.is_empty() => {
                    // A visit amends another: what that one handed over is taken back, and this one hands over.
                    let amended = visits[dice.roll(visits.len())].clone();
                    reverse(&app, &city, std::slice::from_ref(&amended.visit_id)).await;
                    let anew = Handover { receiver: amended.receiver, ..handover(&app, &city, &season, dice.amount(), 0) };
                    hand_over(&app, &city, &[anew]).await;
                    continue;
                }
                10 | 11 if !sent.is_empty() => {
                    let entry: &Value = &sent[dice.roll(sent.len())];
                    let lines: Vec<Value> = entry["lines"].as_array().expect("lines").iter().skip(dice.roll(9) / 8).cloned().collect();
                    let item = phone.item("acknowledge", &count(&season.campaign, &entry["id"], &lines, "", app.now()), app.now());
                    let answer = phone.push(city.lead(), &[item]).await.ok();
                    signed += usize::from(answer["results"][0]["status"] == "stored");
                    continue;
                }
                _ => {
                    let mut given = handover(&app, &city, &season, dice.amount(), dice.amount() / 8);
                    match dice.roll(4) {
                        0 => given.receiver = Receiver::Enterprise(app.id()),
                        1 => given.receiver = Receiver::Person(given.visit_id.clone()),
                        _ => {}
                    }
                    hand_over(&app, &city, std::slice::from_ref(&given)).await;
                    visits.push(given);
                    continue;
                }
            };
            let reply = city.centre().post("/ledger/entries", &entry).await;
            assert!(matches!(reply.status, 200 | 201 | 409 | 422), "{}", reply.json);
            if reply.status == 201 {
                sent.push(entry);
            }
            if step % 20 == 19 {
                sums(&city, &season).await;
                app.ledger_holds().await;
            }
        }
        let happened = format!("{} entries, {} visits, {signed} signatures", sent.len(), visits.len());
        assert!(sent.len() > 20 && visits.len() > 20 && signed > 2, "the history happened: {happened}");
        assert_eq!(sums(&city, &season).await.len(), 2);
        app.ledger_holds().await;
    }

    async fn handovers_and_issues_leave_the_same_balances_whichever_is_heard_of_first(app: TestApp) {
        let (city, first) = stocked(&app).await;
        let team = city.team("E1").to_string();
        let mut dice = Dice(7);
        let deeds: Vec<(bool, i64)> = (0..24).map(|n| (n % 3 == 0, dice.amount() / 4 + 1)).collect();
        let mut left = Vec::new();
        for turn in 0..3_usize {
            let season = app.another_season(&city, &first).await;
            city.centre().post("/ledger/entries", &season.entry(&app, "receipt", &[season.cash(1_000_000)], &json!({}))).await.ok();
            let mut order = deeds.clone();
            order.rotate_left(turn * 7);
            if turn == 2 {
                order.reverse();
            }
            for (is_issue, amount) in order {
                if is_issue {
                    let issue = season.entry(&app, "issue", &[season.cash(amount)], &json!({"team_id": team}));
                    city.centre().post("/ledger/entries", &issue).await.ok();
                } else {
                    hand_over(&app, &city, &[handover(&app, &city, &season, amount, 0)]).await;
                }
            }
            sums(&city, &season).await;
            left.push((holds(&city, &season, "team", Some(&team)).await, holds(&city, &season, "unexplained", Some(&team)).await));
        }
        assert!(left.windows(2).all(|pair| pair[0] == pair[1]), "{left:?}");
    }
}
