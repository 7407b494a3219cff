//! One cell at a time: from what was typed to what is meant.

use super::fold;
use super::table::Cell;
use super::verdict::Refusal;
use crate::households::model::{is_bank_card, is_phone};
use crate::kit::idnumber::{IdNumber, Read};

/// From here on a spreadsheet's number no longer holds every digit that was typed.
const DIGITS_ARE_LOST_FROM: f64 = 1e15;
const MOST_PEOPLE: i64 = 30;
/// 1,000,000 yuan a head and month: more is a slip of the decimal point.
const MOST_INCOME_FEN: i64 = 100_000_000;

/// A value that may be absent, or there but unreadable.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// Nothing was typed.
    Nothing,
    /// It was typed and understood.
    Value(T),
    /// It was typed and not understood.
    Unreadable,
}

impl<T> Found<T> {
    fn of(value: Option<T>) -> Self {
        value.map_or(Self::Unreadable, Self::Value)
    }

    /// The value, and whether it could not be read.
    pub fn split(self) -> (Option<T>, bool) {
        match self {
            Self::Nothing => (None, false),
            Self::Value(value) => (Some(value), false),
            Self::Unreadable => (None, true),
        }
    }
}

/// An identity number.
///
/// # Errors
/// Why it is none.
pub fn id_number(cell: Option<&Cell>) -> Result<Read, Refusal> {
    let text = match cell {
        None | Some(Cell::Broken) => return Err(Refusal::Missing),
        Some(Cell::Number(number)) if number.abs() >= DIGITS_ARE_LOST_FROM => return Err(Refusal::IdLostDigits),
        Some(cell) => cell.text(),
    };
    let plain = fold::written(&text);
    if plain.is_empty() {
        return Err(Refusal::Missing);
    }
    if is_scientific(&plain) {
        return Err(Refusal::IdLostDigits);
    }
    IdNumber::read(&text).map_err(|fault| {
        // A number that was rounded to 15 digits and then saved as text ends in three noughts.
        let rounded = plain.len() == 18 && plain.ends_with("000") && plain.chars().all(|c| c.is_ascii_digit());
        if rounded { Refusal::IdLostDigits } else { fault.into() }
    })
}

fn is_scientific(plain: &str) -> bool {
    let lower = plain.to_ascii_lowercase();
    lower.split_once('e').is_some_and(|(mantissa, exponent)| {
        mantissa.contains(|c: char| c.is_ascii_digit()) && mantissa.parse::<f64>().is_ok() && exponent.parse::<i32>().is_ok()
    })
}

/// A telephone number; of several, the first.
#[must_use]
pub fn phone(cell: Option<&Cell>) -> Found<String> {
    let Some(text) = typed(cell) else { return Found::Nothing };
    let one = |part: &str| {
        let digits = fold::digits(part.trim().trim_start_matches("+86"))?;
        let digits = if digits.len() == 13 { digits.strip_prefix("86").map(str::to_owned).unwrap_or(digits) } else { digits };
        is_phone(&digits).then_some(digits)
    };
    Found::of(one(&text).or_else(|| text.split(|c: char| c.is_whitespace() || "/／、,，;；()（）".contains(c)).find_map(one)))
}

/// A bank card.
#[must_use]
pub fn bank_card(cell: Option<&Cell>) -> Found<String> {
    if matches!(cell, Some(Cell::Number(number)) if number.abs() >= DIGITS_ARE_LOST_FROM) {
        return Found::Unreadable;
    }
    let Some(text) = typed(cell) else { return Found::Nothing };
    Found::of(fold::digits(&text).filter(|digits| is_bank_card(digits)))
}

/// How many people live there.
#[must_use]
pub fn people(cell: Option<&Cell>) -> Found<i64> {
    let Some(text) = typed(cell) else { return Found::Nothing };
    let plain = fold::written(&text);
    let plain = plain.trim_end_matches(['人', '口']);
    Found::of(plain.parse().ok().filter(|people| (1..=MOST_PEOPLE).contains(people)))
}

/// Money in yuan, or in the unit the column names, as fen.
#[must_use]
pub fn income_fen(cell: Option<&Cell>, column: &str) -> Found<i64> {
    let text = match cell {
        // Two decimals are all that a yuan has; what stands after them is the rounding of a float.
        Some(Cell::Number(number)) if !column.contains("万元") => format!("{number:.2}"),
        cell => match typed(cell) {
            Some(text) => text,
            None => return Found::Nothing,
        },
    };
    let plain = fold::written(&text).replace([',', '￥', '¥', '约'], "");
    let plain = ["元/人/月", "元/月", "元/人", "/月", "元整", "元", "RMB"].iter().fold(plain.as_str(), |text, unit| text.strip_suffix(unit).unwrap_or(text));
    let (plain, factor) = plain.strip_suffix('万').map_or((plain, if column.contains("万元") { 10_000 } else { 1 }), |rest| (rest, 10_000));
    Found::of(decimal_to_fen(plain, factor).filter(|fen| (0..=MOST_INCOME_FEN).contains(fen)))
}

/// Reads a decimal exactly; more places than a fen has are refused.
fn decimal_to_fen(plain: &str, factor: i64) -> Option<i64> {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let is_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || fraction.len() > 6 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let millionths = whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(format!("{fraction:0<6}").parse().ok()?)?;
    let scaled = millionths.checked_mul(factor)?;
    (scaled % 10_000 == 0).then_some(scaled / 10_000)
}

/// Yes or no.
#[must_use]
pub fn flag(cell: Option<&Cell>) -> Found<bool> {
    let Some(text) = typed(cell) else { return Found::Nothing };
    match fold::written(&text).to_lowercase().as_str() {
        "是" | "有" | "√" | "✓" | "✔" | "y" | "yes" | "true" | "1" | "对" | "农民工" | "下岗" | "退休" => Found::Value(true),
        "否" | "无" | "不是" | "非" | "×" | "✗" | "x" | "n" | "no" | "false" | "0" | "-" | "—" | "/" | "没有" => Found::Value(false),
        _ => Found::Unreadable,
    }
}

/// What was typed, if anything was.
#[must_use]
pub fn typed(cell: Option<&Cell>) -> Option<String> {
    cell.map(Cell::text).filter(|text| !fold::written(text).is_empty())
}
