//! A phone: keeps its own chain of items, pushes them, sends pictures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Value, json};

use nuanfang::kit::clock::{Chance, MINUTE_MS, Moment};
use nuanfang::kit::digest::sha256_hex;
use nuanfang::kit::id::Id;
use nuanfang::kit::seal::PublicKey;

use super::people::{Person, Reply};

/// A cadre's phone.
pub struct Phone {
    /// Its id.
    pub device: String,
    /// How many items it has made.
    pub sequence: i64,
    previous: String,
    chance: Chance,
    /// Server's clock minus its own.
    pub clock_offset_ms: i64,
}

/// What a visit says, before it is sealed into an item; tests change what they like.
#[derive(Clone)]
pub struct Told(pub Value);

impl Phone {
    /// A phone out of the box.
    pub fn new(now: Moment) -> Self {
        let chance = Chance::system();
        Self { device: Id::fresh(now, &chance).as_str().to_owned(), sequence: 0, previous: String::new(), chance, clock_offset_ms: 0 }
    }

    /// Seals a body into the next item of the chain.
    pub fn item(&mut self, kind: &str, body: &Value, made_at: Moment) -> Value {
        self.sequence += 1;
        let id = Id::fresh(made_at, &self.chance).as_str().to_owned();
        let item = json!({"id": id, "sequence": self.sequence, "previous": self.previous, "kind": kind, "made_at": made_at.to_string(), "body": body});
        let hash = sha256_hex(body.to_string().as_bytes());
        self.previous = sha256_hex(format!("{id}\n{}\n{}\n{kind}\n{made_at}\n{hash}", self.sequence, self.previous).as_bytes());
        item
    }

    /// Seals a body to a campaign's key, as the pull gave it, into the next item of the chain.
    pub fn sealed_item(&mut self, key: &Value, kind: &str, body: &Value, made_at: Moment) -> Value {
        let mut item = self.item(kind, body, made_at);
        let sealed = sealed_to(key, body.to_string().as_bytes(), &format!("item\n{}\n{kind}", item["id"].as_str().expect("an id")));
        let fields = item.as_object_mut().expect("an object");
        fields.remove("body");
        fields.insert("sealed".into(), json!(STANDARD.encode(&sealed)));
        item
    }

    /// The body of a push.
    pub fn parcel(&self, items: &[Value]) -> Value {
        json!({"device": {"id": self.device, "app_version": "0.1.0", "clock_offset_ms": self.clock_offset_ms}, "items": items})
    }

    /// Pushes items.
    pub async fn push(&self, cadre: &Person, items: &[Value]) -> Reply {
        cadre.post("/field/push", &self.parcel(items)).await
    }
}

/// An envelope to a key as a pull gives it.
pub fn sealed_to(key: &Value, plain: &[u8], what: &str) -> Vec<u8> {
    let public = PublicKey::of(&STANDARD.decode(key["public_key"].as_str().expect("a key")).expect("base64")).expect("a point");
    public.seal(Id::parse(key["id"].as_str().expect("an id")).expect("a UUID"), plain, what, &Chance::system()).expect("an envelope")
}

/// A lead's count of a slip, signed: the body of an item of kind `acknowledge`.
pub fn count(campaign: &str, slip: &Value, lines: &[Value], words: &str, at: Moment) -> Value {
    let signature = sha256_hex(format!("signature of {slip}").as_bytes());
    json!({
        "campaign_id": campaign,
        "slip_id": slip,
        "lines": lines,
        "evidence": [{
            "sha256": signature, "kind": "signature", "subject": "recipient", "source": "ink", "media_type": "image/png", "bytes": 1_000, "taken_at": at
        }],
        "signature_ink": {"strokes": 4, "points": 160, "box_px": [280, 110]},
        "acknowledged_at": at,
        "words": words
    })
}

/// Sends a picture under its hash; answers the hash.
pub async fn send_picture(cadre: &Person, bytes: &[u8], media_type: &str) -> (String, Reply) {
    let sha256 = sha256_hex(bytes);
    let reply = cadre.call(Method::PUT, &format!("/evidence/{sha256}")).header("Content-Type", media_type.to_owned()).body(bytes.to_vec()).send().await;
    (sha256, Reply::of(reply.expect("an answer")).await)
}

/// A spot of a household's own, somewhere on a few hectares: no two honest fixes are the same.
fn somewhere(household: &Value) -> Value {
    let hash = sha256_hex(household.as_str().unwrap_or_default().as_bytes());
    let part = |from: usize| f64::from(u32::from_str_radix(&hash[from..from + 6], 16).expect("hexadecimal")) / f64::from(0x0100_0000);
    json!({"latitude": 30.66 + part(0) * 0.003, "longitude": 104.08 + part(6) * 0.003, "datum": "wgs84"})
}

impl Told {
    /// An honest visit: at the home, reached, two minutes and a half long, everything entitled handed over to the head.
    pub fn honest(campaign: &str, household: &Value, entitlement: &Value, fund: &str, started_at: Moment) -> Self {
        let ended_at = started_at.plus_ms(5 * MINUTE_MS);
        let mut aid = Vec::new();
        if entitlement["cash_fen"].as_i64().unwrap_or_default() > 0 {
            aid.push(json!({"kind": "cash", "fund_id": fund, "amount_fen": entitlement["cash_fen"]}));
        }
        for goods in entitlement["goods"].as_array().into_iter().flatten() {
            aid.push(json!({"kind": "goods", "item_id": goods["item_id"], "quantity_milli": goods["quantity_milli"]}));
        }
        let position = if household["home"].is_null() { somewhere(&household["id"]) } else { household["home"].clone() };
        Self(json!({
            "campaign_id": campaign,
            "household_id": household["id"],
            "mode": "home",
            "outcome": "reached",
            "started_at": started_at.to_string(),
            "ended_at": ended_at.to_string(),
            "position": {
                "latitude": position["latitude"], "longitude": position["longitude"], "datum": position["datum"],
                "accuracy_m": 12.0, "taken_at": started_at.to_string(), "source": "gps"
            },
            "recipient": {"name": household["head_name"], "relation": "self"},
            "aid": aid,
            "evidence": [],
            "signature_ink": {"strokes": 4, "points": 160, "box_px": [280, 110]},
            "notes": ""
        }))
    }

    /// Names evidence.
    #[must_use]
    pub fn with_evidence(mut self, sha256: &str, kind: &str, bytes: usize, taken_at: Moment) -> Self {
        let (subject, source, media_type) = if kind == "signature" { ("recipient", "ink", "image/png") } else { ("handover", "camera", "image/jpeg") };
        let evidence = json!({
            "sha256": sha256, "kind": kind, "subject": subject, "source": source, "media_type": media_type, "bytes": bytes, "taken_at": taken_at.to_string()
        });
        self.0["evidence"].as_array_mut().expect("a list").push(evidence);
        self
    }

    /// Says something else.
    #[must_use]
    pub fn saying(mut self, key: &str, value: Value) -> Self {
        self.0[key] = value;
        self
    }
}
