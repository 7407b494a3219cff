//! The moment of giving: somebody in a vest, somebody of the household, cropped below the face, and a parcel between four hands.

use super::canvas::{Canvas, Point};
use super::colour::{Paint, Rgb, lit, rgb};
use super::number::{real, short};
use super::room;
use crate::demo::dice::Dice;

const COATS: [u32; 9] = [0x2d_33_3d, 0x51_3a_4a, 0x6a_5a_45, 0x7b_2e_33, 0x35_4d_44, 0x8a_83_78, 0x24_2a_45, 0x6f_42_2c, 0x9a_6a_7a];
const VESTS: [u32; 4] = [0xcf_2e_22, 0xd9_45_1f, 0xb9_1f_2b, 0x1f_5f_a8];
const SKINS: [u32; 5] = [0xe3_b8_96, 0xd3_a0_7c, 0xc4_8e_6a, 0xdb_ad_90, 0xb9_84_62];

/// Paints it.
pub(super) fn paint(canvas: &mut Canvas, dice: &mut Dice) {
    background(canvas, dice);
    let flip = dice.chance(0.5);
    let mirror = |(x, y): Point| if flip { (1280.0 - x, y) } else { (x, y) };
    let meet = (640.0 + short(dice.between(-70.0, 70.0)), short(dice.between(500.0, 600.0)));
    let giver = short(dice.between(150.0, 250.0));
    let taker = short(dice.between(1010.0, 1120.0));
    let (vest, coat) = (rgb(dice.pick(&VESTS)), rgb(dice.pick(&COATS)));
    let under = rgb(dice.pick(&COATS));
    let shoulders = (40.0 + short(dice.between(-60.0, 70.0)), 20.0 + short(dice.between(-70.0, 60.0)));
    torso(canvas, mirror((taker, shoulders.0)), coat, None, dice);
    torso(canvas, mirror((giver, shoulders.1)), under, Some(vest), dice);
    let far = short(dice.between(130.0, 180.0));
    let skin = (rgb(dice.pick(&SKINS)), rgb(dice.pick(&SKINS)));
    arm(canvas, mirror((taker - 30.0, 330.0)), mirror((meet.0 + far + 20.0, meet.1 - 40.0)), coat, skin.1, dice);
    arm(canvas, mirror((giver + 50.0, 300.0)), mirror((meet.0 - far - 10.0, meet.1 - 50.0)), under, skin.0, dice);
    parcel(canvas, dice, mirror(meet), far);
    arm(canvas, mirror((taker - 90.0, 430.0)), mirror((meet.0 + far * 0.9, meet.1 + 74.0)), coat, skin.1, dice);
    arm(canvas, mirror((giver + 110.0, 420.0)), mirror((meet.0 - far * 0.9, meet.1 + 70.0)), under, skin.0, dice);
}

/// A room out of focus: painted small, softened, and drawn large.
fn background(canvas: &mut Canvas, dice: &mut Dice) {
    let mut small = Canvas::new((canvas.width / 6).max(16), (canvas.height / 6).max(12));
    small.hold(dice, 1.25, 3.0);
    room::paint(&mut small, dice);
    small.soften(2);
    canvas.lay(&small);
}

