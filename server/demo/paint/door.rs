//! A door in a stairwell: steel or wood, with the couplets of some year, a meter box, a lamp, and what stands before it.

use super::canvas::Canvas;
use super::colour::{Paint, lit, mix, rgb};
use super::number::{real, short};
use crate::demo::dice::Dice;

const DOORS: [u32; 8] = [0x2f_4a_3e, 0x5a_2a_22, 0x6b_45_2a, 0x39_46_57, 0x7c_5a_3a, 0x8a_8d_8c, 0x3d_2b_24, 0x2c_57_5e];
const WALLS: [u32; 6] = [0xe2_dc_ce, 0xd7_d9_d4, 0xcf_c4_ac, 0xc9_cf_d2, 0xb9_b1_a2, 0xdd_d0_c2];
const SKIRTS: [u32; 5] = [0x6f_93_80, 0x7a_9a_b0, 0x9c_8f_7a, 0x5f_7f_6c, 0xb0_a5_93];
const FLOORS: [u32; 5] = [0x8f_8a_80, 0x77_70_66, 0xa3_97_86, 0x6b_6d_70, 0x94_7a_63];
const REDS: [u32; 4] = [0xb8_21_1b, 0xc8_32_22, 0xa8_2a_26, 0xd0_4a_38];
const PAIRS: [(&str, &str, &str); 4] = [
    ("天大吉人春有余", "年年喜有大平安", "平安大吉"),
    ("春大人喜年吉安", "福有天平余大年", "年年有余"),
    ("吉年有喜大平安", "天人春福年有余", "春年大吉"),
    ("喜有天年人平安", "大福春人吉有余", "人有福喜"),
];

/// Paints it.
pub(super) fn paint(canvas: &mut Canvas, dice: &mut Dice) {
    let wall = rgb(dice.pick(&WALLS));
    let ground = short(dice.between(735.0, 820.0));
    canvas.block(-300.0, -300.0, 1900.0, 1600.0, Paint::of(wall).to(lit(wall, 0.9)).rough(0.13, 0.12, 0.12));
    if dice.chance(0.7) {
        let (skirt, top) = (rgb(dice.pick(&SKIRTS)), ground - short(dice.between(230.0, 400.0)));
        canvas.block(-300.0, top, 1900.0, ground - top, Paint::of(skirt).to(lit(skirt, 0.86)).rough(0.14, 0.2, 0.1));
        canvas.block(-300.0, top - 5.0, 1900.0, 7.0, Paint::of(lit(skirt, 0.6)));
    } else if dice.chance(0.5) {
        bricks(canvas, ground, mix(wall, rgb(0x00a0_6a50), 0.5));
    }
    for _ in 0..dice.below(5) + 2 {
        let at = (short(dice.between(0.0, 1280.0)), short(dice.between(0.0, 700.0)));
        let size = (short(dice.between(40.0, 220.0)), short(dice.between(30.0, 200.0)));
        canvas.patch(at, size, lit(wall, short(dice.between(0.6, 0.9))), 0.45);
    }
    let floor = rgb(dice.pick(&FLOORS));
    canvas.floor(ground, floor, short(dice.between(90.0, 170.0)), lit(floor, 0.55));
    let (wide, high) = (short(dice.between(330.0, 470.0)), ground - short(dice.between(60.0, 165.0)));
    let x = short(dice.between(260.0, 980.0 - f64::from(wide) * 0.7));
    let y = ground - high;
    canvas.shade((x + wide / 2.0, ground + 14.0), (wide * 0.9, 60.0), 0.6);
    leaf(canvas, dice, (x, y), (wide, high));
    if dice.chance(0.66) {
        paper(canvas, dice, (x, y), (wide, high));
    }
    furniture(canvas, dice, (x, ground), wide);
}

fn bricks(canvas: &mut Canvas, ground: f32, brick: [f32; 3]) {
    for row in 0..22_usize {
        let y = real(row) * 42.0 - 60.0;
        for n in 0..15_usize {
            let x = real(n) * 112.0 - 120.0 + if row % 2 == 0 { 0.0 } else { 56.0 };
            let tone = real((row * 7 + n * 13) % 9).mul_add(0.022, 0.88);
            canvas.block(x, y, 108.0, 38.0, Paint::of(lit(brick, tone)).rough(0.16, 0.5, 0.5));
        }
    }
    canvas.block(-300.0, ground - 30.0, 1900.0, 30.0, Paint::of(lit(brick, 0.6)));
}

