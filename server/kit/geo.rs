//! Places on the earth: datums as Chinese maps and phones use them, and distances on WGS 84.
//!
//! A position is kept as it was received, with its datum, and compared in WGS 84.

use std::f64::consts::PI;

use geographiclib_rs::{Geodesic, InverseGeodesic};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kit::clock::Moment;
use crate::kit::http::problem::FieldProblem;

crate::words! {
    /// The reference system a position is given in.
    Datum {
        /// What satellites give.
        Wgs84 = "wgs84",
        /// What Chinese maps and some phones give: 100 to 700 m off inside China.
        Gcj02 = "gcj02",
        /// GCJ-02 shifted once more, as Baidu's maps give it.
        Bd09 = "bd09",
    }
}

crate::words! {
    /// Where a position came from.
    PositionSource {
        /// Satellites.
        Gps = "gps",
        /// Cell towers and wireless networks.
        Network = "network",
        /// A person put it on the map.
        Manual = "manual",
    }
}

/// A position as the phone gave it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius of the accuracy circle in metres.
    pub accuracy_m: f64,
    /// When it was taken.
    pub taken_at: Moment,
    /// The reference system.
    pub datum: Datum,
    /// Where it came from.
    pub source: PositionSource,
}

impl Position {
    /// What cannot be true of it, each fault with its JSON pointer below `at`.
    #[must_use]
    pub fn faults(&self, at: &str) -> Vec<FieldProblem> {
        let mut faults = coordinate_faults(self.latitude, self.longitude, at);
        if !(0.0..=20_100_000.0).contains(&self.accuracy_m) {
            faults.push(FieldProblem::new(format!("{at}/accuracy_m"), "out_of_range"));
        }
        faults
    }

    /// The place in WGS 84.
    #[must_use]
    pub fn wgs84(&self) -> Point {
        Point::from_datum(self.latitude, self.longitude, self.datum)
    }
}

/// Coordinates that lie nowhere on the earth.
#[must_use]
pub fn coordinate_faults(latitude: f64, longitude: f64, at: &str) -> Vec<FieldProblem> {
    let latitude = (!(-90.0..=90.0).contains(&latitude)).then(|| FieldProblem::new(format!("{at}/latitude"), "out_of_range"));
    let longitude = (!(-180.0..=180.0).contains(&longitude)).then(|| FieldProblem::new(format!("{at}/longitude"), "out_of_range"));
    latitude.into_iter().chain(longitude).collect()
}

/// A point in WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Point {
    /// A point given in some datum.
    #[must_use]
    pub fn from_datum(latitude: f64, longitude: f64, datum: Datum) -> Self {
        let given = Self { latitude, longitude };
        match datum {
            Datum::Wgs84 => given,
            Datum::Gcj02 => unshift(given),
            Datum::Bd09 => unshift(from_bd09(given)),
        }
    }

    /// This point in another datum, for a hand-over to a map.
    #[must_use]
    pub fn to_datum(self, datum: Datum) -> Self {
        match datum {
            Datum::Wgs84 => self,
            Datum::Gcj02 => shift(self),
            Datum::Bd09 => to_bd09(shift(self)),
        }
    }

    /// The shortest way over the ellipsoid to another point, in metres (Karney's method).
    #[must_use]
    pub fn distance_m(self, other: Self) -> f64 {
        if self == other {
            return 0.0;
        }
        Geodesic::wgs84().inverse(self.latitude, self.longitude, other.latitude, other.longitude)
    }

    /// The cell of a grid in which it lies: degrees in hundred-thousandths, rounded down; a cell is about a metre high, and no wider.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "no degree comes near the end of an i64; what is no number becomes nothing")]
    pub fn cell_e5(self) -> (i64, i64) {
        let cell = |degrees: f64| (degrees * 100_000.0).floor() as i64;
        (cell(self.latitude), cell(self.longitude))
    }

    fn plus(self, latitude: f64, longitude: f64) -> Self {
        Self { latitude: self.latitude + latitude, longitude: self.longitude + longitude }
    }

    /// The published formulas leave everything outside this rectangle as it is.
    fn is_shifted(self) -> bool {
        (0.8293..=55.8271).contains(&self.latitude) && (72.004..=137.8347).contains(&self.longitude)
    }
}

