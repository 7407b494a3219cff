//! The leads sign for what their teams were given and gave back, each on a phone of their own. One has not come round to it, and one
//! counted something else than the store.

use actix_web::http::Method;
use bytes::Bytes;
use serde_json::{Value, json};

use super::dice::Dice;
use super::doors::{Doors, Fault, word};
use super::paint::sign;
use super::phone::Phone;
use super::places::STATIONS;
use super::tour::named;
use crate::kit::clock::Moment;
use crate::kit::id::Id;

/// The team whose lead has not signed, from 0.
const NOT_YET: usize = 4;

/// The leads' phones.
pub(super) struct Leads {
    seed: u64,
    phones: Vec<Phone>,
}

impl Leads {
    /// Every team's lead with a phone.
    pub(super) async fn enter(doors: &Doors, seed: u64, device: &mut impl FnMut() -> Id) -> Result<Self, Fault> {
        let mut phones = Vec::new();
        for lead in 1..=STATIONS.len() {
            phones.push(Phone::new(doors.sign_in(&format!("lead{lead}")).await?, device()));
        }
        Ok(Self { seed, phones })
    }

    /// Signs everything that waits; what comes back to the store is counted one short.
    pub(super) async fn sign(&mut self, doors: &Doors, now: Moment, id: &mut impl FnMut() -> Id) -> Result<(), Fault> {
        for (n, phone) in self.phones.iter_mut().enumerate().filter(|(n, _)| *n != NOT_YET) {
            let pulled = doors.read(&phone.owner, "/field/pull").await?;
            let slips = pulled.get("slips").and_then(Value::as_array).cloned().unwrap_or_default();
            for slip in slips.iter().filter(|slip| slip.get("may_sign") == Some(&json!(true))) {
                let mut dice = Dice::of(self.seed, &format!("slip/{n}/{}", word(slip, "/kind")));
                let signature = sign(3, false, &mut dice).map_err(Fault::of)?;
                let (file, evidence) = named(signature.png, "signature", "recipient", "ink", "image/png", now, None);
                let mut body = counted(slip);
                body.insert("evidence".to_owned(), json!([evidence]));
                body.insert("signature_ink".to_owned(), json!({"strokes": signature.strokes, "points": signature.points, "box_px": signature.box_px}));
                body.insert("acknowledged_at".to_owned(), json!(now));
                phone.push(doors, "acknowledge", id(), now, 0, &Value::Object(body)).await?;
                let (sha256, bytes): (String, Bytes) = file;
                doors.bring(&phone.owner, Method::PUT, &format!("/evidence/{sha256}"), "image/png", bytes).await?;
            }
        }
        Ok(())
    }
}

/// What a lead counted of a slip.
fn counted(slip: &Value) -> serde_json::Map<String, Value> {
    let is_return = word(slip, "/kind") == "return";
    let mut lines = Vec::new();
    for line in slip.get("lines").and_then(Value::as_array).into_iter().flatten() {
        let amount = line.get("amount").and_then(Value::as_i64).unwrap_or_default();
        lines.push(match word(line, "/kind") {
            "cash" => json!({"kind": "cash", "fund_id": line.get("fund_id"), "amount_fen": amount}),
            _ => json!({"kind": "goods", "item_id": line.get("item_id"), "quantity_milli": if is_return { amount - 1_000 } else { amount }}),
        });
    }
    let words = if is_return { "库房记一袋面粉,组里核对未退面粉,只退了现金" } else { "" };
    let body = json!({"campaign_id": slip.get("campaign_id"), "slip_id": slip.get("id"), "lines": lines, "words": words});
    body.as_object().cloned().unwrap_or_default()
}