fn torso(canvas: &mut Canvas, (x, y): Point, coat: Rgb, vest: Option<Rgb>, dice: &mut Dice) {
    canvas.shade((x + 30.0, y + 420.0), (330.0, 560.0), 0.5);
    let (half, foot) = (short(dice.between(165.0, 205.0)), 1240.0);
    let scarf = rgb(dice.pick(&COATS));
    canvas.pillow((x - 84.0, y - 150.0), (168.0, 150.0), 40.0, Paint::of(lit(scarf, 1.3)).across(lit(scarf, 0.8)).rough(0.5, 2.0, 2.0));
    let body = [(x - 72.0, y - 46.0), (x + 72.0, y - 46.0), (x + half, y + 34.0), (x + half + 26.0, foot), (x - half - 26.0, foot), (x - half, y + 34.0)];
    canvas.fill(&body, Paint::of(lit(coat, 1.2)).across(lit(coat, 0.7)).rough(0.24, 0.5, 0.5));
    if vest.is_none() {
        for n in 1..7_usize {
            let at = real(n).mul_add(104.0, y + 40.0);
            canvas.block(x - half - 20.0, at, 2.0 * half + 40.0, 9.0, Paint::of(lit(coat, 0.5)).clear(0.55));
            canvas.block(x - half - 20.0, at + 9.0, 2.0 * half + 40.0, 12.0, Paint::of(lit(coat, 1.5)).clear(0.35));
        }
    }
    if let Some(vest) = vest {
        let gap = 20.0;
        for side in [-1.0_f32, 1.0] {
            let panel = [
                (x + side * gap, y + 10.0),
                (x + side * 74.0, y - 40.0),
                (x + side * half * 0.86, y + 30.0),
                (x + side * (half + 8.0), foot),
                (x + side * gap * 0.4, foot),
            ];
            canvas.fill(&panel, Paint::of(lit(vest, 1.12)).across(lit(vest, 0.8)).rough(0.2, 0.5, 0.3));
            canvas.block(x + side * (half * 0.5) - 58.0, y + 330.0, 116.0, 26.0, Paint::of(rgb(0x00df_dfd4)).clear(0.9));
        }
        canvas.write('工', (x + 48.0, y + 140.0), 46.0, 0.13, Paint::of(rgb(0x00f6_eccb)));
        canvas.write('会', (x + 102.0, y + 140.0), 46.0, 0.13, Paint::of(rgb(0x00f6_eccb)));
    }
    canvas.stroke(&[(x, y - 20.0), (x + 3.0, foot)], 7.0, Paint::of(lit(coat, 0.4)));
    canvas.fill(
        &[(x - 78.0, y - 52.0), (x, y + 34.0), (x + 78.0, y - 52.0), (x + 92.0, y - 6.0), (x, y + 74.0), (x - 92.0, y - 6.0)],
        Paint::of(lit(coat, 0.72)).rough(0.2, 0.5, 0.5),
    );
}

/// A sleeve from the shoulder over the elbow, and a hand.
fn arm(canvas: &mut Canvas, shoulder: Point, hand: Point, coat: Rgb, skin: Rgb, dice: &mut Dice) {
    let elbow = ((shoulder.0 * 0.55 + hand.0 * 0.45), shoulder.1.max(hand.1) + short(dice.between(50.0, 110.0)));
    let wrist = (elbow.0 + (hand.0 - elbow.0) * 0.72, elbow.1 + (hand.1 - elbow.1) * 0.72);
    let up = |(x, y): Point, by: f32| (x, y - by);
    let cloth = |light: f32| Paint::of(lit(coat, light)).rough(0.22, 0.5, 0.5);
    for (light, lift, narrow) in [(0.5, -7.0, 1.06), (0.86, 0.0, 1.0), (1.0, 9.0, 0.78), (1.16, 17.0, 0.45)] {
        canvas.limb(up(shoulder, lift), up(elbow, lift), (138.0 * narrow, 116.0 * narrow), cloth(light));
        canvas.limb(up(elbow, lift), up(wrist, lift * 0.8), (116.0 * narrow, 84.0 * narrow), cloth(light));
    }
    for fold in 1..4_usize {
        let share = real(fold) * 0.25;
        let at = (elbow.0 + (wrist.0 - elbow.0) * share, elbow.1 + (wrist.1 - elbow.1) * share);
        canvas.stroke(&[(at.0 - 12.0, at.1 - 44.0), (at.0 + 8.0, at.1 + 40.0)], 4.0, Paint::of(lit(coat, 0.55)).clear(0.6));
    }
    canvas.limb(wrist, (wrist.0 + (hand.0 - wrist.0) * 0.12, wrist.1 + (hand.1 - wrist.1) * 0.12), (90.0, 86.0), Paint::of(lit(coat, 0.6)));
    canvas.limb(wrist, hand, (58.0, 68.0), Paint::of(lit(skin, 1.05)).to(lit(skin, 0.82)).rough(0.08, 0.5, 0.5));
    let inward = if hand.0 > wrist.0 { 1.0 } else { -1.0 };
    for finger in 0..4_usize {
        let from = (hand.0 + inward * 12.0, real(finger).mul_add(17.0, hand.1 - 26.0));
        let tip = (from.0 + inward * short(dice.between(46.0, 60.0)), from.1 + real(finger).mul_add(3.0, 4.0));
        canvas.limb((from.0, from.1 + 3.0), (tip.0, tip.1 + 3.0), (19.0, 15.0), Paint::of(lit(skin, 0.6)));
        canvas.limb(from, tip, (18.0, 14.0), Paint::of(lit(skin, 1.08)).to(lit(skin, 0.92)).rough(0.06, 0.5, 0.5));
    }
    canvas.limb((hand.0 - inward * 4.0, hand.1 - 26.0), (hand.0 + inward * 34.0, hand.1 - 52.0), (22.0, 16.0), Paint::of(lit(skin, 1.12)).to(lit(skin, 0.95)));
}

