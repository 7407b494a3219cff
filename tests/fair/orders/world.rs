//! A small world: two teams, six households, four phones, and everything that can go wrong between them.

use nuanfang::kit::clock::{DAY_MS, HOUR_MS, MINUTE_MS, Moment};
use nuanfang::kit::geo::Datum;
use serde_json::{Value, json};

use super::deeds::Deed;
use super::{Ground, Planned};
use crate::crew::Crew;
use crate::dice::Dice;
use crate::handset::Handset;
use crate::kit::phone::count;
use crate::kit::season::Season;
use crate::kit::street::id_number;
use crate::town::{Home, MIDDLE, moved, told};

const HOMES: usize = 6;
const CASH_FEN: i64 = 50_000;
const RICE_MILLI: i64 = 2_000;

pub struct World {
    pub season: Season,
    pub crew: Crew,
    pub homes: Vec<Home>,
    pub phones: Vec<Handset>,
    pub names: Vec<(String, String)>,
    pub end: Moment,
    dice: Dice,
    opens: Moment,
    first: usize,
    plan: Vec<Planned>,
    /// The last change of each file: a desk makes them one after the other.
    changed: [Option<usize>; HOMES],
}

impl World {
    /// Makes it, and plans what happens in it.
    pub async fn new(ground: &Ground, number: usize) -> (Self, Vec<Planned>) {
        let mut dice = Dice::new(0xC0FFEE ^ (number as u64) << 20);
        let opens = Moment::parse("2027-01-20T08:00:00+08:00").expect("a time");
        let season = ground.app.another_season(&ground.city, &ground.like).await;
        let crew = ground.app.crew(&ground.city, &mut dice, &format!("w{number}"), 2, opens.plus_ms(-60 * DAY_MS)).await;
        let ids: Vec<String> = (0..HOMES).map(|n| dice.id(opens.plus_ms(-40 * DAY_MS + n as i64))).collect();
        let home = |n: usize| Home {
            id: ids[n].clone(),
            team: usize::from((3..5).contains(&n)),
            head: format!("户主{n}"),
            member: None,
            place: moved(MIDDLE, 300.0 * n as f64, 0.0),
            on_file: Some((moved(MIDDLE, 300.0 * n as f64, 10.0), Datum::Wgs84)),
            courtyard: n,
        };
        let homes: Vec<Home> = (0..HOMES).map(home).collect();
        let first = number * HOMES;
        ground.app.settle(&ground.city, &crew.teams, &homes, opens, first).await;
        let unapproved = format!("UPDATE households SET status = 'reviewed', approved_at = NULL WHERE id = '{}'", homes[5].id);
        ground.app.sql(unapproved).await;
        let rice = [json!({"item_id": season.rice, "quantity_milli": RICE_MILLI})];
        let standards = json!([Season::standard("sudden", CASH_FEN, &rice)]);
        let centre = ground.app.at_the_door(&ground.centre);
        centre.put(&format!("/campaigns/{}/standards", season.campaign), &standards).await.ok();
        centre.post(&format!("/campaigns/{}/open", season.campaign), &json!({})).await.ok();
        let mut dice = dice.of();
        let phones = (0..5).map(|n| Handset::new(&mut dice, opens.plus_ms(-30 * DAY_MS + n))).collect();
        let mut names =
            vec![(season.campaign.clone(), "campaign".to_owned()), (season.fund.clone(), "fund".to_owned()), (season.rice.clone(), "rice".to_owned())];
        names.extend(homes.iter().enumerate().map(|(n, home)| (home.id.clone(), format!("home {n}"))));
        names.extend(crew.teams.iter().enumerate().map(|(n, team)| (team.clone(), format!("team {n}"))));
        let end = opens.plus_ms(26 * DAY_MS);
        let mut world = Self { season, crew, homes, phones, names, end, dice, opens, first, plan: Vec::new(), changed: [None; HOMES] };
        world.story(ground);
        let plan = std::mem::take(&mut world.plan);
        (world, plan)
    }

    fn at(&self, day: i64, hour: i64, minute: i64) -> Moment {
        self.opens.plus_ms(day * DAY_MS + (hour - 8) * HOUR_MS + minute * MINUTE_MS)
    }

    fn plan(&mut self, at: Moment, needs: &[usize], deed: Deed) -> usize {
        self.plan.push(Planned { at, needs: needs.to_vec(), deed });
        self.plan.len() - 1
    }

