//! Seasons of the past, written straight into the tables: what a thousand phones would take days to send.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use nuanfang::kit::clock::{DAY_MS, Moment};
use nuanfang::kit::db::Conn;
use nuanfang::kit::db::schema::households;
use nuanfang::kit::http::problem::Problem;
use nuanfang::kit::idnumber::IdNumber;

use crate::kit::TestApp;
use crate::kit::city::City;

/// Cadres' phones, each with a chain of its own.
const PHONES: usize = 60;
const ROWS: usize = 1_000;

/// A city of so many households, whose every household is visited once in each of so many campaigns.
pub struct Seasons {
    /// The campaigns, the oldest first.
    pub campaigns: Vec<String>,
}

/// The id of the `n`th thing of a kind.
fn id(kind: &str, n: &str) -> String {
    format!("printf('0{kind}000000-0000-7000-8000-%012x', {n})")
}

impl Seasons {
    /// Writes them.
    pub async fn write(app: &TestApp, city: &City, count: usize, campaigns: usize) -> Self {
        let (org, team, cadre) = (city.org("east1").to_string(), city.team("E1").to_string(), city.cadre().me["id"].as_str().expect("an id").to_owned());
        let opens_at = app.now().plus_ms(-20 * DAY_MS);
        let names: Vec<String> = (0..campaigns).map(|n| format!("0c000000-0000-7000-8000-{n:012x}")).collect();
        let (told, now) = (names.clone(), app.now());
        app.parts
            .db
            .upkeep(move |tx| {
                register(tx.conn, &org, &team, count)?;
                let script = script(&org, &team, &cadre, told.len(), opens_at, now);
                let Conn::Sqlite(conn) = tx.conn else { return Err(Problem::unexpected("seasons are written on SQLite")) };
                Ok(conn.batch_execute(&script)?)
            })
            .await
            .expect("written");
        Self { campaigns: names }
    }
}

fn register(conn: &mut Conn, org: &str, team: &str, count: usize) -> Result<(), Problem> {
    for first in (0..count).step_by(ROWS) {
        let rows: Vec<_> = (first..count.min(first + ROWS))
            .map(|n| {
                let number = number(n);
                let home = (
                    households::home_latitude.eq(30.0 + f64::from(u32::try_from(n % 1_000).expect("few")) * 0.001),
                    households::home_longitude.eq(104.0 + f64::from(u32::try_from(n / 1_000).expect("few")) * 0.001),
                    households::home_datum.eq("wgs84"),
                );
                (
                    (households::id.eq(format!("0a000000-0000-7000-8000-{n:012x}")), households::org_id.eq(org), households::team_id.eq(team)),
                    (households::head_name.eq(format!("住户{n}")), households::head_id_number.eq(number), households::address.eq("和平里"), home),
                    (households::category.eq("below_line"), households::migrant.eq(false), households::laid_off.eq(false), households::retired.eq(false)),
                    (households::remarks.eq(""), households::status.eq("approved"), households::approved_at.eq(1_i64), households::version.eq(1_i64)),
                    households::made_at.eq(1_i64),
                )
            })
            .collect();
        let Conn::Sqlite(conn) = &mut *conn else { return Err(Problem::unexpected("seasons are written on SQLite")) };
        diesel::insert_into(households::table).values(&rows).execute(conn)?;
    }
    Ok(())
}

/// The `n`th valid identity number.
fn number(n: usize) -> IdNumber {
    let born = chrono::NaiveDate::from_ymd_opt(1940 + i32::try_from(n / 100_000).expect("few"), 1, 1).expect("a day");
    let born = born + chrono::Days::new(u64::try_from(n / 900 % 360).expect("few"));
    IdNumber::compose(510_100 + u32::try_from(n / 324_000).expect("few"), born, u32::try_from(n % 900).expect("few") + 1).expect("a number")
}