/// WGS 84 to GCJ-02.
fn shift(point: Point) -> Point {
    // The Krasovsky ellipsoid, as the published formulas have it.
    const AXIS_M: f64 = 6_378_245.0;
    const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
    if !point.is_shifted() {
        return point;
    }
    let (x, y) = (point.longitude - 105.0, point.latitude - 35.0);
    let phi = point.latitude.to_radians();
    let root = (ECCENTRICITY_SQUARED * phi.sin()).mul_add(-phi.sin(), 1.0);
    let meridian_m = AXIS_M * (1.0 - ECCENTRICITY_SQUARED) / (root * root.sqrt());
    let parallel_m = AXIS_M / root.sqrt() * phi.cos();
    point.plus((northward_m(x, y) / meridian_m).to_degrees(), (eastward_m(x, y) / parallel_m).to_degrees())
}

fn waves(x: f64) -> f64 {
    (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0
}

fn northward_m(x: f64, y: f64) -> f64 {
    -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + waves(x)
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0
}

fn eastward_m(x: f64, y: f64) -> f64 {
    300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + waves(x)
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0
}

/// GCJ-02 to WGS 84: there is no closed inverse, but the shift is so smooth that a few steps reach a millimetre.
fn unshift(point: Point) -> Point {
    let mut guess = point;
    for _ in 0..10 {
        let there = shift(guess);
        guess = guess.plus(point.latitude - there.latitude, point.longitude - there.longitude);
    }
    guess
}

const BD09_TURN: f64 = PI * 3_000.0 / 180.0;

fn to_bd09(point: Point) -> Point {
    if !point.is_shifted() {
        return point;
    }
    let (x, y) = (point.longitude, point.latitude);
    let radius = x.hypot(y) + 0.000_02 * (y * BD09_TURN).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * BD09_TURN).cos();
    Point { latitude: radius * angle.sin() + 0.006, longitude: radius * angle.cos() + 0.006_5 }
}

fn from_bd09(point: Point) -> Point {
    if !point.is_shifted() {
        return point;
    }
    let mut guess = point.plus(-0.006, -0.006_5);
    for _ in 0..5 {
        let there = to_bd09(guess);
        guess = guess.plus(point.latitude - there.latitude, point.longitude - there.longitude);
    }
    guess
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn cases(text: &str) -> Vec<Value> {
        let book: Value = serde_json::from_str(text).unwrap();
        book["cases"].as_array().unwrap().clone()
    }

    fn point(value: &Value) -> Option<Point> {
        Some(Point { latitude: value.get(0)?.as_f64()?, longitude: value.get(1)?.as_f64()? })
    }

    fn assert_close(a: Point, b: Point, degrees: f64) {
        assert!((a.latitude - b.latitude).abs() <= degrees && (a.longitude - b.longitude).abs() <= degrees, "{a:?} is not {b:?}");
    }

    #[test]
    fn datums_convert_as_the_vectors_say_and_come_back_within_a_metre() {
        let cases = cases(include_str!("../../tests/vectors/datum.json"));
        assert!(cases.len() > 20);
        for case in cases {
            let wgs84 = point(&case["wgs84"]).unwrap();
            for (datum, name) in [(Datum::Gcj02, "gcj02"), (Datum::Bd09, "bd09")] {
                let Some(expected) = point(&case[name]) else { continue };
                assert_close(wgs84.to_datum(datum), expected, 1e-6);
                let back = Point::from_datum(expected.latitude, expected.longitude, datum);
                assert!(back.distance_m(wgs84) <= 1.0, "{wgs84:?} came back from {name} as {back:?}");
            }
        }
    }

    #[test]
    fn distances_are_those_of_the_vectors_to_a_millimetre() {
        let cases = cases(include_str!("../../tests/vectors/geodesic.json"));
        assert!(cases.len() > 50);
        for case in cases {
            let (a, b) = (point(&case["a"]).unwrap(), point(&case["b"]).unwrap());
            let expected = case["distance_m"].as_f64().unwrap();
            assert!((a.distance_m(b) - expected).abs() <= 0.001, "{a:?} to {b:?}: {} is not {expected}", a.distance_m(b));
        }
    }

    #[test]
    fn a_position_that_lies_nowhere_is_named_field_by_field() {
        let nowhere =
            Position { latitude: f64::NAN, longitude: 180.1, accuracy_m: -1.0, taken_at: Moment::from_ms(0), datum: Datum::Wgs84, source: PositionSource::Gps };
        let pointers: Vec<String> = nowhere.faults("/position").into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(pointers, ["/position/latitude", "/position/longitude", "/position/accuracy_m"]);
    }
}
