//! A frame that was kept line by line stands in lots afterwards, byte for byte, and the way back gives every line again.

use diesel::connection::SimpleConnection;
use nuanfang::kit::clock::{Chance, Moment};
use nuanfang::kit::db::Conn;
use nuanfang::kit::id::Id;

use crate::databases::{both, lines};

const UP: &str = include_str!("../../migrations/2026-11-27-000044_frames_in_lots/up.sql");
const DOWN: &str = include_str!("../../migrations/2026-11-27-000044_frames_in_lots/down.sql");
const LOTS: &str = "SELECT sample_id || ' ' || lot || ' ' || lines AS line FROM frame_lots ORDER BY sample_id, lot";
const LINES: &str = "SELECT sample_id || ' ' || household_id || ' ' || stratum AS line FROM sample_frame ORDER BY sample_id, household_id";

fn run(conn: &mut Conn, script: &str) {
    match conn {
        Conn::Sqlite(c) => c.batch_execute(script),
        Conn::Postgres(c) => c.batch_execute(script),
    }
    .unwrap_or_else(|error| panic!("{error}: {}", &script[..script.len().min(200)]));
}

#[test]
fn a_frame_kept_line_by_line_stands_in_lots_afterwards_and_the_way_back_gives_every_line() {
    // One name begins as another does, and one holds letters of several bytes.
    let strata = ["E1/sudden", "E1/sudden_more", "东城组/low_income"];
    let chance = Chance::system();
    let mut ids: Vec<Id> = (0..1_003).map(|_| Id::fresh(Moment::from_ms(0), &chance)).collect();
    ids.sort_unstable();
    for (name, mut conn) in both() {
        let alone = match conn {
            Conn::Sqlite(_) => "PRAGMA foreign_keys = OFF",
            Conn::Postgres(_) => "SET session_replication_role = replica",
        };
        run(&mut conn, alone);
        run(&mut conn, DOWN);
        for (sample, count) in [("large", 1_003), ("small", 2)] {
            for stratum in strata {
                run(
                    &mut conn,
                    &format!("INSERT INTO sample_strata (sample_id, stratum, households, seats, handed_fen) VALUES ('{sample}', '{stratum}', 1, 1, 0)"),
                );
            }
            let rows: Vec<String> =
                ids.iter().take(count).rev().zip(strata.iter().cycle()).map(|(id, of)| format!("('{sample}', '{}', '{of}')", id.as_str())).collect();
            run(&mut conn, &format!("INSERT INTO sample_frame (sample_id, household_id, stratum) VALUES {}", rows.join(", ")));
        }
        let before = lines(&mut conn, LINES);
        run(&mut conn, UP);
        let told: Vec<String> = before.iter().map(|line| line.replacen(' ', "\t", 2).split_once('\t').unwrap().1.to_owned()).collect();
        let lot = |sample: &str, lot: usize, of: &[String]| format!("{sample} {lot} {}\n", of.join("\n"));
        let lots = [lot("large", 0, &told[..1_000]), lot("large", 1, &told[1_000..1_003]), lot("small", 0, &told[1_003..])];
        assert!(lines(&mut conn, LOTS) == lots, "{name}: the lots are not the lines one after the other");
        run(&mut conn, DOWN);
        assert!(lines(&mut conn, LINES) == before, "{name}: the way back gives other lines");
    }
}