/// Everything but the households, by the database itself.
fn script(org: &str, team: &str, cadre: &str, campaigns: usize, opens_at: Moment, now: Moment) -> String {
    let (opens, deadline, now) = (opens_at.ms(), opens_at.plus_ms(40 * DAY_MS).ms(), now.ms());
    let (campaign, fund, visit) = (id("c", "c"), id("f", "c"), id("e", "c * 1000000 + n"));
    let started = format!("({opens} + 86400000 + (n / {PHONES}) * 600000 % (17 * 86400000))");
    let time = |ms: &str| format!("strftime('%Y-%m-%dT%H:%M:%fZ', ({ms}) / 1000.0, 'unixepoch')");
    let (from, to) = (time(&started), time(&format!("{started} + 300000")));
    let sha = |kind: &str| format!("lower(hex(printf('{kind}%015d', c * 1000000 + n))) || lower(hex(printf('%016d', n)))");
    let evidence = |sha: &str, kind: &str, source: &str, media: &str| {
        format!(
            "json_object('sha256', {sha}, 'kind', '{kind}', 'subject', 'handover', 'source', '{source}', 'media_type', '{media}', 'bytes', 300000, 'taken_at', {from})"
        )
    };
    let position = format!(
        "json_object('latitude', h.home_latitude + (n % 7) * 0.00003, 'longitude', h.home_longitude + (n % 11) * 0.00003, 'accuracy_m', 15.0,
         'taken_at', {from}, 'datum', 'wgs84', 'source', 'gps')"
    );
    let body = format!(
        "json_object('campaign_id', {campaign}, 'household_id', h.id, 'mode', 'home', 'outcome', 'reached', 'started_at', {from}, 'ended_at', {to},
         'position', {position}, 'recipient', json_object('name', h.head_name, 'relation', 'self'),
         'aid', json_array(json_object('kind', 'cash', 'fund_id', {fund}, 'amount_fen', 50000)),
         'evidence', json_array({}, {}, {}), 'signature_ink', json_object('strokes', 4, 'points', 160, 'box_px', json_array(280, 110)), 'notes', '')",
        evidence(&sha("p"), "photo", "camera", "image/jpeg"),
        evidence(&sha("q"), "photo", "camera", "image/jpeg"),
        evidence(&sha("s"), "signature", "ink", "image/png"),
    );
    let all = format!(
        "FROM (SELECT households.*, row_number() OVER (ORDER BY id) - 1 AS n FROM households) h
         JOIN (SELECT value AS c FROM json_each('[{}]')) ON true",
        (0..campaigns).map(|n| n.to_string()).collect::<Vec<_>>().join(",")
    );
    let named = |sha: &str, line: i64, kind: &str| format!("INSERT INTO visit_evidence SELECT {visit}, {line}, {sha}, '{kind}' {all};");
    let stored = |sha: &str, media: &str| {
        format!(
            "INSERT INTO evidence (sha256, media_type, bytes, state, received_by, received_at) SELECT {sha}, '{media}', 300000, 'stored', '{cadre}', {now} {all};"
        )
    };
    format!(
        "INSERT INTO campaigns SELECT {campaign}, '{org}', 'c' || c, 'c', 'open', {opens}, {deadline}, '{{}}', {opens}, NULL, 1, 1 FROM (SELECT DISTINCT c {all});
         INSERT INTO funds SELECT {fund}, '{org}', {campaign}, 'f', 'union', 'any', 1, 1 FROM (SELECT DISTINCT c {all});
         INSERT INTO entitlements SELECT {}, {campaign}, h.id, 'below_line', 50000, 'living', '{{}}', 1 {all};
         INSERT INTO visits SELECT {visit}, {campaign}, h.id, NULL, '{org}', '{team}', '{cadre}', {}, 'home', 'reached', {started}, {started} + 300000, 0, {body}, NULL,
            {started} + 400000 {all};
         INSERT INTO visit_aid SELECT {visit}, 0, 'cash', {fund}, 50000, '{team}', {campaign}, {started} + 300000 {all};
         {} {} {} {} {} {}
         INSERT INTO visit_places SELECT {visit}, {campaign}, h.id, printf('cadre-%d-%d', c, n % {PHONES}), {started}, {started} + 300000,
            h.home_latitude + (n % 7) * 0.00003, h.home_longitude + (n % 11) * 0.00003, 15.0,
            CAST((h.home_latitude + (n % 7) * 0.00003) * 100000 AS INTEGER), CAST((h.home_longitude + (n % 11) * 0.00003) * 100000 AS INTEGER) {all};
         INSERT INTO links SELECT {visit}, {}, c * 20000 + n / {PHONES} + 1, printf('%064d', c * 20000 + n / {PHONES}), printf('%064d', c * 20000 + n / {PHONES} + 1),
            {started} - 60000, {started} + 400000 {all};
         ANALYZE;",
        id("b", "c * 1000000 + n"),
        id("d", &format!("n % {PHONES}")),
        named(&sha("p"), 0, "photo"),
        named(&sha("q"), 1, "photo"),
        named(&sha("s"), 2, "signature"),
        stored(&sha("p"), "image/jpeg"),
        stored(&sha("q"), "image/jpeg"),
        stored(&sha("s"), "image/png"),
        id("d", &format!("n % {PHONES}")),
    )
}