fn parcel(canvas: &mut Canvas, dice: &mut Dice, (x, y): Point, half: f32) {
    canvas.shade((x + 8.0, y + 60.0), (half * 1.3, 200.0), 0.45);
    match dice.below(5) {
        0 => sack(canvas, dice, (x, y), half * 0.92, '米'),
        1 => sack(canvas, dice, (x, y), half * 0.86, '面'),
        2 => oil(canvas, (x, y), dice),
        3 => quilt(canvas, dice, (x, y), half),
        _ => envelope(canvas, (x, y), dice),
    }
}

fn sack(canvas: &mut Canvas, dice: &mut Dice, (x, y): Point, half: f32, word: char) {
    let cloth = rgb(dice.pick(&[0xf0_ea_dc, 0xe9_dd_c2, 0xdd_e6_e4]));
    let band = rgb(dice.pick(&[0x2f_7d_4a, 0xc2_38_2a, 0x2a_5f_9e, 0xc9_8a_2b]));
    let (top, foot) = (y - 190.0, y + 170.0);
    let bag = [
        (x - half * 0.72, top),
        (x + half * 0.72, top),
        (x + half, y - 70.0),
        (x + half * 1.03, y + 90.0),
        (x + half * 0.86, foot),
        (x - half * 0.86, foot),
        (x - half * 1.03, y + 90.0),
        (x - half, y - 70.0),
    ];
    canvas.fill(&bag, Paint::of(lit(cloth, 1.03)).across(lit(cloth, 0.72)).rough(0.16, 0.7, 0.7));
    canvas.block(x - half * 0.72, top - 6.0, half * 1.44, 26.0, Paint::of(lit(cloth, 0.7)).rough(0.3, 1.5, 1.5));
    canvas.block(x - half * 0.97, y - 60.0, half * 1.94, 34.0, Paint::of(band).across(lit(band, 0.7)));
    canvas.block(x - half * 0.99, y + 106.0, half * 1.98, 22.0, Paint::of(band).across(lit(band, 0.7)));
    canvas.disc((x, y + 34.0), (66.0, 62.0), Paint::of(band).to(lit(band, 0.8)));
    canvas.write(word, (x - 40.0, y - 4.0), 80.0, 0.12, Paint::of(rgb(0x00fb_f6e6)));
}

