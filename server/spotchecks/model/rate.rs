//! A share in exact decimal: 0.07 is 70,000 in a million, and nothing is rounded before it is meant to be.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const WHOLE: u32 = 1_000_000;
const PLACES: usize = 6;

/// More than nothing, at most everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(u32);

impl Rate {
    /// Everything.
    pub const ALL: Self = Self(WHOLE);

    /// So many in a million.
    #[must_use]
    pub fn of_ppm(ppm: i64) -> Option<Self> {
        u32::try_from(ppm).ok().filter(|ppm| (1..=WHOLE).contains(ppm)).map(Self)
    }

    /// So many in a million.
    #[must_use]
    pub fn ppm(self) -> i64 {
        self.0.into()
    }

    /// Reads `0.07`: at most six places behind the point.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, places) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !(matches!(whole, "0" | "1") && digits(places) && places.len() <= PLACES) {
            return None;
        }
        let part: i64 = format!("{places:0<PLACES$}").parse().ok()?;
        Self::of_ppm(whole.parse::<i64>().ok()? * i64::from(WHOLE) + part)
    }

    /// Of so many, rounded up: never less than one of any.
    #[must_use]
    pub fn of(self, count: u64) -> u64 {
        (u64::from(self.0) * count).div_ceil(u64::from(WHOLE))
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 == WHOLE {
            return f.write_str("1");
        }
        let places = format!("{:0>PLACES$}", self.0);
        write!(f, "0.{}", places.trim_end_matches('0'))
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("no share in exact decimal, such as 0.07"))
    }
}

impl utoipa::PartialSchema for Rate {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String).examples(["0.07"]).into()
    }
}

impl utoipa::ToSchema for Rate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_and_told_in_exact_decimal() {
        for text in ["0.07", "0.125", "1", "0.000001", "0.999999"] {
            assert_eq!(Rate::parse(text).map(|rate| rate.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Rate::parse("0.070"), Rate::of_ppm(70_000));
        assert_eq!(Rate::parse("1.0"), Some(Rate::ALL));
        for wrong in ["", "0", "0.0", "1.000001", "2", "0,07", "-0.07", ".07", "0.0000001", "7%", "0.0x"] {
            assert_eq!(Rate::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn seven_in_a_hundred_of_a_hundred_are_seven_and_not_eight() {
        let rate = Rate::of_ppm(70_000).unwrap();
        assert_eq!([1, 14, 15, 100, 200, 1_000_000].map(|count| rate.of(count)), [1, 1, 2, 7, 14, 70_000]);
    }
}
