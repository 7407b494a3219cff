//! Envelopes cross both ways: what the phone's code seals is opened here, and what is sealed here the phone's language opens.
//! `CROSSINGS=10000 cargo test --test crossing` crosses as often; the app's packages must be there (`make web`).
#![expect(clippy::expect_used, reason = "tests may fail loudly")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nuanfang::kit::clock::{Chance, Clock};
use nuanfang::kit::id::Id;
use nuanfang::kit::seal::{PrivateKey, PublicKey, pair_of};
use serde_json::{Value, json};

fn crossings() -> usize {
    std::env::var("CROSSINGS").map_or(200, |text| text.parse().expect("a number"))
}

fn key() -> (PrivateKey, PublicKey, Id) {
    let chance = Chance::system();
    let (private, public) = pair_of(&chance.bytes());
    (private, public, Id::fresh(Clock::system().now(), &chance))
}

fn node(arguments: &[&str]) -> Child {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/pwa/scripts/crossing.mjs");
    let command = Command::new("node").arg(script).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    command.expect("Node is there")
}

#[test]
fn what_the_phone_seals_is_opened_here_and_no_changed_bit_is() {
    let (private, public, id) = key();
    let mut phone = node(&["seal", &STANDARD.encode(public.bytes()), id.as_str(), &crossings().to_string()]);
    let mut opened = 0;
    for line in BufReader::new(phone.stdout.take().expect("piped")).lines() {
        let line: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let bytes = |name: &str| STANDARD.decode(line[name].as_str().expect("text")).expect("base64");
        let (mut envelope, associated) = (bytes("envelope"), line["aad"].as_str().expect("text"));
        assert_eq!(private.open(&envelope, associated), Some(bytes("plain")));
        assert_eq!(private.open(&envelope, "something else"), None);
        // A prime step walks over magic, key and ciphertext; bytes 4 to 20 name the key, which the caller has chosen already.
        let bit = match (opened * 7_919) % (envelope.len() * 8) {
            bit if (32..160).contains(&bit) => bit + 128,
            bit => bit,
        };
        envelope[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(private.open(&envelope, associated), None, "bit {bit}");
        opened += 1;
    }
    assert!(phone.wait().expect("ends").success());
    assert_eq!(opened, crossings());
}

#[test]
fn what_is_sealed_here_the_phones_language_opens_and_no_changed_bit() {
    let (private, public, id) = key();
    let chance = Chance::system();
    let mut phone = node(&["open", &STANDARD.encode(private.bytes()), "flip"]);
    let mut lines = phone.stdin.take().expect("piped");
    for n in 0..crossings() {
        let mut plain = vec![0; (n * 37) % 5_000];
        chance.fill(&mut plain);
        let associated = format!("item\n{n}\nvisit");
        let envelope = public.seal(id, &plain, &associated, &chance).expect("an envelope");
        let line = json!({"aad": associated, "plain": STANDARD.encode(&plain), "envelope": STANDARD.encode(envelope)});
        writeln!(lines, "{line}").expect("it reads");
    }
    drop(lines);
    assert!(phone.wait().expect("ends").success(), "its words are above");
}
