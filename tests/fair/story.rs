//! What an honest visit says.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use nuanfang::kit::clock::{MINUTE_MS, Moment, SECOND_MS};
use nuanfang::kit::geo::{Datum, Point};
use serde_json::{Value, json};

use super::camera::{self, Scene};
use super::dice::Dice;
use super::handset::Handset;
use super::town::{Home, around, told};

/// What every household is promised.
pub const CASH_FEN: i64 = 50_000;
/// The same in rice.
pub const RICE_MILLI: i64 = 2_000;

/// Pictures that are really taken, by their names.
pub type Album = Rc<RefCell<HashMap<String, Vec<u8>>>>;

/// What visits name.
#[derive(Clone)]
pub struct Means {
    pub campaign: String,
    /// Where pictures are kept, in the runs that take them.
    pub album: Option<Album>,
    /// One for whatever purpose, one for living.
    pub funds: [String; 2],
    pub rice: String,
}

/// How a visit goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Delivered,
    Absent,
    Moved,
    Refused,
    Ward,
    Workplace,
    Called,
}

/// When it was, truly.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub from: Moment,
    pub to: Moment,
}

/// A fix as honest phones give it: within its accuracy two times in three, never further off than half as much again.
pub fn fix(dice: &mut Dice, phone: &Handset, place: Point, at: Moment) -> Value {
    let indoors = dice.percent(20.0);
    let accuracy_m = if indoors { dice.within(80.0, 300.0) } else { dice.within(4.0, 40.0) };
    let sigma = (-(1.0 - dice.unit()).ln()).sqrt();
    let mut off = (accuracy_m * 0.94 * sigma).min(accuracy_m * 1.5);
    let mut accuracy_m = accuracy_m;
    if dice.percent(5.0) {
        // Between high walls a fix drifts, and says so.
        off = dice.within(60.0, 150.0);
        accuracy_m = accuracy_m.max(off * dice.within(0.8, 1.5));
    }
    let mut position = told(around(dice, place, off), phone.datum);
    let since = dice.between(0, 20_000);
    position["accuracy_m"] = json!(accuracy_m);
    position["taken_at"] = json!(phone.shows(at.plus_ms(since)));
    position["source"] = json!(if indoors { "network" } else { "gps" });
    position
}

/// A phone, and where its pictures are kept.
type Pocket<'a> = (&'a Handset, &'a Option<Album>);

/// A picture or a signature; it is nobody else's.
fn named(dice: &mut Dice, (phone, album): Pocket<'_>, kind: &str, place: Option<Point>, at: Moment) -> Value {
    let (subject, source, media_type) = if kind == "signature" { ("recipient", "ink", "image/png") } else { ("handover", "camera", "image/jpeg") };
    let sha256 = match album {
        None => dice.sha256(),
        Some(album) => {
            let bytes = if kind == "signature" { camera::ink(dice) } else { Scene::of(dice).taken(85) };
            let name = camera::name(&bytes);
            album.borrow_mut().insert(name.clone(), bytes);
            name
        }
    };
    let mut evidence = json!({
        "sha256": sha256, "kind": kind, "subject": subject, "source": source, "media_type": media_type,
        "bytes": dice.between(8_000, 400_000), "taken_at": phone.shows(at)
    });
    // Many phones and browsers strip the place.
    if let Some(place) = place.filter(|_| dice.percent(60.0)) {
        evidence["position"] = fix(dice, phone, place, at);
    }
    evidence
}

fn evidence(dice: &mut Dice, pocket: Pocket<'_>, photos: i64, signed: bool, place: Option<Point>, span: Span) -> Value {
    let lasts = span.to.since(span.from);
    let mut all = Vec::new();
    for _ in 0..photos {
        // Now and then one of the stairs before, or of the street after.
        let slack = if dice.percent(5.0) { 20 * MINUTE_MS } else { 0 };
        let at = span.from.plus_ms(dice.between(-slack, lasts + slack));
        all.push(named(dice, pocket, "photo", place, at));
    }
    if signed {
        all.push(named(dice, pocket, "signature", None, span.to.plus_ms(-10 * SECOND_MS)));
    }
    json!(all)
}

