//! Everything about an item that needs no database: read, bounded, hashed, and its receipt signed, before the one writer is asked.

use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::accounts::tokens::Keys;
use crate::campaigns::SealKeyId;
use crate::field::model::{AcknowledgeSaid, CheckSaid, Device, Item, ItemKind, ReceiptClaims};
use crate::field::rules;
use crate::kit::clock::Moment;
use crate::kit::digest::{is_sha256_hex, sha256_hex};
use crate::kit::http::json::parse;
use crate::kit::http::problem::{Code, FieldProblem, Problem};
use crate::kit::seal::PrivateKey;
use crate::ledger::Acknowledgement;
use crate::spotchecks::{Answers, AnswersSent};
use crate::visits::{Aid, Incoming, Link, VisitId, VisitSaid};

/// Receipts are told apart from other tokens by this `typ`.
const RECEIPT: &str = "receipt+jwt";
/// Time tokens are told apart from other tokens by this `typ`.
pub(super) const TIME: &str = "time+jwt";
const MOST_ITEMS: usize = 200;
/// So many are prepared in the time that another thread needs to begin.
const FEW: usize = 3;
/// No phone records more in its life.
const HIGHEST_SEQUENCE: i64 = 10_000_000;

/// What a time token says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TimeClaims {
    /// The server's time when it was handed out.
    pub(super) at: Moment,
}

/// What an item carries, by its kind.
#[derive(Debug)]
pub(in crate::field) enum Carried {
    /// A visit.
    Visit(Box<Incoming>),
    /// A lead's count of a slip.
    Acknowledge(Acknowledgement),
    /// What a household answered at a spot check.
    Check(Box<AnswersSent>),
}

/// An item, ready to be decided.
#[derive(Debug)]
pub(in crate::field) struct Prepared {
    pub(in crate::field) item: Item,
    /// SHA-256 of the body as it was sent: of the envelope's text where it came sealed.
    pub(in crate::field) hash: String,
    /// The receipt it gets when it is stored.
    pub(in crate::field) receipt: String,
    /// The newest server time the phone could prove it had seen when it sealed the item.
    pub(in crate::field) not_before_at: Option<Moment>,
    /// What it carries, or why it is refused.
    pub(in crate::field) carries: Result<Carried, Code>,
    /// The fields at fault, where it is refused as invalid.
    pub(in crate::field) faults: Vec<FieldProblem>,
}

impl Prepared {
    /// Its place in the phone's chain. The next item names its hash: SHA-256 over id, number, the hash before it, kind, time (in UTC, with
    /// milliseconds) and the hash of its body, each on a line.
    pub(in crate::field) fn link(&self) -> Link {
        let Item { id, sequence, previous, kind, made_at, .. } = &self.item;
        let hash = sha256_hex(format!("{id}\n{sequence}\n{previous}\n{kind}\n{made_at}\n{}", self.hash).as_bytes());
        Link { item_id: id.to_string(), sequence: *sequence, previous: previous.clone(), hash, not_before_at: self.not_before_at }
    }
}

/// The threads that prepare what phones push: a processor less than there are, and one at least, so that the writer has one to itself
/// however much is being read. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Hands(Arc<Semaphore>);

impl Default for Hands {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))))
    }
}

impl Hands {
    /// Checks the frame of a push and prepares its items: more than a few on a thread that serves nobody, for each costs a signature, and
    /// one that came sealed an opening.
    ///
    /// # Errors
    /// [`Code::Invalid`] for a frame that makes no sense; a single bad item is refused by itself instead.
    pub(super) async fn prepare(
        &self,
        keys: &Keys,
        opening: Opening,
        device: Device,
        items: Vec<Item>,
        now: Moment,
    ) -> Result<(Device, Vec<Prepared>), Problem> {
        if items.len() <= FEW {
            let prepared = prepare_all(keys, &opening, &device, items, now)?;
            return Ok((device, prepared));
        }
        let lost = |lost: &dyn Error| Problem::unexpected(format!("a push was lost while it was read: {lost}"));
        let turn = Arc::clone(&self.0).acquire_owned().await.map_err(|closed| lost(&closed))?;
        let keys = keys.clone();
        let work = move || {
            let _turn = turn;
            prepare_all(&keys, &opening, &device, items, now).map(|prepared| (device, prepared))
        };
        tokio::task::spawn_blocking(work).await.map_err(|ended| lost(&ended))?
    }
}

fn prepare_all(keys: &Keys, opening: &Opening, device: &Device, items: Vec<Item>, now: Moment) -> Result<Vec<Prepared>, Problem> {
    check_frame(device, &items)?;
    items.into_iter().map(|item| prepare_one(keys, opening, device, item, now)).collect()
}

/// The keys that items are sealed to, as far as this server holds them.
pub(in crate::field) type Opening = HashMap<SealKeyId, PrivateKey>;

/// So much of an envelope's text says to which key it is sealed.
const HEAD_LETTERS: usize = 28;

/// The keys that these items are sealed to.
pub(in crate::field) fn sealed_to(items: &[Item]) -> Vec<SealKeyId> {
    let key_of = |item: &Item| SealKeyId::of_envelope(&envelope(item.sealed.as_deref()?.get(..HEAD_LETTERS)?)?);
    items.iter().take(MOST_ITEMS).filter_map(key_of).collect()
}

