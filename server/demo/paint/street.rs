//! A house front of the old quarter: storeys, windows with bars, air conditioners, washing, a tree, a road.

use super::canvas::Canvas;
use super::colour::{Paint, Rgb, lit, mix, rgb};
use super::number::{real, short};
use crate::demo::dice::Dice;

const FRONTS: [u32; 7] = [0xc9_b9_9e, 0xb5_6f_55, 0xa9_ad_ab, 0xd8_cf_bb, 0x9d_8a_76, 0xc6_a2_86, 0x8f_9b_a0];
const SKIES: [(u32, u32); 5] =
    [(0xb8_c4_cc, 0xdf_e3_e3), (0x8f_b2_d6, 0xe2_ea_ef), (0xa9_a9_a6, 0xd2_cf_c8), (0xc9_b8_a8, 0xef_dc_c0), (0x6d_82_9b, 0xb9_c1_c9)];
const CLOTHS: [u32; 7] = [0xc2_3f_3a, 0x35_5a_8c, 0xe8_e2_d6, 0x4f_7a_58, 0xd2_a0_3f, 0x6a_4a_70, 0x2b_2d_33];

/// Paints it.
pub(super) fn paint(canvas: &mut Canvas, dice: &mut Dice) {
    let (high, low) = dice.pick(&SKIES);
    canvas.block(-300.0, -300.0, 1900.0, 900.0, Paint::of(rgb(high)).to(rgb(low)).rough(0.05, 0.05, 0.08));
    let ground = short(dice.between(700.0, 780.0));
    canvas.block(-300.0, 560.0, 1900.0, 700.0, Paint::of(mix(rgb(low), rgb(0x006e_6c66), 0.6)).rough(0.2, 0.3, 0.3));
    far_roofs(canvas, dice, rgb(low));
    let left = short(dice.between(-160.0, 120.0));
    let wide = short(dice.between(820.0, 1300.0));
    let storeys = dice.below(3) + 2;
    front(canvas, dice, (left, ground), wide, storeys);
    road(canvas, dice, ground);
    for _ in 0..dice.below(2) + 1 {
        let (x, root) = (short(dice.between(20.0, 1260.0)), short(dice.between(20.0, 70.0)));
        tree(canvas, dice, x, ground + root);
    }
    if dice.chance(0.6) {
        let x = short(dice.between(140.0, 860.0));
        bicycle(canvas, dice, x, ground + 76.0);
    }
    if dice.chance(0.55) {
        for n in 0..3_usize {
            let y = real(n).mul_add(22.0, 70.0);
            canvas.stroke(&[(-60.0, y), (500.0, y + 34.0), (1340.0, y - 20.0)], 3.4, Paint::of(rgb(0x0024_2628)));
        }
    }
}

fn far_roofs(canvas: &mut Canvas, dice: &mut Dice, haze: Rgb) {
    let mut x = -120.0;
    while x < 1400.0 {
        let (wide, top) = (short(dice.between(110.0, 260.0)), short(dice.between(160.0, 430.0)));
        let tone = mix(rgb(dice.pick(&FRONTS)), haze, 0.62);
        canvas.block(x, top, wide, 800.0, Paint::of(tone));
        for n in 0..24_usize {
            canvas.block(x + 14.0 + real(n % 4) * wide / 4.4, top + 22.0 + real(n / 4) * 56.0, wide / 9.0, 26.0, Paint::of(lit(tone, 0.8)));
        }
        x += wide + short(dice.between(-10.0, 60.0));
    }
}

fn front(canvas: &mut Canvas, dice: &mut Dice, (left, ground): (f32, f32), wide: f32, storeys: usize) {
    let wall = rgb(dice.pick(&FRONTS));
    let storey = short(dice.between(190.0, 240.0));
    let top = ground - storey * real(storeys);
    canvas.shade((left + wide / 2.0, ground), (wide * 0.7, 90.0), 0.5);
    canvas.block(left, top, wide, ground - top, Paint::of(lit(wall, 1.05)).across(lit(wall, 0.84)).rough(0.22, 0.35, 0.35));
    canvas.block(left - 24.0, top - 20.0, wide + 48.0, 34.0, Paint::of(lit(wall, 0.7)).to(lit(wall, 0.5)));
    let bays = dice.below(2) + 3;
    let bay = wide / real(bays);
    for n in 0..storeys * bays {
        let (x, y) = (real(n % bays).mul_add(bay, left), real(n / bays).mul_add(storey, top));
        let is_ground = n / bays + 1 == storeys;
        if is_ground && dice.chance(0.45) {
            entrance(canvas, dice, (x + bay * 0.22, y + 30.0), (bay * 0.52, storey - 30.0));
        } else {
            casement(canvas, dice, (x + bay * 0.2, y + 44.0), (bay * 0.58, storey * 0.54), wall);
        }
        canvas.patch((x + bay * 0.5, y + storey), (bay * 0.5, 70.0), lit(wall, 0.6), short(dice.between(0.1, 0.5)));
    }
    canvas.block(left, ground - 44.0, wide, 46.0, Paint::of(lit(wall, 0.62)).to(lit(wall, 0.45)).rough(0.3, 0.5, 0.5));
}

