//! How soon pictures that look like one are found among three million: `cargo bench --bench likeness` (`-- 100000` for another number).
#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, reason = "a program for people at a terminal")]

#[path = "../api/kit/mod.rs"]
#[expect(dead_code, reason = "the kit serves several test programs")]
mod kit;
#[expect(dead_code, reason = "serves the load generator as well")]
mod measure;

use std::time::{Duration, Instant};

use diesel::prelude::*;
use kit::{On, TestApp};
use nuanfang::each;
use nuanfang::findings::like;
use nuanfang::kit::db::schema::evidence;

const PICTURES: usize = 3_000_000;
const ASKED: usize = 1_000;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let pictures = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(PICTURES);
    let app = TestApp::start(On::Sqlite).await;
    app.city().await;
    let begun = Instant::now();
    fill(&app, pictures).await;
    println!("{}\n{pictures} pictures with a likeness, written in {:.0} s\n", measure::machine(), begun.elapsed().as_secs_f64());
    let step = i64::try_from(pictures / ASKED).expect("few");
    let asked = app.parts.db.read(move |conn| {
        let names: Vec<String> = evidence::table.filter(evidence::bytes.ge(0)).order(evidence::sha256).select(evidence::sha256).load(conn)?;
        Ok(names.into_iter().step_by(usize::try_from(step).unwrap_or(1)).take(ASKED).collect::<Vec<_>>())
    });
    let mut times = Vec::with_capacity(ASKED);
    let mut alike = 0;
    for name in asked.await.expect("names") {
        let at = Instant::now();
        alike += app.parts.db.read(move |conn| Ok(like(conn, &name)?.len())).await.expect("an answer");
        times.push(at.elapsed());
    }
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!("| asked | alike found | median ms | p95 ms | p99 ms | longest ms |\n|---|---|---|---|---|---|");
    let [median, p95, p99] = [50, 95, 99].map(|part| ms(times[times.len() * part / 100]));
    println!("| {} | {alike} | {median:.1} | {p95:.1} | {p99:.1} | {:.1} |", times.len(), ms(times[times.len() - 1]));
}

/// Pictures of nothing in particular: every likeness is as good as any other. They are made where they are kept.
async fn fill(app: &TestApp, pictures: usize) {
    let person = "(SELECT id FROM people LIMIT 1)";
    let texts = [
        format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {pictures}) \
             INSERT INTO evidence (sha256, media_type, bytes, state, perceptual_hash, received_by, received_at) \
             SELECT lower(hex(randomblob(32))), 'image/jpeg', i, 'rendered', lower(hex(randomblob(8))), {person}, 0 FROM n"
        ),
        // A likeness as text is not one as a number for SQLite: each of its bands is read from four digits.
        "INSERT INTO likenesses (band, value, sha256, bits) \
         WITH digit(c, v) AS (VALUES ('0',0),('1',1),('2',2),('3',3),('4',4),('5',5),('6',6),('7',7),('8',8),('9',9),('a',10),('b',11),('c',12),('d',13),('e',14),('f',15)), \
         four(band, at) AS (VALUES (0, 13), (1, 9), (2, 5), (3, 1)), \
         part(sha256, hash, band, value) AS ( \
           SELECT e.sha256, e.perceptual_hash, four.band, \
             (SELECT v FROM digit WHERE c = substr(e.perceptual_hash, at, 1)) * 4096 + (SELECT v FROM digit WHERE c = substr(e.perceptual_hash, at + 1, 1)) * 256 + \
             (SELECT v FROM digit WHERE c = substr(e.perceptual_hash, at + 2, 1)) * 16 + (SELECT v FROM digit WHERE c = substr(e.perceptual_hash, at + 3, 1)) \
           FROM evidence e, four), \
         whole(sha256, bits) AS (SELECT sha256, sum(value << (16 * band)) FROM part GROUP BY sha256) \
         SELECT part.band, part.value, part.sha256, whole.bits FROM part JOIN whole ON whole.sha256 = part.sha256 ORDER BY part.band, part.value"
            .to_owned(),
    ];
    let written = app.parts.db.upkeep(move |tx| {
        for text in &texts {
            each!(&mut *tx.conn, |c| diesel::sql_query(text.clone()).execute(c))?;
        }
        Ok(())
    });
    written.await.expect("pictures");
}
