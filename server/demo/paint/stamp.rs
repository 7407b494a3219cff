//! The readable bar at a picture's foot: time, place, household and cadre, in a font of five by seven dots.

use super::canvas::{Canvas, Point};
use super::colour::{Paint, rgb};
use super::number::real;

/// Seven rows of five dots for each character, the topmost row first, the leftmost dot the highest bit.
const DOTS: &[(char, [u8; 7])] = &[
    ('0', [14, 17, 19, 21, 25, 17, 14]),
    ('1', [4, 12, 4, 4, 4, 4, 14]),
    ('2', [14, 17, 1, 2, 4, 8, 31]),
    ('3', [31, 2, 4, 2, 1, 17, 14]),
    ('4', [2, 6, 10, 18, 31, 2, 2]),
    ('5', [31, 16, 30, 1, 1, 17, 14]),
    ('6', [6, 8, 16, 30, 17, 17, 14]),
    ('7', [31, 1, 2, 4, 8, 8, 8]),
    ('8', [14, 17, 17, 14, 17, 17, 14]),
    ('9', [14, 17, 17, 15, 1, 2, 12]),
    ('A', [14, 17, 17, 31, 17, 17, 17]),
    ('B', [30, 17, 17, 30, 17, 17, 30]),
    ('C', [14, 17, 16, 16, 16, 17, 14]),
    ('D', [28, 18, 17, 17, 17, 18, 28]),
    ('E', [31, 16, 16, 30, 16, 16, 31]),
    ('F', [31, 16, 16, 30, 16, 16, 16]),
    ('G', [14, 17, 16, 23, 17, 17, 15]),
    ('H', [17, 17, 17, 31, 17, 17, 17]),
    ('I', [14, 4, 4, 4, 4, 4, 14]),
    ('J', [7, 2, 2, 2, 2, 18, 12]),
    ('K', [17, 18, 20, 24, 20, 18, 17]),
    ('L', [16, 16, 16, 16, 16, 16, 31]),
    ('M', [17, 27, 21, 21, 17, 17, 17]),
    ('N', [17, 17, 25, 21, 19, 17, 17]),
    ('O', [14, 17, 17, 17, 17, 17, 14]),
    ('P', [30, 17, 17, 30, 16, 16, 16]),
    ('Q', [14, 17, 17, 17, 21, 18, 13]),
    ('R', [30, 17, 17, 30, 20, 18, 17]),
    ('S', [15, 16, 16, 14, 1, 1, 30]),
    ('T', [31, 4, 4, 4, 4, 4, 4]),
    ('U', [17, 17, 17, 17, 17, 17, 14]),
    ('V', [17, 17, 17, 17, 17, 10, 4]),
    ('W', [17, 17, 17, 21, 21, 21, 10]),
    ('X', [17, 17, 10, 4, 10, 17, 17]),
    ('Y', [17, 17, 17, 10, 4, 4, 4]),
    ('Z', [31, 1, 2, 4, 8, 16, 31]),
    ('-', [0, 0, 0, 31, 0, 0, 0]),
    ('+', [0, 4, 4, 31, 4, 4, 0]),
    ('.', [0, 0, 0, 0, 0, 12, 12]),
    (':', [0, 12, 12, 0, 12, 12, 0]),
    ('/', [0, 1, 2, 4, 8, 16, 0]),
    ('±', [4, 4, 31, 4, 4, 0, 31]),
    ('#', [10, 10, 31, 10, 31, 10, 10]),
    ('·', [0, 0, 0, 12, 12, 0, 0]),
];

/// Where the bar begins; the likeness of pictures is taken of what stands above it.
const TOP: f32 = 846.0;
/// Scene units for one dot.
const DOT: f32 = 4.2;

impl Canvas {
    /// Burns two lines of words into the foot of the picture, straight, however the camera was held.
    pub(super) fn stamp(&mut self, lines: [&str; 2]) {
        let scale = real(self.width) / super::canvas::WIDE;
        let straight = |x: f32, y: f32, wide: f32, high: f32| -> [Point; 4] { super::shapes::corners(x * scale, y * scale, wide * scale, high * scale) };
        self.fill_seen(&straight(0.0, TOP, 1280.0, 120.0), Paint::of(rgb(0x0012_1416)).clear(0.62).rough(0.0, 1.0, 1.0));
        self.fill_seen(&straight(0.0, TOP, 10.0, 120.0), Paint::of(rgb(0x00c8_321e)).rough(0.0, 1.0, 1.0));
        for (line, top) in lines.iter().zip([TOP + 20.0, TOP + 66.0]) {
            let mut x = 34.0;
            for character in line.chars() {
                let rows = DOTS.iter().find(|(known, _)| *known == character.to_ascii_uppercase()).map_or([0; 7], |(_, rows)| *rows);
                for (down, row) in rows.into_iter().enumerate() {
                    for across in (0..5_usize).filter(|across| row >> (4 - across) & 1 == 1) {
                        let at = straight(real(across).mul_add(DOT, x), real(down).mul_add(DOT, top), DOT + 0.3, DOT + 0.3);
                        self.fill_seen(&at, Paint::of(rgb(0x00fb_f7ef)).rough(0.0, 1.0, 1.0));
                    }
                }
                x += DOT * 6.0;
            }
        }
    }
}
