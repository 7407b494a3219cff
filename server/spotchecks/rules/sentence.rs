//! The sentence that a report needs. Pure.

use crate::spotchecks::model::{Sentence, Share, Tally};
use crate::spotchecks::rules::interval::real;

/// In both languages.
#[must_use]
pub fn sentence(of: &Tally) -> Sentence {
    let Tally { households, checked, unreachable, discrepancies, share, pessimistic, .. } = of;
    let coverage = if *households > 0 { percent(whole_ppm(*checked, *households)) } else { percent(0) };
    let (chinese, english) = match share {
        Some(Share { rate_ppm, low_ppm, high_ppm }) => {
            let (rate, low, high) = (percent(*rate_ppm), percent(*low_ppm), percent(*high_ppm));
            let many = if *discrepancies == 1 { "discrepancy" } else { "discrepancies" };
            (
                format!("共 {households} 户,抽查 {checked} 户({coverage}),不符 {discrepancies} 户({rate},95% 置信区间 {low}–{high})"),
                format!("{checked} of {households} households ({coverage}) checked, {discrepancies} {many} ({rate}, 95% interval {low}–{high})"),
            )
        }
        None => (format!("共 {households} 户,抽查 {checked} 户({coverage})"), format!("{checked} of {households} households ({coverage}) checked")),
    };
    match pessimistic.filter(|_| *unreachable > 0) {
        Some(worst) => Sentence {
            chinese: format!("{chinese};另有 {unreachable} 户未能联系上,全部按不符计为 {},上限 {}", percent(worst.rate_ppm), percent(worst.high_ppm)),
            english: format!(
                "{english}; {unreachable} could not be asked, and with all of them counted as discrepancies it is {}, at most {}",
                percent(worst.rate_ppm),
                percent(worst.high_ppm)
            ),
        },
        None => Sentence { chinese, english },
    }
}

fn whole_ppm(part: i64, of: i64) -> i64 {
    super::interval::whole(real(part) / real(of) * 1e6)
}

/// Millionths as a percentage with one place.
fn percent(ppm: i64) -> String {
    format!("{:.1}%", real(ppm) / 10_000.0)
}
