//! Time and chance are arguments: whoever needs them is handed them, so that a test can hand over others.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, TimeZone, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z. RFC 3339 in JSON, BIGINT in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Moment(i64);

/// Milliseconds in one second.
pub const SECOND_MS: i64 = 1_000;
/// Milliseconds in one minute.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// Milliseconds in one hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in one day of 24 hours.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// China keeps one civil time, UTC+8, without summer time.
const CHINA_OFFSET_MS: i64 = 8 * HOUR_MS;

impl Moment {
    /// From milliseconds since the epoch.
    #[must_use]
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND_MS)
    }

    /// This moment moved by so many milliseconds; held at the ends of the scale.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment (negative when it is later).
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads RFC 3339 with any offset; finer than a millisecond is dropped.
    ///
    /// # Errors
    /// When the text is no RFC 3339 time.
    pub fn parse(text: &str) -> Result<Self, chrono::ParseError> {
        Ok(Self(DateTime::parse_from_rfc3339(text)?.timestamp_millis()))
    }

    /// The calendar day in China, `YYYY-MM-DD`.
    #[must_use]
    pub fn china_day(self) -> String {
        self.plus_ms(CHINA_OFFSET_MS).utc().format("%Y-%m-%d").to_string()
    }

    /// Day and minute in China, `YYYY-MM-DD HH:MM`.
    #[must_use]
    pub fn china_minute(self) -> String {
        self.plus_ms(CHINA_OFFSET_MS).utc().format("%Y-%m-%d %H:%M").to_string()
    }

    /// The calendar day in China, counted from 1970-01-01.
    #[must_use]
    pub const fn china_day_number(self) -> i64 {
        self.0.saturating_add(CHINA_OFFSET_MS).div_euclid(DAY_MS)
    }

    /// The first moment of a calendar day in China, counted from 1970-01-01.
    #[must_use]
    pub const fn from_china_day(number: i64) -> Self {
        Self(number.saturating_mul(DAY_MS).saturating_sub(CHINA_OFFSET_MS))
    }

    /// The first moment of this moment's day in China.
    #[must_use]
    pub const fn china_day_start(self) -> Self {
        Self(self.0 - (self.0 + CHINA_OFFSET_MS).rem_euclid(DAY_MS))
    }

    fn utc(self) -> DateTime<Utc> {
        Utc.timestamp_millis_opt(self.0).single().unwrap_or_default()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom("not an RFC 3339 time"))
    }
}

impl utoipa::PartialSchema for Moment {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .into()
    }
}

impl utoipa::ToSchema for Moment {}

impl<DB: Backend> ToSql<BigInt, DB> for Moment
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Moment
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(bytes).map(Self)
    }
}

/// Where the time comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Moment + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    pub fn system() -> Self {
        Self(Arc::new(|| Moment(Utc::now().timestamp_millis())))
    }

    /// A clock of the caller's own, for tests and the demo city.
    #[must_use]
    pub fn of(now: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Moment {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// Where chance comes from: fills a buffer with bytes nobody can foresee.
#[derive(Clone)]
pub struct Chance(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Chance {
    /// The operating system's random source, through a generator seeded from it.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for chance")]
    pub fn system() -> Self {
        Self(Arc::new(|bytes| rand::RngCore::fill_bytes(&mut rand::rng(), bytes)))
    }

    /// A source of the caller's own.
    #[must_use]
    pub fn of(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` fresh bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// Fresh bytes in the place of these.
    pub fn fill(&self, bytes: &mut [u8]) {
        (self.0)(bytes);
    }
}

impl fmt::Debug for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chance")
    }
}
