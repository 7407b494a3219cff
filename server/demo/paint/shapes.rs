//! Shapes that more than one scene is made of.

use super::canvas::{Canvas, Point};
use super::colour::{Paint, Rgb, lit, rgb};
use super::number::real;

/// The corners of an upright box.
pub(super) const fn corners(x: f32, y: f32, wide: f32, high: f32) -> [Point; 4] {
    [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
}

impl Canvas {
    pub(super) fn block(&mut self, x: f32, y: f32, wide: f32, high: f32, paint: Paint) {
        self.fill(&corners(x, y, wide, high), paint);
    }

    /// A box with round corners.
    pub(super) fn pillow(&mut self, (x, y): Point, (wide, high): Point, round: f32, paint: Paint) {
        let round = round.min(wide / 2.0).min(high / 2.0);
        let middles = [(x + wide - round, y + high - round), (x + round, y + high - round), (x + round, y + round), (x + wide - round, y + round)];
        let arc = |(n, (cx, cy)): (usize, Point)| {
            (0..6).map(move |step| {
                let angle = (real(n) * 90.0 + real(step) * 18.0).to_radians();
                (round.mul_add(angle.cos(), cx), round.mul_add(angle.sin(), cy))
            })
        };
        let shape: Vec<Point> = middles.into_iter().enumerate().flat_map(arc).collect();
        self.fill(&shape, paint);
    }

    pub(super) fn disc(&mut self, (cx, cy): Point, (rx, ry): Point, paint: Paint) {
        let shape: Vec<Point> = (0..36).map(|n| (real(n) * 10.0).to_radians()).map(|a| (rx.mul_add(a.cos(), cx), ry.mul_add(a.sin(), cy))).collect();
        self.fill(&shape, paint);
    }

    /// A thick line with round ends.
    pub(super) fn stroke(&mut self, points: &[Point], thick: f32, paint: Paint) {
        let half = thick / 2.0;
        for pair in points.windows(2) {
            let [(ax, ay), (bx, by)] = *pair else { continue };
            let length = (bx - ax).hypot(by - ay).max(0.01);
            let (nx, ny) = ((ay - by) / length * half, (bx - ax) / length * half);
            self.fill(&[(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)], paint);
        }
        if thick > 3.0 {
            points.iter().for_each(|point| self.disc(*point, (half, half), paint));
        }
    }

    /// A limb: a line that grows thinner.
    pub(super) fn limb(&mut self, (ax, ay): Point, (bx, by): Point, (from, to): (f32, f32), paint: Paint) {
        let length = (bx - ax).hypot(by - ay).max(0.01);
        let (nx, ny) = ((ay - by) / length, (bx - ax) / length);
        let (f, t) = (from / 2.0, to / 2.0);
        self.fill(
            &[
                (nx.mul_add(f, ax), ny.mul_add(f, ay)),
                (nx.mul_add(t, bx), ny.mul_add(t, by)),
                (nx.mul_add(-t, bx), ny.mul_add(-t, by)),
                (nx.mul_add(-f, ax), ny.mul_add(-f, ay)),
            ],
            paint,
        );
        self.disc((ax, ay), (f, f), paint);
        self.disc((bx, by), (t, t), paint);
    }

    /// A framed window with light behind it.
    pub(super) fn window(&mut self, (x, y): Point, (wide, high): Point, frame: Rgb, light: Rgb, panes: usize) {
        self.block(x - 12.0, y - 12.0, wide + 24.0, high + 24.0, Paint::of(lit(frame, 0.85)));
        self.block(x, y, wide, high, Paint::of(light).to(lit(light, 0.82)).rough(0.10, 0.25, 0.25));
        for n in 0..=panes {
            self.block(x + wide * real(n) / real(panes) - 5.0, y, 10.0, high, Paint::of(frame));
        }
        self.block(x, high.mul_add(0.28, y), wide, 8.0, Paint::of(frame));
        self.block(x - 20.0, y + high + 6.0, wide + 40.0, 16.0, Paint::of(lit(frame, 1.06)).to(lit(frame, 0.8)));
    }

    /// Tiles or boards of a floor that runs away from the camera.
    pub(super) fn floor(&mut self, horizon: f32, colour: Rgb, tile: f32, gap: Rgb) {
        self.fill(&corners(-300.0, horizon, 1900.0, 1100.0), Paint::of(lit(colour, 0.8)).to(lit(colour, 1.08)).rough(0.16, 0.18, 0.5));
        let mut depth = 14.0;
        let mut y = horizon;
        while y < 1250.0 {
            self.block(-300.0, y, 1900.0, 2.0 + depth * 0.02, Paint::of(gap).clear(0.45));
            y += depth;
            depth *= 1.42;
        }
        for n in -9_i16..=9 {
            let at = f32::from(n);
            self.fill(
                &[
                    (at.mul_add(tile, 640.0), horizon),
                    (at.mul_add(tile, 642.0), horizon),
                    (at.mul_add(tile * 4.2, 646.0), 1250.0),
                    (at.mul_add(tile * 4.2, 640.0), 1250.0),
                ],
                Paint::of(gap).clear(0.4),
            );
        }
    }

    /// A shadow on the ground.
    pub(super) fn shade(&mut self, middle: Point, size: Point, opacity: f32) {
        self.patch(middle, size, rgb(0x0014_1210), opacity);
    }
}