/// The door's leaf with its frame, panels, handle and eye.
fn leaf(canvas: &mut Canvas, dice: &mut Dice, (x, y): (f32, f32), (wide, high): (f32, f32)) {
    let colour = rgb(dice.pick(&DOORS));
    let frame = if dice.chance(0.6) { lit(colour, 0.72) } else { rgb(0x00b9_b4a8) };
    canvas.block(x - 34.0, y - 34.0, wide + 68.0, high + 34.0, Paint::of(frame).across(lit(frame, 0.8)));
    canvas.block(x - 8.0, y - 8.0, wide + 16.0, high + 8.0, Paint::of(lit(colour, 0.35)));
    canvas.block(x, y, wide, high, Paint::of(lit(colour, 1.12)).across(lit(colour, 0.86)).rough(0.10, 0.06, 0.5));
    let columns = if dice.chance(0.5) { 2_usize } else { 1 };
    let rows = dice.below(3) + 2;
    let (gap, panel_w) = (26.0, wide / real(columns));
    let panel_h = (high - 30.0) / real(rows);
    for n in 0..rows * columns {
        let (left, top) = (real(n % columns).mul_add(panel_w, x) + gap, real(n / columns).mul_add(panel_h, y) + gap);
        let (pw, ph) = (panel_w - 2.0 * gap, panel_h - 1.4 * gap);
        canvas.block(left - 5.0, top - 5.0, pw + 10.0, ph + 10.0, Paint::of(lit(colour, 0.62)).to(lit(colour, 1.35)));
        canvas.block(left, top, pw, ph, Paint::of(lit(colour, 0.94)).to(lit(colour, 1.1)).rough(0.10, 0.06, 0.5));
    }
    let right = dice.chance(0.5);
    let grip = if right { x + wide - 44.0 } else { x + 26.0 };
    let middle = y + high * 0.54;
    canvas.pillow((grip - 4.0, middle - 70.0), (26.0, 150.0), 8.0, Paint::of(rgb(0x00cf_c9b8)).across(rgb(0x0086_8071)));
    canvas.pillow((if right { grip - 66.0 } else { grip + 4.0 }, middle - 12.0), (84.0, 20.0), 10.0, Paint::of(rgb(0x00ec_e6d5)).to(rgb(0x007c_766a)));
    canvas.disc((grip + 9.0, middle + 46.0), (7.0, 7.0), Paint::of(rgb(0x0022_201e)));
    canvas.disc((x + wide / 2.0, y + high * 0.24), (11.0, 11.0), Paint::of(rgb(0x00b8_b09c)));
    canvas.disc((x + wide / 2.0, y + high * 0.24), (6.0, 6.0), Paint::of(rgb(0x0010_1214)));
    if dice.chance(0.6) {
        canvas.pillow((x + wide / 2.0 - 46.0, y + high * 0.15), (92.0, 40.0), 5.0, Paint::of(rgb(0x0029_4f9a)));
        for n in 0..3_usize {
            canvas.block(x + wide / 2.0 - 30.0 + real(n) * 22.0, y + high * 0.15 + 11.0, 13.0, 18.0, Paint::of(rgb(0x00e9_e9e4)).rough(0.5, 3.0, 3.0));
        }
    }
}

/// Couplets left and right, a strip above, fortune in the middle; some years old.
fn paper(canvas: &mut Canvas, dice: &mut Dice, (x, y): (f32, f32), (wide, high): (f32, f32)) {
    let (red, gold) = (dice.pick(&REDS), dice.chance(0.55));
    let (left, right, top) = dice.pick(&PAIRS);
    let strip = (short(dice.between(66.0, 92.0)), high * short(dice.between(0.62, 0.8)));
    let from = y + short(dice.between(0.0, 60.0));
    canvas.couplet((x - 46.0 - strip.0, from), strip, left, red, gold);
    canvas.couplet((x + wide + 46.0, from + short(dice.between(-14.0, 14.0))), strip, right, red, gold);
    if y > 90.0 {
        canvas.lintel((x + wide * 0.1, y - 38.0 - strip.0 * 0.8), (wide * 0.8, strip.0 * 0.86), top, red, gold);
    }
    if dice.chance(0.75) {
        let half = short(dice.between(74.0, 108.0));
        canvas.fortune((x + wide / 2.0 + short(dice.between(-9.0, 9.0)), y + high * 0.38), half, red);
    }
}