/// Everything promised, out of one fund or the other.
fn aid(dice: &mut Dice, means: &Means) -> Value {
    let fund = usize::from(dice.percent(30.0));
    json!([{"kind": "cash", "fund_id": means.funds[fund], "amount_fen": CASH_FEN}, {"kind": "goods", "item_id": means.rice, "quantity_milli": RICE_MILLI}])
}

fn recipient(dice: &mut Dice, home: &Home) -> Value {
    if dice.percent(4.0) {
        return json!({"name": "隔壁王姨", "relation": "neighbour", "proxy_reason": "户主住院,委托邻居代领"});
    }
    match &home.member {
        Some(member) if dice.percent(25.0) => json!({"name": member, "relation": "spouse"}),
        _ => json!({"name": home.head, "relation": "self"}),
    }
}

/// A visit to a household, as its cadre tells it.
pub fn visit(dice: &mut Dice, phone: &Handset, means: &Means, home: &Home, turn: Turn, place: Point, span: Span) -> Value {
    let (mode, outcome) = match turn {
        Turn::Delivered => ("home", "reached"),
        Turn::Absent => ("home", "absent"),
        Turn::Moved => ("home", "moved"),
        Turn::Refused => ("home", "refused"),
        Turn::Ward => ("ward", "reached"),
        Turn::Workplace => ("workplace", "reached"),
        Turn::Called => ("phone", "reached"),
    };
    let delivers = matches!(turn, Turn::Delivered | Turn::Ward | Turn::Workplace);
    let photos = match turn {
        Turn::Called | Turn::Refused => 0,
        Turn::Absent | Turn::Moved => 1,
        _ => dice.between(1, 3),
    };
    let here = (turn != Turn::Called).then_some(place);
    let mut said = json!({
        "campaign_id": means.campaign, "household_id": home.id, "mode": mode, "outcome": outcome,
        "started_at": phone.shows(span.from), "ended_at": phone.shows(span.to),
        "evidence": evidence(dice, (phone, &means.album), photos, delivers, here, span), "notes": ""
    });
    if here.is_some() {
        said["position"] = fix(dice, phone, place, span.from);
    }
    if delivers {
        said["aid"] = aid(dice, means);
        said["recipient"] = recipient(dice, home);
        said["signature_ink"] =
            json!({"strokes": dice.between(2, 9), "points": dice.between(40, 300), "box_px": [dice.between(120, 300), dice.between(50, 140)]});
    }
    said
}

/// Comforting a group at its workplace: everybody signs for what they get.
pub fn group(dice: &mut Dice, phone: &Handset, means: &Means, serial: usize, place: Point, span: Span) -> (Value, i64) {
    let people = dice.between(6, 20);
    let line = |n: i64| json!({"name": format!("职工{serial}-{n}"), "id_number": crate::kit::street::id_number(400_000 + serial * 30 + n as usize), "amount_fen": 20_000});
    let mut recipients: Vec<Value> = (0..people).map(line).collect();
    let mut pictures = evidence(dice, (phone, &means.album), 2, false, Some(place), span);
    for recipient in &mut recipients {
        let signature = named(dice, (phone, &means.album), "signature", None, span.to.plus_ms(-MINUTE_MS));
        recipient["signature"] = signature["sha256"].clone();
        pictures.as_array_mut().expect("a list").push(signature);
    }
    let total = people * 20_000;
    let enterprise = dice.id(span.from);
    let said = json!({
        "campaign_id": means.campaign, "enterprise_id": enterprise, "mode": "collective", "outcome": "reached",
        "started_at": phone.shows(span.from), "ended_at": phone.shows(span.to), "position": fix(dice, phone, place, span.from),
        "aid": [{"kind": "cash", "fund_id": means.funds[0], "amount_fen": total}], "group": {"recipients": recipients, "total_fen": total},
        "evidence": pictures, "notes": ""
    });
    (said, total)
}

/// A household's own datum, for the file.
pub fn picked(dice: &mut Dice, place: Point) -> Value {
    told(around(dice, place, 20.0), Datum::Gcj02)
}