    /// A change of a file, after the one before.
    fn change(&mut self, n: usize, at: Moment, needs: &[usize], deed: Deed) -> usize {
        let mut needs = needs.to_vec();
        needs.extend(self.changed[n]);
        let planned = self.plan(at, &needs, deed);
        self.changed[n] = Some(planned);
        planned
    }

    /// A picture by its name.
    fn picture(&mut self, name: &str) -> String {
        let name = format!("picture of {name}");
        if let Some((id, _)) = self.names.iter().find(|(_, known)| *known == name) {
            return id.clone();
        }
        let sha256 = self.dice.sha256();
        self.names.push((sha256.clone(), name));
        sha256
    }

    /// A visit that delivers all that was promised.
    fn visit(&mut self, n: usize, at: Moment, photo: &str) -> Value {
        let photo = self.picture(photo);
        let signature = self.picture(&format!("signature {n} {at}"));
        let evidence = |sha256: &str, kind: &str, source: &str| {
            json!({
                "sha256": sha256, "kind": kind, "subject": "handover", "source": source, "media_type": "image/jpeg", "bytes": 9_000, "taken_at": at
            })
        };
        let mut position = told(moved(self.homes[n].place, 3.0 * (at.ms() / MINUTE_MS % 17) as f64, 0.0), Datum::Wgs84);
        position["accuracy_m"] = json!(12.0);
        position["taken_at"] = json!(at);
        position["source"] = json!("gps");
        json!({
            "campaign_id": self.season.campaign, "household_id": self.homes[n].id, "mode": "home", "outcome": "reached",
            "started_at": at, "ended_at": at.plus_ms(6 * MINUTE_MS), "position": position,
            "recipient": {"name": self.homes[n].head, "relation": "self"},
            "aid": [self.season.cash(CASH_FEN), self.season.rice(RICE_MILLI)],
            "evidence": [evidence(&photo, "photo", "camera"), evidence(&signature, "signature", "ink")],
            "signature_ink": {"strokes": 4, "points": 160, "box_px": [280, 110]}, "notes": ""
        })
    }

    /// Seals a visit on a phone under a name.
    fn seal(&mut self, phone: usize, name: &str, said: &Value) -> Value {
        let ended_at = Moment::parse(said["ended_at"].as_str().expect("a time")).expect("a time");
        // Ids sort by time: no two are sealed in one millisecond, so that they sort the same in every world.
        let sealed_at = ended_at.plus_ms(20_000 + self.phones[phone].sequence);
        let item = self.phones[phone].seal(&mut self.dice, said, sealed_at);
        self.names.push((item["id"].as_str().expect("an id").to_owned(), name.to_owned()));
        item
    }

    fn push(&mut self, (phone, cadre): (usize, usize), at: Moment, items: Vec<Value>) -> usize {
        self.plan(at, &[], Deed::Push { phone, cadre, items })
    }

    fn book(&mut self, name: &str, kind: &str, at: Moment, lines: &[Value], rest: &Value) -> Value {
        let id = self.dice.id(at);
        self.names.push((id.clone(), name.to_owned()));
        let mut entry = json!({"id": id, "kind": kind, "campaign_id": self.season.campaign, "happened_at": at, "words": "按计划", "lines": lines});
        for (key, value) in rest.as_object().expect("an object") {
            entry[key] = value.clone();
        }
        entry
    }

    fn story(&mut self, ground: &Ground) {
        self.means();
        self.files();
        self.first_team(ground);
        self.second_team(ground);
        let limits = json!({"distance_limit_m": 120, "minimum_visit_s": 480});
        let at = self.at(8, 9, 0);
        self.plan(at, &[], Deed::Policy(limits));
        let scene = self.dice.of().below(1 << 62) as u64;
        for (n, (picture, day)) in [("home 0", 1), ("home 1", 2), ("home 4", 12), ("amended", 3), ("found", 2)].into_iter().enumerate() {
            let (name, at) = (self.picture(picture), self.at(day, 21, n as i64));
            let arrived = self.plan(at, &[], Deed::Arrive(vec![name.clone()])); // The same scene twice, three bits apart.
            if ["home 0", "amended"].contains(&picture) {
                self.plan(at.plus_ms(HOUR_MS), &[arrived], Deed::Drawn(name, scene ^ if n == 0 { 0 } else { 0b1_0101 }));
            }
        }
    }

