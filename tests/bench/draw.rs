//! A million households drawn from: `cargo bench --bench draw`.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a program for people at a terminal")]

use std::time::Instant;

use nuanfang::households::HouseholdId;
use nuanfang::kit::clock::{Chance, Moment};
use nuanfang::spotchecks::rules::draw::draw;
use nuanfang::spotchecks::{Frame, Line, Rate, Stratum, Terms};

const HOUSEHOLDS: usize = 1_000_000;
/// A thousand teams, thirteen categories.
const STRATA: usize = 13_000;

fn main() {
    // `cargo test --benches` asks every bench to be brief.
    let households = if std::env::args().any(|argument| argument == "--test") { 1_000 } else { HOUSEHOLDS };
    let chance = Chance::system();
    let names: Vec<Stratum> = (0..STRATA).map(|n| Stratum::from(format!("T{}/c{}", n / 13, n % 13))).collect();
    let line = |name: &Stratum| -> Line { (HouseholdId::fresh(Moment::from_ms(0), &chance), Stratum::clone(name)) };
    let lines: Vec<Line> = names.iter().cycle().take(households).map(line).collect();
    let begun = Instant::now();
    let frame = Frame::of(lines);
    let framed = begun.elapsed();
    let rate = Rate::parse("0.07").expect("a rate");
    let drawn = draw(&frame, &Terms { seed: chance.bytes(), rate, min_per_stratum: 1 });
    println!("{households} households, {STRATA} strata: framed in {framed:.2?}, {} drawn in {:.2?}", drawn.drawn.len(), begun.elapsed());
}
