//! A small living room or bedroom: a wall, a window, a bed or a sofa, a table with what a household has on it.

use super::canvas::Canvas;
use super::colour::{Paint, lit, rgb};
use super::number::{real, short};
use crate::demo::dice::Dice;

const WALLS: [u32; 6] = [0xe6_e1_d4, 0xd9_d2_bf, 0xcd_d6_d3, 0xe3_d5_c3, 0xc8_cd_bd, 0xd2_cb_cf];
const FLOORS: [u32; 5] = [0xb2_a7_96, 0x8d_7a_63, 0x9a_9a_94, 0x7b_5c_44, 0xc4_b8_a4];
const CLOTHS: [u32; 8] = [0x8a_3b_3b, 0x4b_62_7c, 0x6e_7f_57, 0xb8_8d_52, 0x77_5a_7a, 0x3f_6b_68, 0xc0_a5_8a, 0x9c_55_4a];
const WOODS: [u32; 4] = [0x7c_54_34, 0x96_6d_45, 0x5c_3d_29, 0xb0_8a_5e];

/// Paints it.
pub(super) fn paint(canvas: &mut Canvas, dice: &mut Dice) {
    let wall = rgb(dice.pick(&WALLS));
    let horizon = short(dice.between(560.0, 660.0));
    canvas.block(-300.0, -300.0, 1900.0, 1300.0, Paint::of(lit(wall, 1.02)).to(lit(wall, 0.88)).rough(0.11, 0.12, 0.12));
    for _ in 0..dice.below(4) + 1 {
        let at = (short(dice.between(0.0, 1280.0)), short(dice.between(60.0, 560.0)));
        canvas.patch(at, (short(dice.between(50.0, 260.0)), short(dice.between(40.0, 160.0))), lit(wall, 0.72), 0.4);
    }
    let floor = rgb(dice.pick(&FLOORS));
    canvas.floor(horizon, floor, short(dice.between(70.0, 130.0)), lit(floor, 0.62));
    canvas.block(-300.0, horizon - 16.0, 1900.0, 18.0, Paint::of(lit(wall, 0.62)).to(lit(wall, 0.45)));
    let mirrored = dice.chance(0.5);
    let place = |x: f32, wide: f32| if mirrored { 1280.0 - x - wide } else { x };
    let wide = short(dice.between(250.0, 400.0));
    if dice.chance(0.72) {
        let at = (place(short(dice.between(40.0, 240.0)), wide), short(dice.between(50.0, 130.0)));
        let high = short(dice.between(280.0, 380.0));
        window(canvas, dice, at, (wide, high));
    }
    let nail = short(dice.between(560.0, 700.0));
    calendar(canvas, dice, place(nail, 130.0));
    if dice.chance(0.5) {
        let x = short(dice.between(880.0, 1010.0));
        cabinet(canvas, dice, place(x, 260.0), horizon);
    } else {
        television(canvas, dice, place(860.0, 360.0), horizon);
    }
    if dice.chance(0.5) {
        bed(canvas, dice, place(-60.0, 700.0), horizon);
    } else {
        sofa(canvas, dice, place(20.0, 620.0), horizon);
    }
    let (x, top) = (short(dice.between(640.0, 760.0)), short(dice.between(690.0, 760.0)));
    table(canvas, dice, place(x, 420.0), top);
    if dice.chance(0.5) {
        let x = short(dice.between(420.0, 860.0));
        canvas.stroke(&[(x, -260.0), (x + 4.0, 84.0)], 4.0, Paint::of(rgb(0x0033_302c)));
        canvas.disc((x + 4.0, 106.0), (22.0, 27.0), Paint::of(rgb(0x00ff_f6d8)));
        canvas.patch((x + 4.0, 106.0), (330.0, 290.0), rgb(0x00ff_ecc0), 0.55);
    }
}

