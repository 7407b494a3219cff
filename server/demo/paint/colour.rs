//! Colours: red, green and blue between 0 and 1.

/// Red, green, blue.
pub(super) type Rgb = [f32; 3];

/// From the six hexadecimal digits everybody writes.
pub(super) fn rgb(hex: u32) -> Rgb {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue].map(|part| f32::from(part) / 255.0)
}

/// Between two colours.
pub(super) fn mix(a: Rgb, b: Rgb, share: f32) -> Rgb {
    let [a0, a1, a2] = a;
    let [b0, b1, b2] = b;
    // Plain products: a fused one is a function call on processors of every age.
    [a0 + (b0 - a0) * share, a1 + (b1 - a1) * share, a2 + (b2 - a2) * share]
}

/// Lighter (above 1) or darker.
pub(super) fn lit(colour: Rgb, by: f32) -> Rgb {
    colour.map(|part| (part * by).min(1.0))
}

/// How a shape is filled: from one colour at its top (or left) to another at its foot (or right), with a texture over it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub(super) from: Rgb,
    pub(super) to: Rgb,
    pub(super) across: bool,
    pub(super) opacity: f32,
    /// How strong the texture is.
    pub(super) rough: f32,
    /// How fine, across and down.
    pub(super) fine: (f32, f32),
}

impl Paint {
    pub(super) const fn of(colour: Rgb) -> Self {
        Self { from: colour, to: colour, across: false, opacity: 1.0, rough: 0.05, fine: (0.6, 0.6) }
    }

    pub(super) const fn to(self, colour: Rgb) -> Self {
        Self { to: colour, ..self }
    }

    pub(super) const fn across(self, colour: Rgb) -> Self {
        Self { to: colour, across: true, ..self }
    }

    pub(super) const fn clear(self, opacity: f32) -> Self {
        Self { opacity, ..self }
    }

    pub(super) const fn rough(self, rough: f32, x: f32, y: f32) -> Self {
        Self { rough, fine: (x, y), ..self }
    }
}