    fn means(&mut self) {
        let lines = |s: &Season, times: i64| [s.cash(times * CASH_FEN), s.rice(times * RICE_MILLI)];
        let (fund, teams) = (self.season.fund.clone(), self.crew.teams.clone());
        let (much, own, three, two) = (lines(&self.season, 40), lines(&self.season, 10), lines(&self.season, 3), lines(&self.season, 2));
        let (ten, one) = (self.season.cash(10 * CASH_FEN), self.season.cash(20_000));
        let receipt = self.book("receipt", "receipt", self.at(0, 8, 1), &much, &json!({"fund_id": fund}));
        let receipt = self.plan(self.at(0, 8, 1), &[], Deed::Book(receipt));
        let issue = self.book("issue 0", "issue", self.at(0, 9, 0), &own, &json!({"team_id": teams[0]}));
        let issued = self.plan(self.at(0, 9, 0), &[receipt], Deed::Book(issue));
        let issue = self.book("issue 1", "issue", self.at(0, 9, 1), &three, &json!({"team_id": teams[1]}));
        let second = issue["id"].clone();
        let second_issued = self.plan(self.at(0, 9, 1), &[receipt], Deed::Book(issue));
        // Its lead counts a hundred yuan less, and offline.
        let counted = [self.season.cash(3 * CASH_FEN - 10_000), self.season.rice(3 * RICE_MILLI)];
        self.count((3, 3), self.at(0, 10, 0), &second, &counted, second_issued);
        // More, and by mistake far too much, which is taken back: the team must hold it then, whatever of its handovers is known.
        let more = self.book("more", "issue", self.at(4, 9, 0), &two, &json!({"team_id": teams[0]}));
        let more_id = more["id"].clone();
        let more = self.plan(self.at(4, 9, 0), &[receipt], Deed::Book(more));
        self.count((4, 0), self.at(4, 10, 0), &more_id, &two, more);
        let wrong = self.book("wrong", "issue", self.at(5, 9, 0), &[ten], &json!({"team_id": teams[0]}));
        let wrong_id = wrong["id"].clone();
        let wrong = self.plan(self.at(5, 9, 0), &[receipt], Deed::Book(wrong));
        let mut back = self.book("taken back", "reversal", self.at(6, 9, 0), &[], &json!({"reverses": wrong_id}));
        back.as_object_mut().expect("an object").remove("lines");
        let back = self.plan(self.at(6, 9, 0), &[issued, wrong, more], Deed::Book(back));
        let returned = self.book("return", "return", self.at(7, 9, 0), &[one], &json!({"team_id": teams[0]}));
        self.plan(self.at(7, 9, 0), &[back], Deed::Book(returned));
    }

    /// A lead counts a slip and signs for it.
    fn count(&mut self, (phone, lead): (usize, usize), at: Moment, slip: &Value, lines: &[Value], booked: usize) {
        let item = self.phones[phone].seal_as(&mut self.dice, "acknowledge", &count(&self.season.campaign, slip, lines, "点过了", at), at);
        self.plan(at.plus_ms(DAY_MS), &[booked], Deed::Push { phone, cadre: lead, items: vec![item] });
    }

    fn files(&mut self) {
        let objection = self.dice.id(self.at(1, 9, 0));
        let object = json!({"step": "object", "id": objection, "words": "他家另有住房"});
        let answer = json!({"step": "answer", "objection_id": objection, "upheld": false, "words": "已入户核实"});
        self.change(4, self.at(1, 9, 0), &[], Deed::Step(4, object));
        self.change(4, self.at(3, 9, 0), &[], Deed::Step(4, answer));
        let elsewhere = told(moved(MIDDLE, 4_000.0, 4_000.0), Datum::Gcj02);
        self.change(1, self.at(3, 10, 0), &[], Deed::Correct(1, json!({"home": elsewhere, "remarks": "已搬迁"})));
        let wrong = told(moved(self.homes[3].place, 900.0, 0.0), Datum::Wgs84);
        self.change(3, self.at(0, 10, 0), &[], Deed::Correct(3, json!({"home": wrong})));
        self.change(3, self.at(3, 11, 0), &[], Deed::Assign(3, 0));
        self.change(5, self.at(0, 11, 0), &[], Deed::Step(5, json!({"step": "publish"})));
        let approved = self.change(5, self.at(5, 11, 0), &[], Deed::Approve(5));
        self.plan(self.at(5, 12, 0), &[approved], Deed::Freeze);
    }

