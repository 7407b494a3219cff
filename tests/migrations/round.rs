//! Every script has a way back, and both databases end up alike.

use nuanfang::kit::db::{migrations_down, migrations_up, schema_dump};

use crate::databases::{both, whole};

#[test]
fn what_goes_up_comes_down_and_goes_up_the_same() {
    for (name, mut conn) in both() {
        let before = whole(&mut conn);
        assert!(before.len() > 40, "{name}: the schema is not where this test looks");
        migrations_down(&mut conn).expect("the way back");
        assert_eq!(whole(&mut conn), Vec::<String>::new(), "{name}: left behind by the way back");
        migrations_up(&mut conn).expect("up again");
        assert_eq!(whole(&mut conn), before, "{name}");
    }
}

#[test]
fn both_databases_have_the_same_tables_columns_and_types() {
    let [(_, mut sqlite), (_, mut postgres)] = both();
    let (sqlite, postgres) = (schema_dump(&mut sqlite).expect("a dump"), schema_dump(&mut postgres).expect("a dump"));
    assert!(sqlite.len() > 100);
    assert_eq!(sqlite.join("\n"), postgres.join("\n"));
    let known = ["text", "bigint", "boolean", "double precision"];
    let strange: Vec<&String> = sqlite.iter().filter(|line| !known.contains(&line.split_once(' ').unwrap().1.trim_end_matches(" not null"))).collect();
    assert!(strange.is_empty(), "one text serves both databases with TEXT, BIGINT, BOOLEAN and DOUBLE PRECISION alone: {strange:?}");
}

#[test]
fn a_second_start_finds_nothing_to_do() {
    for (name, mut conn) in both() {
        let before = whole(&mut conn);
        migrations_up(&mut conn).expect("once more");
        assert_eq!(whole(&mut conn), before, "{name}");
    }
}