fn window(canvas: &mut Canvas, dice: &mut Dice, (x, y): (f32, f32), (wide, high): (f32, f32)) {
    let frame = rgb(dice.pick(&[0xf0_ee_e8, 0x6f_8f_96, 0x80_5a_3c, 0xa9_ab_aa]));
    let light = rgb(dice.pick(&[0xee_f3_f5, 0xd3_e0_e6, 0xf7_ef_dd, 0x9f_b4_c2]));
    canvas.patch((x + wide / 2.0, y + high / 2.0), (wide * 1.25, high * 1.1), rgb(0x00ff_fbee), 0.5);
    canvas.window((x, y), (wide, high), frame, light, dice.below(2) + 2);
    if dice.chance(0.7) {
        let cloth = rgb(dice.pick(&CLOTHS));
        for side in [x - 70.0, x + wide - 36.0] {
            for fold in 0..5_usize {
                let at = real(fold).mul_add(21.0, side);
                canvas.block(at, y - 34.0, 23.0, high + 96.0, Paint::of(lit(cloth, 1.25)).across(lit(cloth, 0.72)).rough(0.12, 0.3, 0.05));
            }
        }
        canvas.stroke(&[(x - 92.0, y - 36.0), (x + wide + 92.0, y - 36.0)], 9.0, Paint::of(rgb(0x0080_6a4c)));
    }
}

fn calendar(canvas: &mut Canvas, dice: &mut Dice, x: f32) {
    let y = short(dice.between(70.0, 170.0));
    match dice.below(3) {
        0 => {
            canvas.shade((x + 72.0, y + 108.0), (110.0, 140.0), 0.35);
            canvas.block(x, y, 130.0, 190.0, Paint::of(rgb(0x00f4_f0e6)));
            canvas.block(x, y, 130.0, 84.0, Paint::of(rgb(0x00c2_3a2a)).to(rgb(0x00d9_8a4a)).rough(0.5, 1.0, 1.0));
            for n in 0..28_usize {
                canvas.block(real(n % 7).mul_add(17.0, x + 8.0), real(n / 7).mul_add(23.0, y + 98.0), 9.0, 10.0, Paint::of(rgb(0x0055_5048)).clear(0.75));
            }
        }
        1 => {
            let half = short(dice.between(60.0, 84.0));
            canvas.fortune((x + 66.0, y + 92.0), half, 0xb9_24_1c);
        }
        _ => {
            let frame = rgb(dice.pick(&WOODS));
            canvas.shade((x + 100.0, y + 80.0), (170.0, 120.0), 0.35);
            canvas.block(x, y, 196.0, 136.0, Paint::of(lit(frame, 1.1)).to(lit(frame, 0.7)));
            let top = rgb(dice.pick(&[0x9f_b8_c4, 0xc9_b0_84, 0x7b_8f_6a]));
            canvas.block(x + 13.0, y + 13.0, 170.0, 110.0, Paint::of(top).to(rgb(0x0058_6a50)).rough(0.5, 0.8, 1.2));
        }
    }
}

fn cabinet(canvas: &mut Canvas, dice: &mut Dice, x: f32, horizon: f32) {
    let wood = rgb(dice.pick(&WOODS));
    let top = horizon - short(dice.between(300.0, 420.0));
    canvas.shade((x + 130.0, horizon + 30.0), (240.0, 60.0), 0.5);
    canvas.block(x, top, 270.0, horizon + 40.0 - top, Paint::of(lit(wood, 1.1)).across(lit(wood, 0.78)).rough(0.22, 0.05, 0.4));
    for n in 0..2_usize {
        let left = real(n).mul_add(134.0, x);
        canvas.block(left + 10.0, top + 14.0, 114.0, horizon - top - 10.0, Paint::of(lit(wood, 0.92)).rough(0.22, 0.05, 0.4));
        canvas.disc((left + if n == 0 { 112.0 } else { 22.0 }, (top + horizon) / 2.0), (7.0, 7.0), Paint::of(rgb(0x00d8_cda8)));
    }
    for n in 0..dice.below(3) + 1 {
        let (at, tall) = (real(n).mul_add(78.0, x + 20.0), short(dice.between(40.0, 84.0)));
        let tone = rgb(dice.pick(&CLOTHS));
        canvas.block(at, top - tall, 66.0, tall, Paint::of(lit(tone, 1.2)).across(lit(tone, 0.7)));
    }
}

