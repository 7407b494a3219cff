//! The cadres' phones: each with its own chain of items, as the app on the phone keeps it.

use serde_json::{Value, json};

use super::doors::{Doors, Fault, Person, word};
use crate::kit::clock::Moment;
use crate::kit::digest::sha256_hex;
use crate::kit::id::Id;

/// A phone in somebody's hands.
pub(super) struct Phone {
    pub(super) owner: Person,
    device: Id,
    sequence: i64,
    previous: String,
}

impl Phone {
    pub(super) const fn new(owner: Person, device: Id) -> Self {
        Self { owner, device, sequence: 0, previous: String::new() }
    }

    /// Sends an item of this kind; the server must store it.
    pub(super) async fn push(&mut self, doors: &Doors, kind: &str, id: Id, made_at: Moment, clock_offset_ms: i64, body: &Value) -> Result<(), Fault> {
        self.sequence += 1;
        let text = body.to_string();
        let (sequence, previous) = (self.sequence, std::mem::take(&mut self.previous));
        let head = json!({"id": id.as_str(), "sequence": sequence, "previous": previous, "kind": kind, "made_at": made_at}).to_string();
        let device = json!({"id": self.device.as_str(), "app_version": "demo", "clock_offset_ms": clock_offset_ms});
        self.previous =
            sha256_hex(format!("{id}\n{sequence}\n{previous}\n{kind}\n{made_at}\n{hash}", id = id.as_str(), hash = sha256_hex(text.as_bytes())).as_bytes());
        // The server hashes the body as it was sent: it is put in as text.
        let item = format!("{},\"body\":{text}}}", head.trim_end_matches('}'));
        let answer = doors.send_text(&self.owner, "/field/push", format!("{{\"device\":{device},\"items\":[{item}]}}")).await?;
        match word(&answer, "/results/0/status") {
            "stored" => Ok(()),
            _ => Err(Fault(format!("a {kind} of {} was not stored: {answer}", self.owner.username))),
        }
    }
}
