//! Between real numbers, in which is drawn, and whole ones, in which pixels are counted.

/// The whole part; nothing below nought.
#[expect(clippy::as_conversions, reason = "a cast of a float saturates and turns what is no number into nought, which is what a painter wants")]
pub(super) const fn whole(x: f32) -> usize {
    x as usize
}

/// Counted pixels as a real number.
#[expect(clippy::as_conversions, reason = "pictures are far smaller than the numbers a float cannot tell apart")]
pub(super) const fn real(n: usize) -> f32 {
    n as f32
}

/// A throw of the dice as a painter's number.
#[expect(clippy::as_conversions, reason = "a painter needs no more digits")]
pub(super) const fn short(x: f64) -> f32 {
    x as f32
}

/// Light from 0 to 1 as a byte.
#[expect(clippy::as_conversions, reason = "a cast of a float saturates")]
pub(super) const fn byte(x: f32) -> u8 {
    (x * 255.0 + 0.5) as u8
}
