//! A few characters as a brush writes them, for couplets, bags and vests: no font file is needed for twenty characters.

use super::canvas::{Canvas, Point};
use super::colour::{Paint, rgb};
use super::number::real;

/// Strokes on a field of 100 by 100: points parted by spaces, strokes by semicolons.
const STROKES: &[(char, &str)] = &[
    (
        '福',
        "22,8 28,18;10,28 36,28 12,62;25,45 25,95;30,52 38,62;48,14 92,14;54,26 86,26 86,44 54,44 54,26;50,54 90,54 90,92 50,92 50,54;70,54 70,92;50,73 90,73",
    ),
    ('春', "25,15 75,15;22,30 78,30;10,46 90,46;50,4 44,40 10,74;54,46 92,72;34,60 66,60 66,96 34,96 34,60;34,78 66,78"),
    ('平', "15,14 85,14;30,26 38,40;70,26 62,40;8,52 92,52;50,14 50,96"),
    ('安', "50,4 52,14;12,32 12,20 88,20 84,32;44,34 28,66 70,92;64,46 54,72 20,94;8,54 92,54"),
    ('大', "10,36 90,36;50,6 46,50 10,94;52,40 90,94"),
    ('吉', "20,16 80,16;50,4 50,40;28,40 72,40;28,56 72,56 72,94 28,94 28,56"),
    ('年', "32,4 14,34;26,20 84,20;28,42 80,42;28,42 28,66;6,66 94,66;54,20 54,98"),
    ('人', "48,8 42,48 8,92;50,36 92,92"),
    ('天', "20,16 80,16;10,44 90,44;50,16 46,50 10,94;52,46 90,94"),
    ('喜', "20,12 80,12;50,2 50,24;28,24 72,24;34,32 66,32 66,46 34,46 34,32;38,50 42,58;62,50 58,58;8,60 92,60;30,70 70,70 70,94 30,94 30,70"),
    ('有', "10,22 90,22;44,4 10,60;36,42 36,96;36,42 74,42 74,94 66,92;36,58 74,58;36,74 74,74"),
    ('余', "50,4 8,44;50,4 92,44;30,36 70,36;16,54 84,54;50,36 50,96 42,90;34,64 18,88;66,64 84,88"),
    ('米', "28,12 38,28;72,12 62,28;10,46 90,46;50,6 50,96;46,48 12,88;54,48 90,88"),
    ('油', "14,12 26,22;8,40 20,48;8,92 28,62;40,30 90,30 90,92 40,92 40,30;65,8 65,92;40,60 90,60"),
    ('工', "18,14 82,14;50,14 50,86;8,86 92,86"),
    ('会', "50,4 8,40;50,4 92,40;30,40 70,40;16,58 84,58;46,58 26,86 78,82;64,70 84,94"),
    ('温', "14,12 26,22;8,40 20,48;8,92 28,62;44,8 84,8 84,46 44,46 44,8;44,27 84,27;42,58 88,58 88,90;42,58 42,90;57,58 57,90;73,58 73,90;32,92 98,92"),
    ('面', "10,10 90,10;48,10 40,28;16,28 84,28 84,92 16,92 16,28;40,28 40,92;60,28 60,92;40,50 60,50;40,70 60,70"),
];

fn points(stroke: &str) -> Vec<Point> {
    let point = |pair: &str| pair.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
    stroke.split(' ').filter_map(point).collect()
}

impl Canvas {
    /// Writes a character into a box, `thick` as a share of its side.
    pub(super) fn write(&mut self, character: char, (x, y): Point, side: f32, thick: f32, paint: Paint) {
        let strokes = STROKES.iter().find(|(known, _)| *known == character).map_or("", |(_, strokes)| strokes);
        for stroke in strokes.split(';') {
            let place = |(px, py): Point| (px.mul_add(side / 100.0, x), py.mul_add(side / 100.0, y));
            let line: Vec<Point> = points(stroke).into_iter().map(place).collect();
            self.stroke(&line, side * thick, paint);
        }
    }

    /// A strip of red paper with characters from top to foot.
    pub(super) fn couplet(&mut self, (x, y): Point, (wide, high): Point, words: &str, red: u32, gold: bool) {
        self.shade((x + wide * 0.56, y + high * 0.5), (wide * 0.85, high * 0.56), 0.35);
        self.block(x, y, wide, high, Paint::of(rgb(red)).to(rgb(red).map(|part| part * 0.86)).rough(0.12, 0.3, 0.12));
        let ink = if gold { rgb(0x00e8_c15a) } else { rgb(0x0019_1413) };
        if gold {
            self.block(x + wide * 0.06, y + 8.0, wide * 0.025, high - 16.0, Paint::of(ink).clear(0.7));
            self.block(x + wide * 0.91, y + 8.0, wide * 0.025, high - 16.0, Paint::of(ink).clear(0.7));
        }
        let count = real(words.chars().count()).max(1.0);
        let step = (high - 16.0) / count;
        let side = (wide * 0.66).min(step * 0.84);
        for (n, character) in words.chars().enumerate() {
            let at = (x + (wide - side) / 2.0, real(n).mul_add(step, y + 8.0 + (step - side) / 2.0));
            self.write(character, at, side, 0.115, Paint::of(ink).rough(0.0, 1.0, 1.0));
        }
    }

    /// The strip over the door.
    pub(super) fn lintel(&mut self, (x, y): Point, (wide, high): Point, words: &str, red: u32, gold: bool) {
        self.block(x, y, wide, high, Paint::of(rgb(red)).rough(0.12, 0.2, 0.3));
        let ink = if gold { rgb(0x00e8_c15a) } else { rgb(0x0019_1413) };
        let count = real(words.chars().count()).max(1.0);
        let side = high * 0.72;
        for (n, character) in words.chars().enumerate() {
            let at = (x + wide * (real(n) + 0.5) / count - side / 2.0, y + high * 0.14);
            self.write(character, at, side, 0.115, Paint::of(ink).rough(0.0, 1.0, 1.0));
        }
    }

    /// Fortune on a square of red paper that stands on its corner.
    pub(super) fn fortune(&mut self, (cx, cy): Point, half: f32, red: u32) {
        self.shade((cx + 5.0, cy + 7.0), (half * 1.15, half * 1.15), 0.4);
        self.fill(&[(cx, cy - half), (cx + half, cy), (cx, cy + half), (cx - half, cy)], Paint::of(rgb(red)).rough(0.1, 0.3, 0.3));
        let inner = half * 0.88;
        for pair in [(cx, cy - inner), (cx + inner, cy), (cx, cy + inner), (cx - inner, cy), (cx, cy - inner)].windows(2) {
            self.stroke(pair, 2.4, Paint::of(rgb(0x00e6_bf55)));
        }
        self.write('福', (cx - half * 0.42, cy - half * 0.44), half * 0.86, 0.12, Paint::of(rgb(0x00ed_c85e)));
    }
}