/// What stands and hangs around.
fn furniture(canvas: &mut Canvas, dice: &mut Dice, (x, ground): (f32, f32), wide: f32) {
    let side = if x > 520.0 { x - short(dice.between(300.0, 400.0)) } else { x + wide + short(dice.between(170.0, 260.0)) };
    if dice.chance(0.55) {
        let top = short(dice.between(120.0, 260.0));
        canvas.shade((side + 70.0, top + 90.0), (130.0, 140.0), 0.4);
        canvas.pillow((side, top), (132.0, 168.0), 6.0, Paint::of(rgb(0x00c3_c5c2)).across(rgb(0x008e_9190)));
        canvas.block(side + 18.0, top + 18.0, 96.0, 60.0, Paint::of(rgb(0x0036_4148)).to(rgb(0x0058_6a72)));
        canvas.stroke(&[(side + 66.0, top - 2.0), (side + 60.0, -200.0)], 7.0, Paint::of(rgb(0x0055_5350)));
    }
    if dice.chance(0.6) {
        let (w, depth) = (wide * 0.82, 66.0);
        let mat = rgb(dice.pick(&[0x6a_33_2c, 0x4b_4f_45, 0x7a_5f_3c, 0x2f_3c_55]));
        canvas.fill(
            &[(x + 30.0, ground + 26.0), (x + 30.0 + w, ground + 26.0), (x + w + 60.0, ground + 26.0 + depth), (x, ground + 26.0 + depth)],
            Paint::of(mat).rough(0.4, 2.0, 2.0),
        );
    }
    if dice.chance(0.55) {
        pot(canvas, dice, side + 60.0, ground + 40.0);
    } else if dice.chance(0.6) {
        shoes(canvas, dice, side + 20.0, ground + 46.0);
    } else {
        broom(canvas, side + 80.0, ground);
    }
    if dice.chance(0.4) {
        canvas.stroke(&[(-40.0, 66.0), (420.0, 84.0), (900.0, 70.0), (1320.0, 92.0)], 5.0, Paint::of(rgb(0x003c_3a38)));
    }
}

fn pot(canvas: &mut Canvas, dice: &mut Dice, x: f32, foot: f32) {
    canvas.shade((x, foot), (120.0, 34.0), 0.6);
    for _ in 0..26 {
        let (angle, far) = (short(dice.between(-1.2, 1.2)), short(dice.between(90.0, 230.0)));
        let tip = (x + angle.sin() * far, foot - 90.0 - angle.cos() * far);
        let green = rgb(dice.pick(&[0x3f_6b_34, 0x55_84_3f, 0x2f_55_2d, 0x6d_93_4a]));
        canvas.limb((x, foot - 92.0), tip, (9.0, 3.0), Paint::of(green));
        canvas.disc(tip, (15.0, 9.0), Paint::of(lit(green, 1.15)));
    }
    let clay = rgb(dice.pick(&[0xa2_58_39, 0xd8_d4_cc, 0x4f_6a_7d]));
    canvas.fill(&[(x - 74.0, foot - 112.0), (x + 74.0, foot - 112.0), (x + 52.0, foot), (x - 52.0, foot)], Paint::of(lit(clay, 1.1)).across(lit(clay, 0.7)));
    canvas.block(x - 80.0, foot - 122.0, 160.0, 24.0, Paint::of(lit(clay, 1.18)).across(lit(clay, 0.75)));
}

fn shoes(canvas: &mut Canvas, dice: &mut Dice, x: f32, foot: f32) {
    for n in 0..dice.below(2) * 2 + 2 {
        let left = real(n).mul_add(62.0, x);
        let leather = rgb(dice.pick(&[0x2a_26_24, 0x6a_4a_36, 0x3a_4a_63, 0x8c_86_7d]));
        canvas.shade((left + 26.0, foot + 6.0), (46.0, 16.0), 0.6);
        canvas.pillow((left, foot - 46.0), (52.0, 50.0), 22.0, Paint::of(lit(leather, 1.2)).to(leather));
        canvas.disc((left + 26.0, foot - 30.0), (17.0, 12.0), Paint::of(lit(leather, 0.4)));
    }
}

fn broom(canvas: &mut Canvas, x: f32, ground: f32) {
    canvas.stroke(&[(x, ground - 12.0), (x + 66.0, ground - 470.0)], 13.0, Paint::of(rgb(0x00a7_8a5c)).across(rgb(0x0076_5d3a)));
    canvas.fill(
        &[(x - 14.0, ground - 120.0), (x + 34.0, ground - 116.0), (x + 60.0, ground + 20.0), (x - 66.0, ground + 18.0)],
        Paint::of(rgb(0x00b9_9b62)).to(rgb(0x0087_6a3a)).rough(0.5, 2.5, 0.3),
    );
}