    fn first_team(&mut self, ground: &Ground) {
        self.phones[0].token = Some(ground.app.time_token(self.at(0, 8, 0)));
        let v0 = self.visit(0, self.at(1, 10, 0), "home 0");
        let mut v1 = self.visit(1, self.at(1, 10, 30), "home 1");
        let mut v3 = self.visit(2, self.at(1, 11, 30), "home 2");
        // One position for three doors.
        v1["position"] = v0["position"].clone();
        v3["position"] = v0["position"].clone();
        let (v0, v1) = (self.seal(0, "v0", &v0), self.seal(0, "v1", &v1));
        let never = self.visit(2, self.at(1, 11, 0), "never");
        self.seal(0, "never", &never);
        let v3 = self.seal(0, "v3", &v3);
        self.push((0, 0), self.at(1, 19, 0), vec![v0, v1]);
        self.push((0, 0), self.at(2, 19, 0), vec![v3]);
        self.phones[0].token = Some(ground.app.time_token(self.at(6, 8, 0)));
        let late = self.visit(2, self.at(3, 15, 0), "late");
        let late = self.seal(0, "late", &late);
        self.push((0, 0), self.at(6, 19, 0), vec![late]);
        // Another phone, without tokens, and its clone.
        let v5 = self.visit(3, self.at(2, 10, 0), "home 3");
        let v5 = self.seal(1, "v5", &v5);
        self.push((1, 1), self.at(2, 19, 30), vec![v5]);
        let mut clone = self.phones[1].copy_of();
        let mut v8 = self.visit(1, self.at(2, 10, 12), "home 0");
        v8["position"]["latitude"] = json!(31.05);
        let v8 = self.seal(1, "v8", &v8);
        self.push((1, 1), self.at(2, 20, 0), vec![v8]);
        let v9 = self.visit(4, self.at(2, 12, 0), "clone");
        let sealed_at = self.at(2, 12, 7);
        let v9 = clone.seal(&mut self.dice, &v9, sealed_at);
        self.names.push((v9["id"].as_str().expect("an id").to_owned(), "v9".to_owned()));
        self.push((1, 2), self.at(2, 20, 30), vec![v9]);
        let v10 = self.visit(5, self.at(4, 10, 0), "home 5");
        let v10 = self.seal(1, "v10", &v10);
        self.push((1, 1), self.at(9, 20, 0), vec![v10]);
        let mut v14 = self.visit(3, self.at(15, 10, 0), "unbounded");
        v14["outcome"] = json!("absent");
        v14["aid"] = json!([]);
        let v14 = self.seal(1, "v14", &v14);
        self.push((1, 1), self.at(18, 20, 0), vec![v14]);
    }

    fn second_team(&mut self, ground: &Ground) {
        self.phones[2].token = Some(ground.app.time_token(self.at(0, 8, 0)));
        let v4 = self.visit(0, self.at(1, 9, 0), "second team");
        let v4 = self.seal(2, "v4", &v4);
        self.push((2, 3), self.at(1, 20, 0), vec![v4]);
        let mut little = self.visit(4, self.at(2, 9, 0), "home 4");
        little["aid"] = json!([self.season.cash(5_000), self.season.rice(RICE_MILLI)]);
        let little = self.seal(2, "little", &little);
        let mut amending = self.visit(4, self.at(2, 9, 0), "amended");
        amending["amends"] = little["id"].clone();
        amending["amend_reason"] = json!("少录一个零");
        let amending = self.seal(2, "amending", &amending);
        self.push((2, 3), self.at(2, 20, 10), vec![little]);
        self.push((2, 3), self.at(3, 20, 10), vec![amending]);
        let mut group = self.visit(0, self.at(3, 10, 0), "group");
        let line = |serial: usize| json!({"name": format!("职工{serial}"), "id_number": id_number(serial), "amount_fen": 60_000, "signature": null});
        group["household_id"] = Value::Null;
        group["recipient"] = Value::Null;
        group["mode"] = json!("collective");
        group["aid"] = json!([self.season.cash(150_000)]);
        group["group"] = json!({"recipients": [line(self.first), line(900_000 - self.first)], "total_fen": 150_000});
        let group = self.seal(2, "group", &group);
        let mut found = self.visit(0, self.at(3, 14, 0), "found");
        found["household_id"] = Value::Null;
        found["found"] = json!({"name": "孙七", "address": "桥洞下"});
        let found = self.seal(2, "found", &found);
        let mut again = self.visit(0, self.at(3, 14, 0), "found again");
        again["household_id"] = Value::Null;
        again["found"] = json!({"name": "孙七", "address": "桥洞东侧"});
        again["amends"] = found["id"].clone();
        again["amend_reason"] = json!("地址有误");
        let again = self.seal(2, "found again", &again);
        self.push((2, 3), self.at(3, 20, 20), vec![group]);
        self.push((2, 4), self.at(4, 20, 20), vec![found]);
        self.push((2, 3), self.at(4, 21, 0), vec![again]);
    }
}
