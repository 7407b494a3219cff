//! Where a campaign is heading.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether there is a forecast, and why not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Nobody has been reached yet.
    #[default]
    NotBegun,
    /// Fewer whole days than a forecast needs.
    TooEarly,
    /// The deadline is more than a year away.
    TooFar,
    /// Enough is known.
    Enough,
    /// Everybody has been reached.
    Done,
    /// The deadline has passed.
    Over,
}

/// What is to be expected at the deadline, and what would change it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Outlook {
    /// Whether there is a forecast, and why not.
    pub basis: Basis,
    /// Whole days since the first household was reached.
    pub days_known: i64,
    /// Whole days a forecast needs.
    pub days_needed: i64,
    /// Days to the deadline, today among them.
    pub days_left: i64,
    /// Thousandths of a household a day, as it goes now; null without a forecast.
    pub pace_milli: Option<i64>,
    /// Thousandths of a household a day that would reach everybody in time; null where no day is left.
    pub needed_milli: Option<i64>,
    /// Households reached at the deadline if it goes on like this.
    pub expected_reached: Option<i64>,
    /// In eight of ten seasons like this one it would be at least so many …
    pub low_reached: Option<i64>,
    /// … and at most so many.
    pub high_reached: Option<i64>,
    /// Households not reached at the deadline if it goes on like this.
    pub expected_missing: Option<i64>,
    /// People who visit.
    pub cadres: i64,
    /// Days of one cadre's work that are left to the deadline, as many cadres as there are.
    pub cadre_days_left: i64,
    /// Days of one cadre's work that those not yet reached take at the present pace.
    pub cadre_days_needed: Option<i64>,
}

/// The end of one day to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayAhead {
    /// `YYYY-MM-DD`
    pub day: String,
    /// Households reached by then if it goes on like this.
    pub expected: i64,
    /// In eight of ten seasons at least so many …
    pub low: i64,
    /// … and at most so many.
    pub high: i64,
}

/// Where the whole is heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Forecast {
    /// At the deadline.
    #[serde(flatten)]
    pub outlook: Outlook,
    /// Day by day until then, today first; empty without a forecast.
    pub days_ahead: Vec<DayAhead>,
}

/// What a forecast is made from: counts, and the calendar.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// All households.
    pub households: i64,
    /// Reached so far.
    pub reached: i64,
    /// Where somebody was and met nobody.
    pub attempted: i64,
    /// Households first reached, by day since 1970 in China.
    pub by_day: Vec<(i64, i64)>,
    /// Today.
    pub today: i64,
    /// The day of the deadline.
    pub deadline_day: i64,
    /// Thousandths of that day that come before the deadline.
    pub deadline_milli: i64,
    /// Whether the deadline has passed.
    pub is_over: bool,
    /// People who visit.
    pub cadres: i64,
}
