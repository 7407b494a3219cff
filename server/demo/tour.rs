//! Five weeks of visits: each call becomes a visit as a phone says it, sent when a line was there, its pictures after it.

use std::collections::HashMap;

use actix_web::http::Method;
use bytes::Bytes;
use serde_json::{Value, json};

use super::album::{Album, Commission};
use super::dice::Dice;
use super::doors::{Doors, Fault};
use super::folk::Family;
use super::means::{Season, handed};
use super::oddity::Oddity;
use super::paint::sign;
use super::phone::Phone;
use super::rounds::Call;
use crate::kit::clock::{DAY_MS, HOUR_MS, MINUTE_MS, Moment, SECOND_MS};
use crate::kit::digest::sha256_hex;
use crate::kit::geo::{Datum, Point};
use crate::kit::id::Id;

/// What the visits are made of.
pub(super) struct Tour<'a> {
    pub(super) seed: u64,
    pub(super) today: Moment,
    pub(super) families: &'a [Family],
    pub(super) ids: &'a [String],
    pub(super) season: &'a Season,
    pub(super) album: Album,
    /// How many pictures were taken from the album.
    pub(super) taken: usize,
    /// The picture each team took last.
    pub(super) last: HashMap<usize, Value>,
    /// The visits that another may amend, by household.
    pub(super) amendable: HashMap<usize, Id>,
}

const NOTES: [&str; 6] = ["", "", "家中整洁,精神不错。", "已讲解医保二次报销政策。", "孩子今年高三,关心助学政策。", "老人行动不便,建议下次带血压计。"];
const NEEDS: [(&str, &str, &str); 4] = [
    ("work", "soon", "希望介绍一份离家近的工作"),
    ("medical", "soon", "想了解大病医疗互助怎么申请"),
    ("schooling", "later", "孩子明年上大学,想申请助学金"),
    ("housing", "now", "冬天水管冻裂,请社区帮忙维修"),
];

/// When a call begins.
pub(super) fn begins(call: &Call, today: Moment) -> Moment {
    let seconds = i64::try_from(call.family * 37 % 60).unwrap_or_default();
    today.plus_ms(call.day * DAY_MS + call.begins * MINUTE_MS + seconds * SECOND_MS)
}

/// When the phone had a line again.
pub(super) fn arrives(call: &Call, today: Moment) -> Moment {
    let wait = match call.oddity {
        Some(Oddity::Late) => 4 * DAY_MS + 3 * HOUR_MS,
        _ => (2 + i64::try_from(call.family % 25).unwrap_or_default()) * MINUTE_MS,
    };
    begins(call, today).plus_ms(call.minutes * MINUTE_MS + wait)
}

/// Where the cadre stood, as the phone gives it: latitude, longitude, datum.
fn stood(call: &Call, family: &Family) -> Option<(f64, f64, Datum)> {
    let home = family.home.unwrap_or(Point { latitude: 30.6, longitude: 104.1 });
    let (north, east) = call.drift_m;
    let at = Point { latitude: home.latitude + north / 110_900.0, longitude: home.longitude + east / 95_800.0 };
    let datum = if call.is_shifted { Datum::Gcj02 } else { Datum::Wgs84 };
    let given = at.to_datum(datum);
    (call.oddity != Some(Oddity::NoPosition)).then_some((given.latitude, given.longitude, datum))
}

/// The pictures of a call, with their stamps.
pub(super) fn commissions(call: &Call, n: usize, family: &Family, today: Moment) -> Vec<Commission> {
    let shot = |(k, shot): (usize, &super::rounds::Shot)| {
        let at = begins(call, today).plus_ms(shot.minute * MINUTE_MS + 8 * HOUR_MS).to_string();
        let clock = at.get(..16).unwrap_or_default().replace('T', " ");
        let place = stood(call, family).map_or_else(|| "NO FIX".to_owned(), |(n, e, _)| format!("{n:.5}N {e:.5}E ±{:.0}M", call.accuracy_m));
        Commission {
            scene: shot.scene,
            stamp: [format!("{clock}  {place}"), format!("T{} CADRE{}  #{:04}", call.team + 1, call.cadre + 1, call.family + 1)],
            label: format!("shot/{n}/{k}"),
        }
    };
    call.shots.iter().enumerate().map(shot).collect()
}