fn oil(canvas: &mut Canvas, (x, y): Point, dice: &mut Dice) {
    let gold = rgb(dice.pick(&[0xe0_a5_2a, 0xd8_b0_45, 0xc9_8a_20]));
    canvas.pillow((x - 108.0, y - 120.0), (216.0, 300.0), 46.0, Paint::of(lit(gold, 1.3)).across(lit(gold, 0.62)).rough(0.06, 0.3, 0.1));
    canvas.pillow((x - 50.0, y - 176.0), (100.0, 80.0), 24.0, Paint::of(lit(gold, 1.3)).across(lit(gold, 0.7)));
    canvas.pillow((x - 40.0, y - 206.0), (80.0, 46.0), 8.0, Paint::of(rgb(0x00c9_2f24)).across(rgb(0x0086_1d18)));
    canvas.stroke(&[(x + 50.0, y - 150.0), (x + 100.0, y - 150.0), (x + 112.0, y - 70.0)], 26.0, Paint::of(lit(gold, 0.85)));
    canvas.block(x - 104.0, y - 50.0, 208.0, 150.0, Paint::of(rgb(0x00b9_2a22)).across(rgb(0x007e_1a18)));
    canvas.disc((x, y + 24.0), (62.0, 58.0), Paint::of(rgb(0x00f3_dd9c)));
    canvas.write('油', (x - 36.0, y - 12.0), 74.0, 0.12, Paint::of(rgb(0x0085_1a16)));
    canvas.block(x - 92.0, y - 110.0, 16.0, 270.0, Paint::of(rgb(0x00ff_f6d8)).clear(0.35));
}

fn quilt(canvas: &mut Canvas, dice: &mut Dice, (x, y): Point, half: f32) {
    let cloth = rgb(dice.pick(&[0xc0_3a_45, 0x4d_6f_a8, 0x7d_9c_6a, 0xd0_8f_a0]));
    for layer in 0..4_usize {
        let top = real(layer).mul_add(72.0, y - 140.0);
        canvas.pillow((x - half * 1.08, top), (half * 2.16, 78.0), 36.0, Paint::of(lit(cloth, 1.25)).to(lit(cloth, 0.68)).rough(0.25, 0.4, 0.4));
        for n in 0..6_usize {
            let at = (real(n).mul_add(half * 0.36, x - half * 0.9), top + 34.0);
            canvas.disc(at, (16.0, 13.0), Paint::of(lit(cloth, 1.75)).clear(0.6));
        }
    }
    canvas.block(x - half * 1.14, y - 150.0, half * 2.28, 310.0, Paint::of(rgb(0x00e9_f1f4)).across(rgb(0x00b4_c0c6)).clear(0.24));
    for strap in [x - half * 0.62, x + half * 0.52] {
        canvas.block(strap, y - 156.0, 24.0, 322.0, Paint::of(rgb(0x00a9_2a2a)).across(rgb(0x0070_1c1c)));
    }
    canvas.write('温', (x - 44.0, y - 40.0), 88.0, 0.12, Paint::of(rgb(0x00f8_ecd0)));
}

fn envelope(canvas: &mut Canvas, (x, y): Point, dice: &mut Dice) {
    let red = rgb(dice.pick(&[0xc4_20_1c, 0xd0_2c_22, 0xb0_18_20]));
    let lean = short(dice.between(-26.0, 26.0));
    let shape = [(x - 150.0, y - 84.0 + lean), (x + 150.0, y - 84.0 - lean), (x + 156.0, y + 92.0 - lean), (x - 144.0, y + 92.0 + lean)];
    canvas.fill(&shape, Paint::of(lit(red, 1.18)).across(lit(red, 0.8)).rough(0.08, 0.5, 0.5));
    canvas.fill(&[(x - 150.0, y - 84.0 + lean), (x + 150.0, y - 84.0 - lean), (x + 2.0, y - 6.0)], Paint::of(lit(red, 0.86)));
    canvas.disc((x, y + 6.0), (54.0, 54.0), Paint::of(rgb(0x00e3_b54c)).to(rgb(0x00b9_8a2c)));
    canvas.write('福', (x - 34.0, y - 30.0), 70.0, 0.12, Paint::of(rgb(0x009c_1512)));
    canvas.stroke(&[(x - 120.0, y + 74.0 + lean), (x + 126.0, y + 74.0 - lean)], 4.0, Paint::of(rgb(0x00e3_b54c)).clear(0.8));
}
