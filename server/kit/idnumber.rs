//! The resident identity number of GB 11643-1999: region, birth date, sequence and an ISO 7064 MOD 11-2 check character.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use unicode_normalization::UnicodeNormalization;

/// A number whose region, birth date and check character agree. It prints masked; [`IdNumber::whole`] is the one way to the rest.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct IdNumber(String);

/// Why a text is no identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Neither 18 nor 15 characters.
    Length,
    /// Something else than digits, or an X before the last place.
    Characters,
    /// The last character does not follow from the 17 before it.
    CheckDigit,
    /// No province begins with these digits.
    Region,
    /// No such day, or before 1900.
    BirthDate,
}

/// A number as it was read from what people type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The number.
    pub number: IdNumber,
    /// Spaces, full-width digits or a small x were put right.
    pub cleaned: bool,
    /// It was a 15-digit number of the old scheme.
    pub converted: bool,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// Provinces by their first two digits (GB/T 2260); 81–83 residents from Hong Kong, Macao and Taiwan, 91 foreign residents.
const PROVINCES: [&str; 36] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54",
    "61", "62", "63", "64", "65", "71", "81", "82", "83", "91",
];
const EARLIEST_YEAR: i32 = 1900;

impl IdNumber {
    /// Takes a number in its one correct form: 18 characters, the last a digit or a capital X.
    ///
    /// # Errors
    /// Says what is wrong with anything else.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let body = text.strip_suffix('X').unwrap_or(text);
        if !body.chars().all(|c| c.is_ascii_digit()) {
            return Err(Fault::Characters);
        }
        if text.len() != 18 {
            return Err(Fault::Length);
        }
        let (Some(first_17), Some(last)) = (text.get(..17), text.chars().last()) else { return Err(Fault::Length) };
        if check_character(first_17) != Some(last) {
            return Err(Fault::CheckDigit);
        }
        if !PROVINCES.iter().any(|province| text.starts_with(province)) {
            return Err(Fault::Region);
        }
        birth_date(text).map(|_| Self(text.to_owned())).ok_or(Fault::BirthDate)
    }

    /// Reads a number as people and spreadsheets write it: spaces, full-width digits and a small x are put right, 15 digits of the
    /// old scheme are converted.
    ///
    /// # Errors
    /// Says what is wrong when it still is no number.
    pub fn read(text: &str) -> Result<Read, Fault> {
        let clean = fold(text);
        let cleaned = clean != text;
        if clean.len() == 15 && clean.chars().all(|c| c.is_ascii_digit()) {
            return Self::from_15(&clean).map(|number| Read { number, cleaned, converted: true });
        }
        Self::parse(&clean).map(|number| Read { number, cleaned, converted: false })
    }

    /// Composes the number of a region (6 digits), a birth date and a sequence (below 1000): for invented people.
    #[must_use]
    pub fn compose(region: u32, birth: NaiveDate, sequence: u32) -> Option<Self> {
        let first_17 = format!("{region:06}{}{sequence:03}", birth.format("%Y%m%d"));
        let last = check_character(&first_17)?;
        Self::parse(&format!("{first_17}{last}")).ok()
    }

    /// All 18 characters. Whoever shows them answers for it.
    #[must_use]
    pub fn whole(&self) -> &str {
        &self.0
    }

    /// The first six and the last four characters.
    #[must_use]
    pub fn masked(&self) -> String {
        let part = |range: std::ops::Range<usize>| self.0.get(range).unwrap_or_default();
        format!("{}********{}", part(0..6), part(14..18))
    }

    /// The birth date it carries.
    #[must_use]
    pub fn birth_date(&self) -> NaiveDate {
        birth_date(&self.0).unwrap_or_default()
    }

    /// Whether somebody with this number can have been born by that day.
    #[must_use]
    pub fn is_born_by(&self, day: NaiveDate) -> bool {
        self.birth_date() <= day
    }

    /// The old scheme left out the century and the check character; nobody who still has one was born before 1900 or after 1999.
    fn from_15(digits: &str) -> Result<Self, Fault> {
        let (Some(region), Some(rest)) = (digits.get(..6), digits.get(6..)) else { return Err(Fault::Length) };
        let first_17 = format!("{region}19{rest}");
        let last = check_character(&first_17).ok_or(Fault::Characters)?;
        Self::parse(&format!("{first_17}{last}"))
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl<DB: Backend> ToSql<Text, DB> for IdNumber
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.as_str().to_sql(out)
    }
}

impl<DB: Backend> FromSql<Text, DB> for IdNumber
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Self::parse(&String::from_sql(bytes)?).map_err(|fault| format!("a stored identity number is none: {fault:?}").into())
    }
}

/// Compatibility forms folded (full-width to half), everything that is no mark taken out, a small x made large.
fn fold(text: &str) -> String {
    let is_mark = |c: &char| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\'' | '`' | '\u{2018}' | '\u{2019}');
    text.nfkc().filter(is_mark).map(|c| c.to_ascii_uppercase()).collect()
}

fn check_character(first_17: &str) -> Option<char> {
    if first_17.len() != 17 {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in first_17.chars().zip(WEIGHTS) {
        sum += c.to_digit(10)? * weight;
    }
    CHECK_CHARACTERS.get(usize::try_from(sum % 11).ok()?).copied()
}

fn birth_date(text: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let year = i32::try_from(number(6..10)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(10..12)?, number(12..14)?).filter(|day| day.year() >= EARLIEST_YEAR)
}

#[cfg(test)]
#[path = "idnumber_tests.rs"]
mod tests;