impl Tour<'_> {
    /// Makes a visit of a call and sends it with its evidence; the clock stands at its arrival.
    pub(super) async fn make(&mut self, doors: &Doors, phone: &mut Phone, n: usize, call: &Call, id: Id) -> Result<(), Fault> {
        let (Some(family), Some(household)) = (self.families.get(call.family), self.ids.get(call.family)) else { return Ok(()) };
        let mut dice = Dice::of(self.seed, &format!("visit/{n}"));
        // A phone that is off says other times than the server's.
        let offset_ms = if call.oddity == Some(Oddity::ClockOff) { 11 * MINUTE_MS } else { dice.whole(-1_500, 1_500) };
        let start = begins(call, self.today).plus_ms(-offset_ms);
        let end = start.plus_ms(call.minutes * MINUTE_MS - if call.oddity == Some(Oddity::Short) { 15_000 } else { 0 });
        let position = stood(call, family).map(|(latitude, longitude, datum)| {
            json!({"latitude": latitude, "longitude": longitude, "accuracy_m": call.accuracy_m, "taken_at": start.plus_ms(20_000), "datum": datum, "source": "gps"})
        });
        let earlier = self.amendable.get(&call.family).copied().filter(|_| call.oddity == Some(Oddity::Amended));
        let gives = call.outcome == "reached" || call.oddity == Some(Oddity::LeftAtTheDoor);
        let aid = if gives { handed(family, call.oddity, earlier.is_some()).lines(self.season) } else { Vec::new() };
        let (mut evidence, mut files) = self.photos(call, start, position.as_ref()).await?;
        let ink = if gives && call.oddity != Some(Oddity::Unsigned) {
            let blank = call.oddity == Some(Oddity::BlankSignature);
            let signature = sign(family.head.chars().count(), blank, &mut dice).map_err(Fault::of)?;
            let (file, named) = named(signature.png, "signature", "recipient", "ink", "image/png", end.plus_ms(-40_000), None);
            evidence.push(named);
            files.push((file.0, "image/png", file.1));
            Some(json!({"strokes": signature.strokes, "points": signature.points, "box_px": signature.box_px}))
        } else {
            None
        };
        let needs: Vec<Value> = (call.outcome == "reached" && dice.chance(0.12))
            .then(|| dice.pick(&NEEDS))
            .map(|(kind, urgency, words)| json!({"kind": kind, "words": words, "urgency": urgency}))
            .into_iter()
            .collect();
        let body = json!({
            "campaign_id": self.season.campaign, "household_id": household, "mode": "home", "outcome": call.outcome,
            "started_at": start, "ended_at": end, "position": position, "recipient": recipient(call, family, &mut dice), "aid": aid,
            "evidence": evidence, "signature_ink": ink, "needs": needs, "notes": note(call, &mut dice),
            "amends": earlier.map(|id| id.as_str().to_owned()), "amend_reason": earlier.map(|_| "金额录入有误,已与家属核对"),
        });
        phone.push(doors, "visit", id, end, offset_ms, &body).await?;
        self.amendable.insert(call.family, id);
        for (sha256, media_type, bytes) in files {
            doors.bring(&phone.owner, Method::PUT, &format!("/evidence/{sha256}"), media_type, bytes).await?;
        }
        Ok(())
    }

    /// The pictures a visit names, and the files of those that arrive.
    async fn photos(&mut self, call: &Call, start: Moment, position: Option<&Value>) -> Result<(Vec<Value>, Vec<(String, &'static str, Bytes)>), Fault> {
        let (mut evidence, mut files) = (Vec::new(), Vec::new());
        let never = matches!(call.oddity, Some(Oddity::NeverArrived | Oddity::StillComing));
        for (k, shot) in call.shots.iter().enumerate() {
            let picture = self.album.take(self.taken).await?;
            self.taken += 1;
            let at = start.plus_ms(if call.oddity == Some(Oddity::PhotoEarlier) { -95 * MINUTE_MS } else { shot.minute * MINUTE_MS + 9_000 });
            let source = if call.oddity == Some(Oddity::Gallery) { "gallery" } else { "camera" };
            let mut place = position.cloned();
            if let (Some(Oddity::PhotoElsewhere), Some(place)) = (call.oddity, place.as_mut()) {
                // Two kilometres to the north.
                if let Some(latitude) = place.get_mut("latitude") {
                    *latitude = json!(latitude.as_f64().unwrap_or_default() + 0.018);
                }
            }
            let (file, mut named) = named(picture, "photo", shot.scene.subject(), source, "image/jpeg", at, place);
            let reused = self.last.get(&call.team).cloned().filter(|_| call.oddity == Some(Oddity::ReusedPicture) && k == 0);
            if let Some(earlier) = reused {
                for (name, value) in named.as_object_mut().into_iter().flatten().filter(|(name, _)| matches!(name.as_str(), "sha256" | "bytes")) {
                    value.clone_from(earlier.get(name).unwrap_or(&Value::Null));
                }
            } else if !(never && k + 1 == call.shots.len()) {
                files.push((file.0, "image/jpeg", file.1));
                self.last.insert(call.team, named.clone());
            }
            evidence.push(named);
        }
        Ok((evidence, files))
    }
}

/// Evidence as an item names it, and the file under its hash.
pub(super) fn named(
    bytes: Vec<u8>,
    kind: &str,
    subject: &str,
    source: &str,
    media_type: &str,
    at: Moment,
    position: Option<Value>,
) -> ((String, Bytes), Value) {
    let sha256 = sha256_hex(&bytes);
    let value = json!({"sha256": sha256, "kind": kind, "subject": subject, "source": source, "media_type": media_type, "bytes": bytes.len(), "taken_at": at, "position": position});
    ((sha256, Bytes::from(bytes)), value)
}

fn recipient(call: &Call, family: &Family, dice: &mut Dice) -> Option<Value> {
    match (call.outcome, call.oddity) {
        (_, Some(Oddity::LeftAtTheDoor)) => Some(json!({"name": "周师傅", "relation": "other", "proxy_reason": "家中无人,请门卫代收"})),
        ("reached", Some(Oddity::Neighbour)) => Some(json!({"name": "隔壁刘婶", "relation": "neighbour"})),
        ("reached", _) => Some(match family.members.first().filter(|_| dice.chance(0.25)) {
            Some(member) => json!({"name": member.name, "relation": member.relation}),
            None => json!({"name": family.head, "relation": "self"}),
        }),
        _ => None,
    }
}

fn note(call: &Call, dice: &mut Dice) -> &'static str {
    match call.outcome {
        "reached" => dice.pick(&NOTES),
        "absent" => "敲门无人应答,电话未接。",
        "moved" => "邻居说上月已搬走,去向不明。",
        "refused" => "本人表示家里已好转,把名额留给更困难的职工。",
        "deceased" => "户主上月病故,已向家属致哀。",
        _ => "按地址未找到此户。",
    }
}