fn television(canvas: &mut Canvas, dice: &mut Dice, x: f32, horizon: f32) {
    let wood = rgb(dice.pick(&WOODS));
    let top = horizon - 130.0;
    canvas.shade((x + 180.0, horizon + 44.0), (300.0, 60.0), 0.5);
    canvas.block(x - 20.0, top, 400.0, 176.0, Paint::of(lit(wood, 1.08)).to(lit(wood, 0.66)).rough(0.22, 0.3, 0.06));
    canvas.block(x - 30.0, top - 12.0, 420.0, 20.0, Paint::of(lit(wood, 1.3)));
    canvas.pillow((x + 10.0, top - 226.0), (330.0, 206.0), 8.0, Paint::of(rgb(0x0017_181a)));
    canvas.block(x + 22.0, top - 214.0, 306.0, 180.0, Paint::of(rgb(0x0023_2b33)).across(rgb(0x004b_5965)).rough(0.3, 0.1, 0.1));
    canvas.block(x + 150.0, top - 24.0, 50.0, 16.0, Paint::of(rgb(0x0020_2020)));
}

fn bed(canvas: &mut Canvas, dice: &mut Dice, x: f32, horizon: f32) {
    let (wood, quilt) = (rgb(dice.pick(&WOODS)), rgb(dice.pick(&CLOTHS)));
    let top = horizon - 60.0;
    canvas.shade((x + 330.0, horizon + 220.0), (470.0, 110.0), 0.6);
    canvas.block(x + 10.0, top - 170.0, 660.0, 240.0, Paint::of(lit(wood, 1.1)).to(lit(wood, 0.7)).rough(0.2, 0.3, 0.06));
    canvas.fill(
        &[(x + 20.0, top + 40.0), (x + 650.0, top + 40.0), (x + 730.0, horizon + 230.0), (x - 60.0, horizon + 230.0)],
        Paint::of(lit(quilt, 1.05)).to(lit(quilt, 0.72)).rough(0.3, 0.25, 0.25),
    );
    for n in 0..34 {
        let at = (x + 30.0 + short(dice.between(0.0, 600.0)), top + 80.0 + short(dice.between(0.0, 190.0)));
        let bloom = lit(quilt, if n % 3 == 0 { 1.7 } else { 1.35 });
        canvas.disc(at, (17.0, 10.0), Paint::of(bloom).clear(0.5));
    }
    for n in 0..2_usize {
        canvas.pillow(
            (real(n).mul_add(300.0, x + 60.0), top - 20.0),
            (250.0, 96.0),
            40.0,
            Paint::of(rgb(0x00e9_e3d8)).to(rgb(0x00b9_b2a6)).rough(0.1, 0.3, 0.3),
        );
    }
    canvas.block(x - 60.0, horizon + 226.0, 790.0, 80.0, Paint::of(lit(wood, 0.9)).to(lit(wood, 0.5)));
}