fn entrance(canvas: &mut Canvas, dice: &mut Dice, (x, y): (f32, f32), (wide, high): (f32, f32)) {
    let door = rgb(dice.pick(&[0x3a_4f_63, 0x6b_3a_2a, 0x4a_4a_48, 0x2f_55_45]));
    canvas.block(x - 12.0, y - 12.0, wide + 24.0, high + 12.0, Paint::of(lit(door, 0.5)));
    canvas.block(x, y, wide, high, Paint::of(lit(door, 1.15)).to(lit(door, 0.7)));
    for n in 0..7_usize {
        canvas.block(x, real(n).mul_add(high / 7.0, y), wide, 4.0, Paint::of(lit(door, 0.55)));
    }
    if dice.chance(0.6) {
        for side in [x - 48.0, x + wide + 16.0] {
            canvas.couplet((side, y + 6.0), (32.0, high * 0.76), "年春人平安", 0xbe_2a_20, true);
        }
    }
    let board = rgb(dice.pick(&[0xb9_2c_24, 0x2c_63_a0, 0x2f_7a_52, 0xe5_dd_ca]));
    canvas.block(x - 30.0, y - 62.0, wide + 60.0, 46.0, Paint::of(board).to(lit(board, 0.8)));
    for (n, character) in "平安米面".chars().enumerate() {
        canvas.write(character, (real(n).mul_add(wide / 3.4, x - 6.0), y - 55.0), 32.0, 0.13, Paint::of(rgb(0x00f7_ecd2)));
    }
}

fn casement(canvas: &mut Canvas, dice: &mut Dice, (x, y): (f32, f32), (wide, high): (f32, f32), wall: Rgb) {
    let glass = rgb(dice.pick(&[0x3d_4a_55, 0x55_66_70, 0x2c_34_3b, 0x7d_8c_92, 0xd8_b9_7a]));
    canvas.block(x - 8.0, y - 8.0, wide + 16.0, high + 16.0, Paint::of(lit(wall, 0.62)));
    canvas.block(x, y, wide, high, Paint::of(lit(glass, 1.25)).to(lit(glass, 0.8)).rough(0.3, 0.4, 0.4));
    canvas.block(x + wide / 2.0 - 4.0, y, 8.0, high, Paint::of(rgb(0x00d9_d8d2)));
    canvas.block(x, y + high * 0.3, wide, 6.0, Paint::of(rgb(0x00d9_d8d2)));
    match dice.below(4) {
        0 => {
            for n in 0..9_usize {
                canvas.block(real(n).mul_add(wide / 8.0, x) - 2.0, y - 10.0, 4.0, high + 20.0, Paint::of(rgb(0x00ab_aaa6)));
            }
        }
        1 => {
            canvas.pillow((x + wide * 0.2, y + high + 12.0), (96.0, 62.0), 5.0, Paint::of(rgb(0x00e2_e0d9)).to(rgb(0x00a8_a69f)));
            canvas.disc((x + wide * 0.2 + 48.0, y + high + 43.0), (25.0, 25.0), Paint::of(rgb(0x0071_726f)));
        }
        2 => {
            canvas.stroke(&[(x - 20.0, y + high * 0.5), (x + wide + 20.0, y + high * 0.5)], 4.0, Paint::of(rgb(0x0066_6460)));
            for n in 0..dice.below(4) + 2 {
                let cloth = rgb(dice.pick(&CLOTHS));
                canvas.block(
                    real(n).mul_add(34.0, x - 8.0),
                    y + high * 0.5,
                    30.0,
                    short(dice.between(50.0, 92.0)),
                    Paint::of(lit(cloth, 1.1)).across(lit(cloth, 0.75)),
                );
            }
        }
        _ => {
            let cloth = rgb(dice.pick(&CLOTHS));
            canvas.block(x, y, wide * 0.3, high, Paint::of(lit(cloth, 0.9)).across(lit(cloth, 0.6)).clear(0.8));
        }
    }
}

