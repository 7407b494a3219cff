//! An empty database of each kind, and what stands in it.

use std::mem::ManuallyDrop;

use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection};
use nuanfang::kit::db::{Conn, migrations_up};

use crate::postgres::Database;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Both, migrated.
pub fn both() -> [(&'static str, Conn); 2] {
    let sqlite = Conn::Sqlite(SqliteConnection::establish(":memory:").expect("SQLite opens"));
    // The few of these go with their cluster.
    let database = ManuallyDrop::new(Database::fresh());
    let postgres = Conn::Postgres(PgConnection::establish(&database.url).expect("PostgreSQL opens"));
    [("SQLite", sqlite), ("PostgreSQL", postgres)].map(|(name, mut conn)| {
        migrations_up(&mut conn).expect("the migrations run");
        (name, conn)
    })
}

/// The lines of a query whose one column is called `line`.
pub fn lines(conn: &mut Conn, query: &str) -> Vec<String> {
    let rows: Vec<Line> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(query).load(c),
        Conn::Postgres(c) => diesel::sql_query(query).load(c),
    }
    .unwrap_or_else(|error| panic!("{query}: {error}"));
    rows.into_iter().map(|row| row.line).collect()
}

const SQLITE: &str = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master
    WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1";
const POSTGRES: &str = "
    SELECT 'column ' || table_name || '.' || column_name || ' ' || ordinal_position || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS line
      FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = current_schema()::regnamespace AND conrelid::regclass::text NOT LIKE '\\_\\_%'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_%'
    UNION ALL SELECT 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY 1";

/// Everything there is in the schema: tables, columns, constraints, indexes, triggers.
pub fn whole(conn: &mut Conn) -> Vec<String> {
    let query = match conn {
        Conn::Sqlite(_) => SQLITE,
        Conn::Postgres(_) => POSTGRES,
    };
    lines(conn, query)
}