fn sofa(canvas: &mut Canvas, dice: &mut Dice, x: f32, horizon: f32) {
    let cloth = rgb(dice.pick(&CLOTHS));
    let top = horizon - 130.0;
    canvas.shade((x + 310.0, horizon + 190.0), (440.0, 80.0), 0.6);
    canvas.pillow((x, top - 60.0), (620.0, 250.0), 40.0, Paint::of(lit(cloth, 1.08)).to(lit(cloth, 0.74)).rough(0.2, 0.4, 0.4));
    for n in 0..3_usize {
        canvas.pillow(
            (real(n).mul_add(176.0, x + 46.0), top + 76.0),
            (172.0, 110.0),
            26.0,
            Paint::of(lit(cloth, 1.25)).to(lit(cloth, 0.88)).rough(0.2, 0.4, 0.4),
        );
    }
    for left in [x - 30.0, x + 560.0] {
        canvas.pillow((left, top + 20.0), (92.0, 190.0), 34.0, Paint::of(lit(cloth, 1.16)).to(lit(cloth, 0.62)).rough(0.2, 0.4, 0.4));
    }
    canvas.block(x - 10.0, top + 184.0, 640.0, 50.0, Paint::of(lit(cloth, 0.6)).to(lit(cloth, 0.4)));
    let pad = rgb(dice.pick(&CLOTHS));
    canvas.fill(
        &[(x + 110.0, top + 10.0), (x + 240.0, top - 10.0), (x + 262.0, top + 110.0), (x + 130.0, top + 128.0)],
        Paint::of(lit(pad, 1.2)).to(lit(pad, 0.8)).rough(0.3, 0.6, 0.6),
    );
}

fn table(canvas: &mut Canvas, dice: &mut Dice, x: f32, top: f32) {
    let wood = rgb(dice.pick(&WOODS));
    canvas.shade((x + 210.0, top + 210.0), (330.0, 60.0), 0.55);
    for leg in [x + 16.0, x + 372.0] {
        canvas.block(leg, top + 30.0, 30.0, 320.0, Paint::of(lit(wood, 0.9)).across(lit(wood, 0.5)));
    }
    canvas.fill(
        &[(x + 40.0, top - 46.0), (x + 380.0, top - 46.0), (x + 430.0, top + 20.0), (x - 10.0, top + 20.0)],
        Paint::of(lit(wood, 1.35)).to(lit(wood, 1.1)).rough(0.2, 0.3, 0.06),
    );
    canvas.block(x - 10.0, top + 20.0, 440.0, 26.0, Paint::of(lit(wood, 0.8)));
    if dice.chance(0.7) {
        thermos(canvas, dice, x + 82.0, top - 14.0);
    }
    for n in 0..dice.below(3) + 1 {
        let at = real(n).mul_add(70.0, x + 180.0);
        let china = rgb(dice.pick(&[0xf2_ef_e6, 0xc9_d6_dc, 0xe6_d9_c0]));
        canvas.shade((at, top - 4.0), (36.0, 12.0), 0.5);
        canvas.fill(
            &[(at - 26.0, top - 50.0), (at + 26.0, top - 50.0), (at + 19.0, top - 6.0), (at - 19.0, top - 6.0)],
            Paint::of(china).across(lit(china, 0.66)),
        );
        canvas.disc((at, top - 50.0), (26.0, 8.0), Paint::of(lit(china, 0.75)));
    }
}

fn thermos(canvas: &mut Canvas, dice: &mut Dice, x: f32, foot: f32) {
    let tin = rgb(dice.pick(&[0xb5_2f_2a, 0x3b_6e_8f, 0x4e_7d_55, 0xd9_c7_8e]));
    canvas.shade((x, foot), (60.0, 18.0), 0.55);
    canvas.pillow((x - 42.0, foot - 176.0), (84.0, 178.0), 16.0, Paint::of(lit(tin, 1.35)).across(lit(tin, 0.6)));
    canvas.pillow((x - 24.0, foot - 214.0), (48.0, 44.0), 10.0, Paint::of(rgb(0x00d6_d2c8)).across(rgb(0x007d_7a73)));
    canvas.stroke(&[(x + 40.0, foot - 150.0), (x + 74.0, foot - 128.0), (x + 72.0, foot - 60.0), (x + 40.0, foot - 40.0)], 9.0, Paint::of(rgb(0x00c4_bfb4)));
    for _ in 0..4 {
        let at = (x + short(dice.between(-22.0, 22.0)), foot - short(dice.between(40.0, 140.0)));
        canvas.disc(at, (11.0, 11.0), Paint::of(rgb(0x00f2_e3cf)).clear(0.75));
    }
}