fn road(canvas: &mut Canvas, dice: &mut Dice, ground: f32) {
    let stone = rgb(dice.pick(&[0x9c_98_90, 0x8a_85_7c, 0xa8_9f_92]));
    canvas.floor(ground, stone, 96.0, lit(stone, 0.62));
    canvas.block(-300.0, ground + 104.0, 1900.0, 22.0, Paint::of(lit(stone, 1.25)).to(lit(stone, 0.7)));
    canvas.block(-300.0, ground + 126.0, 1900.0, 500.0, Paint::of(rgb(0x0056_5759)).to(rgb(0x0078_787a)).rough(0.24, 0.4, 1.6));
    for _ in 0..10 {
        let at = (short(dice.between(0.0, 1280.0)), ground + short(dice.between(10.0, 180.0)));
        canvas.disc(at, (9.0, 5.0), Paint::of(rgb(dice.pick(&[0xb9_8a_3a, 0x9a_6a_2c, 0xc9_a8_52]))).clear(0.8));
    }
}

fn tree(canvas: &mut Canvas, dice: &mut Dice, x: f32, foot: f32) {
    canvas.shade((x, foot), (150.0, 34.0), 0.5);
    canvas.limb((x, foot), (x + 14.0, -120.0), (64.0, 44.0), Paint::of(rgb(0x006a_5b4c)).across(rgb(0x003f_352c)).rough(0.5, 1.2, 0.25));
    canvas.block(x - 33.0, foot - 150.0, 68.0, 120.0, Paint::of(rgb(0x00e6_e3da)).across(rgb(0x00a9_a69e)).rough(0.2, 1.0, 0.4));
    let leaf = rgb(dice.pick(&[0x55_74_3a, 0x8a_7a_36, 0x3e_5c_39, 0xa8_86_3c]));
    for _ in 0..70 {
        let at = (x + short(dice.between(-280.0, 280.0)), short(dice.between(-80.0, 230.0)));
        let size = short(dice.between(16.0, 44.0));
        canvas.disc(at, (size, size * 0.7), Paint::of(lit(leaf, short(dice.between(0.6, 1.3)))).clear(0.85).rough(0.4, 1.0, 1.0));
    }
}

fn bicycle(canvas: &mut Canvas, dice: &mut Dice, x: f32, foot: f32) {
    let frame = rgb(dice.pick(&CLOTHS));
    let black = Paint::of(rgb(0x001f_2022));
    canvas.shade((x + 120.0, foot + 66.0), (210.0, 26.0), 0.55);
    for wheel in [x, x + 236.0] {
        let rim: Vec<(f32, f32)> =
            (0..=24_usize).map(|n| (real(n) * 15.0).to_radians()).map(|a| (a.cos().mul_add(70.0, wheel), a.sin().mul_add(70.0, foot))).collect();
        canvas.stroke(&rim, 8.0, black);
        for n in 0_u8..6 {
            let a = (f32::from(n) * 30.0).to_radians();
            canvas.stroke(
                &[(wheel - a.cos() * 68.0, foot - a.sin() * 68.0), (wheel + a.cos() * 68.0, foot + a.sin() * 68.0)],
                1.6,
                Paint::of(rgb(0x0099_9a9c)),
            );
        }
    }
    let tube = Paint::of(lit(frame, 1.1));
    canvas.stroke(&[(x, foot), (x + 78.0, foot - 104.0), (x + 194.0, foot - 110.0), (x + 104.0, foot + 4.0), (x, foot)], 10.0, tube);
    canvas.stroke(&[(x + 70.0, foot - 128.0), (x + 104.0, foot + 4.0)], 10.0, tube);
    canvas.stroke(&[(x + 236.0, foot), (x + 188.0, foot - 146.0), (x + 226.0, foot - 158.0)], 10.0, tube);
    canvas.pillow((x + 36.0, foot - 144.0), (74.0, 20.0), 10.0, black);
    canvas.fill(
        &[(x + 206.0, foot - 140.0), (x + 292.0, foot - 140.0), (x + 280.0, foot - 78.0), (x + 216.0, foot - 78.0)],
        Paint::of(rgb(0x0092_8f88)).rough(0.6, 3.0, 3.0),
    );
}
