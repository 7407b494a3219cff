//! The exact interval of a share (Clopper and Pearson 1934), for counts and for the effective counts of a weighted sample. Pure.
//!
//! Its ends are quantiles of the beta distribution, found by halving an interval in which the distribution function rises: slower than a
//! formula, and right to the last place that is told.

/// What remains outside on each side: 95 % are inside.
const TAIL: f64 = 0.025;
/// Halvings; each gives a binary place.
const HALVINGS: u32 = 60;
/// Terms of the continued fraction; it converges in about the square root of the larger parameter.
const MOST_TERMS: u32 = 20_000;

/// A share with the interval that holds it in 95 of 100 samples, or more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Knows nothing.
    pub const WHOLE: Self = Self { low: 0.0, high: 1.0 };

    /// Of `found` among `asked`; neither need be whole where a sample is weighted.
    #[must_use]
    pub fn of(found: f64, asked: f64) -> Self {
        if asked <= 0.0 {
            return Self::WHOLE;
        }
        let found = found.clamp(0.0, asked);
        let low = if found <= 0.0 { 0.0 } else { quantile(TAIL, found, asked - found + 1.0) };
        let high = if found >= asked { 1.0 } else { quantile(1.0 - TAIL, found + 1.0, asked - found) };
        Self { low, high }
    }
}

/// Where the beta distribution with these parameters reaches this probability.
fn quantile(probability: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    let scale = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if incomplete_beta(middle, a, b, scale) < probability { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The regularised incomplete beta function; `scale` is the logarithm of one over the complete one.
fn incomplete_beta(x: f64, a: f64, b: f64, scale: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (scale + a * x.ln() + b * (-x).ln_1p()).exp();
    // The fraction converges fast on one side of the middle alone; the other is its mirror.
    if x < (a + 1.0) / (a + b + 2.0) { front * fraction(x, a, b) / a } else { 1.0 - front * fraction(1.0 - x, b, a) / b }
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for n in 1..=MOST_TERMS {
        let m = f64::from(n);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let step = d * c;
        value *= step;
        if (step - 1.0).abs() < 1e-14 {
            break;
        }
    }
    value
}

/// The logarithm of the gamma function for what is greater than nothing (Lanczos, g = 7, nine terms: 15 places).
#[expect(clippy::excessive_precision, reason = "the published coefficients, as they are published")]
fn ln_gamma(x: f64) -> f64 {
    const FIRST: f64 = 0.999_999_999_999_809_93;
    const TERMS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_13,
        -176.615_029_162_140_59,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_571_6e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let mut sum = FIRST;
    let mut n = 0.0;
    for term in TERMS {
        n += 1.0;
        sum += term / (x + n);
    }
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// A count as a number that can be divided; counts are far below 2^53.
#[must_use]
pub fn real(count: i64) -> f64 {
    let high = i32::try_from(count >> 32).unwrap_or(i32::MAX);
    let low = u32::try_from(count & 0xffff_ffff).unwrap_or(u32::MAX);
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}

/// The nearest whole number; nothing where there is none.
#[must_use]
pub fn whole(value: f64) -> i64 {
    format!("{value:.0}").parse().unwrap_or_default()
}
