//! A sheet to paint on: shapes are polygons with smooth edges, seen through a camera that nobody holds quite straight.

use super::colour::{Paint, Rgb, mix};
use super::noise::Noise;
use super::number::{real, short, whole};
use crate::demo::dice::Dice;

/// A point of the scene: 1280 across, 960 down, whatever the size of the sheet.
pub(super) type Point = (f32, f32);

/// Scene units across.
pub(super) const WIDE: f32 = 1280.0;
/// Scene units down.
pub(super) const HIGH: f32 = 960.0;
/// Rows each pixel is looked at, for smooth edges.
const LOOKS: usize = 3;

/// How the camera is held.
#[derive(Debug, Clone, Copy)]
struct Camera {
    turn: (f32, f32),
    zoom: f32,
    shift: Point,
    lean: Point,
}

/// A sheet.
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<Rgb>,
    camera: Camera,
    cover: Vec<f32>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let camera = Camera { turn: (1.0, 0.0), zoom: 1.0, shift: (0.0, 0.0), lean: (0.0, 0.0) };
        Self { width, height, pixels: vec![[0.0; 3]; width * height], camera, cover: vec![0.0; width] }
    }

    /// Holds the camera as somebody does who has a parcel under the other arm.
    pub(super) fn hold(&mut self, dice: &mut Dice, zoom: f32, tilt: f64) {
        let mut throw = |most: f64| short(dice.between(-most, most));
        let angle = throw(tilt).to_radians();
        self.camera =
            Camera { turn: (angle.cos(), angle.sin()), zoom: zoom * (1.06 + throw(0.05)), shift: (throw(34.0), throw(20.0)), lean: (throw(0.07), throw(0.05)) };
    }

    /// Pixels of this sheet for one unit of the scene.
    fn scale(&self) -> f32 {
        real(self.width) / WIDE
    }

    fn seen(&self, (x, y): Point) -> Point {
        let Camera { turn: (cos, sin), zoom, shift, lean } = self.camera;
        let (x, y) = (x - WIDE / 2.0, y - HIGH / 2.0);
        let near = zoom / (1.0 + lean.0 * x / WIDE + lean.1 * y / HIGH);
        let (x, y) = (x * cos - y * sin, x * sin + y * cos);
        let scale = self.scale();
        ((x * near + shift.0 + WIDE / 2.0) * scale, (y * near + shift.1 + HIGH / 2.0) * scale)
    }

    /// Fills a shape of the scene.
    pub(super) fn fill(&mut self, shape: &[Point], paint: Paint) {
        let points: Vec<Point> = shape.iter().map(|point| self.seen(*point)).collect();
        self.fill_seen(&points, paint);
    }

    /// Fills a shape given in pixels.
    pub(super) fn fill_seen(&mut self, points: &[Point], paint: Paint) {
        let bounds = |of: fn(&Point) -> f32| points.iter().map(of).fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(v), high.max(v)));
        let ((left, right), (top, foot)) = (bounds(|p| p.0), bounds(|p| p.1));
        let (first, last) = (whole(top.max(0.0)), whole(foot.max(0.0) + 1.0).min(self.height));
        let (from, to) = (whole(left.max(0.0)), whole(right.max(0.0) + 2.0).min(self.width));
        if first >= last || from >= to {
            return;
        }
        let (span, fine) = (if paint.across { right - left } else { foot - top }.max(1.0), 1.0 / self.scale());
        let noise = Noise::sheets();
        let (across, down) = (fine * paint.fine.0, fine * paint.fine.1);
        let offset = 900.0 * paint.from.iter().sum::<f32>() + left.max(0.0);
        let mut crossings = Vec::with_capacity(8);
        for y in first..last {
            self.cover.iter_mut().take(to).skip(from).for_each(|cover| *cover = 0.0);
            for look in 0..LOOKS {
                let at = real(y) + (real(look) + 0.5) / real(LOOKS);
                crossings.clear();
                for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
                    if (a.1 <= at) != (b.1 <= at) {
                        crossings.push(a.0 + (b.0 - a.0) * (at - a.1) / (b.1 - a.1));
                    }
                }
                crossings.sort_by(f32::total_cmp);
                for pair in crossings.chunks_exact(2) {
                    if let [start, end] = pair {
                        self.cover_span(*start, *end, 1.0 / real(LOOKS));
                    }
                }
            }
            let row = self.pixels.iter_mut().skip(y * self.width + from).take(to - from);
            for (n, (pixel, cover)) in row.zip(self.cover.iter().skip(from)).enumerate() {
                if *cover <= 0.002 {
                    continue;
                }
                let x = real(from + n);
                let along = if paint.across { x - left } else { real(y) - top } / span;
                let mut colour = mix(paint.from, paint.to, along.clamp(0.0, 1.0));
                if paint.rough > 0.0 {
                    let bump = 1.0 + paint.rough * noise.soft(x * across + offset, real(y) * down + 9.0);
                    colour = colour.map(|part| part * bump);
                }
                *pixel = mix(*pixel, colour, (cover * paint.opacity).min(1.0));
            }
        }
    }

    /// Adds the cover of one look along a row.
    fn cover_span(&mut self, start: f32, end: f32, weight: f32) {
        let (start, end) = (start.max(0.0), end.min(real(self.width)));
        if end <= start {
            return;
        }
        let (first, last) = (whole(start), whole(end));
        let Some(cells) = self.cover.get_mut(first..(last + 1).min(self.width)) else { return };
        cells.iter_mut().for_each(|cover| *cover += weight);
        if let Some(cell) = cells.first_mut() {
            *cell -= weight * (start - real(first));
        }
        if let Some(cell) = cells.get_mut(last - first) {
            *cell -= weight * (real(last) + 1.0 - end);
        }
    }

    /// A soft patch, strongest in its middle: shade, glow or stain.
    pub(super) fn patch(&mut self, middle: Point, (wide, high): Point, colour: Rgb, opacity: f32) {
        let (x, y) = self.seen(middle);
        let by = self.scale() * self.camera.zoom;
        let (wide, high) = (wide * by, high * by);
        let rows = whole((y - high).max(0.0))..whole((y + high).max(0.0) + 1.0).min(self.height);
        let columns = whole((x - wide).max(0.0))..whole((x + wide).max(0.0) + 1.0).min(self.width);
        let span = columns.end.saturating_sub(columns.start);
        for row in rows {
            let down = (real(row) - y) / high;
            for (n, pixel) in self.pixels.iter_mut().skip(row * self.width + columns.start).take(span).enumerate() {
                let across = (real(columns.start + n) - x) / wide;
                let left = 1.0 - across * across - down * down;
                if left > 0.0 {
                    *pixel = mix(*pixel, colour, left * left * opacity);
                }
            }
        }
    }
}