fn envelope(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// What an item says, in the clear.
fn said<'a>(item: &'a Item, opening: &Opening) -> Result<Cow<'a, str>, Problem> {
    if let Some(body) = &item.body {
        return Ok(Cow::Borrowed(body.get()));
    }
    let broken = || Problem::of(Code::SealBroken);
    let envelope = item.sealed.as_deref().and_then(envelope).ok_or_else(broken)?;
    let id = SealKeyId::of_envelope(&envelope).ok_or_else(broken)?;
    let key = opening.get(&id).ok_or(Problem::of(Code::SealKeyUnknown))?;
    let plain = key.open(&envelope, &format!("item\n{}\n{}", item.id, item.kind)).ok_or_else(broken)?;
    Ok(Cow::Owned(String::from_utf8(plain).map_err(|_| broken())?))
}

fn check_frame(device: &Device, items: &[Item]) -> Result<(), Problem> {
    let mut faults = Vec::new();
    let mut unless = |holds: bool, pointer: String, code: &str| {
        if !holds {
            faults.push(FieldProblem::new(pointer, code));
        }
    };
    unless((1..=MOST_ITEMS).contains(&items.len()), "/items".to_owned(), if items.is_empty() { "missing" } else { "too_many" });
    unless(device.app_version.chars().count() <= 50, "/device/app_version".to_owned(), "too_long");
    unless(device.clock_offset_ms.abs() <= 10 * 365 * crate::kit::clock::DAY_MS, "/device/clock_offset_ms".to_owned(), "out_of_range");
    for (n, item) in items.iter().take(MOST_ITEMS).enumerate() {
        unless((1..=HIGHEST_SEQUENCE).contains(&item.sequence), format!("/items/{n}/sequence"), "out_of_range");
        unless(item.previous.is_empty() || is_sha256_hex(&item.previous), format!("/items/{n}/previous"), "not_sha256");
        unless(item.body.is_some() || item.sealed.is_some(), format!("/items/{n}/body"), "missing");
        unless(!items.iter().take(n).any(|other| other.id == item.id), format!("/items/{n}/id"), "duplicate");
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::invalid(faults)) }
}

fn prepare_one(keys: &Keys, opening: &Opening, device: &Device, item: Item, now: Moment) -> Result<Prepared, Problem> {
    let text = item.body.as_ref().map(|body| body.get()).or(item.sealed.as_deref()).unwrap_or_default();
    let hash = sha256_hex(text.as_bytes());
    let claims = ReceiptClaims { id: item.id, hash: hash.clone(), at: now, device: device.id, sequence: item.sequence };
    let receipt = keys.sign(RECEIPT, &claims)?;
    let (carries, faults) = match read(&item, opening, device) {
        Ok(carried) => (Ok(carried), Vec::new()),
        Err(problem) => (Err(problem.code), problem.fields),
    };
    let not_before_at = item.time_token.as_deref().and_then(|token| keys.verify::<TimeClaims>(TIME, token, &[])).map(|seen| seen.at);
    Ok(Prepared { item, hash, receipt, not_before_at, carries, faults })
}

fn read(item: &Item, opening: &Opening, device: &Device) -> Result<Carried, Problem> {
    if !matches!(item.kind, ItemKind::Visit | ItemKind::Acknowledge | ItemKind::Check) {
        return Err(Problem::of(Code::KindNotTakenYet));
    }
    let body = said(item, opening)?;
    if item.kind == ItemKind::Acknowledge {
        return acknowledgement(item, device, parse(body.as_bytes())?).map(Carried::Acknowledge);
    }
    if item.kind == ItemKind::Check {
        return answers(item, device, parse(body.as_bytes())?).map(|sent| Carried::Check(Box::new(sent)));
    }
    let said: VisitSaid = parse(body.as_bytes())?;
    let id = VisitId::parse(item.id.as_str()).ok_or(Problem::of(Code::BadRequest))?;
    let visit = Incoming { id, said, body: body.into_owned(), device: device.id, clock_offset_ms: device.clock_offset_ms };
    Ok(Carried::Visit(Box::new(visit)))
}

fn acknowledgement(item: &Item, device: &Device, said: AcknowledgeSaid) -> Result<Acknowledgement, Problem> {
    rules::faults_of_acknowledgement(&said).map_err(Problem::invalid)?;
    let signature = said.evidence.into_iter().next().ok_or_else(|| Problem::field("/evidence", "missing"))?;
    Ok(Acknowledgement {
        item_id: item.id.to_string(),
        slip_id: said.slip_id,
        campaign_id: said.campaign_id,
        lines: said.lines.into_iter().map(Aid::line).collect(),
        signature_sha256: signature.sha256,
        words: said.words,
        made_at: said.acknowledged_at.plus_ms(device.clock_offset_ms),
    })
}

fn answers(item: &Item, device: &Device, said: CheckSaid) -> Result<AnswersSent, Problem> {
    rules::faults_of_check(&said).map_err(Problem::invalid)?;
    let CheckSaid { campaign_id, check_id, asked_at, answers, evidence: pictures } = said;
    let answers = Answers { evidence: pictures.iter().map(|named| named.sha256.clone()).collect(), ..answers };
    Ok(AnswersSent { item_id: item.id.to_string(), check_id, campaign_id, answers, pictures, asked_at: asked_at.plus_ms(device.clock_offset_ms) })
}
