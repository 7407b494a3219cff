use std::collections::HashSet;

use super::dice::Dice;
use super::paint::{Scene, Size, photograph, sign};
use super::*;
use crate::evidence::media::MediaType;
use crate::evidence::renditions::draw;

const SEED: u64 = 2027;
const SCENES: [Scene; 4] = [Scene::Door, Scene::Room, Scene::Handover, Scene::Street];

fn picture(scene: Scene, label: &str) -> Vec<u8> {
    photograph(scene, Size::THUMB, ["2027-01-26 10:00", "T1 CADRE1 #0001"], &mut Dice::of(SEED, label)).unwrap()
}

#[test]
fn the_same_seed_makes_the_same_city_and_another_seed_another() {
    let families = families(SEED);
    assert_eq!(families, super::families(SEED));
    assert_eq!(calls(SEED, &families), calls(SEED, &families));
    assert_ne!(families, super::families(SEED + 1));
    let names = |families: &[Family]| families.iter().map(|family| family.head.clone()).collect::<Vec<_>>();
    assert_ne!(names(&families), names(&super::families(SEED + 1)));
}

#[test]
fn two_hundred_and_four_households_have_a_number_of_their_own_each() {
    for seed in [SEED, 1, 99] {
        let families = families(seed);
        assert_eq!(families.len(), 204);
        // A number that does not add up cannot be made; here only that nobody shares one.
        let numbers: HashSet<&str> = families.iter().map(|family| family.id_number.whole()).collect();
        assert_eq!(numbers.len(), 204);
        let doors: HashSet<(&str, &str)> = families.iter().map(|family| (family.head.as_str(), family.address.as_str())).collect();
        assert_eq!(doors.len(), 204);
    }
}

#[test]
fn three_in_five_households_are_reached_before_today_and_every_oddity_is_planted() {
    let families = families(SEED);
    let calls = calls(SEED, &families);
    let reached: HashSet<usize> = calls.iter().filter(|call| call.outcome == "reached").map(|call| call.family).collect();
    assert_eq!(reached.len(), 122);
    assert!(calls.iter().all(|call| (-34..=-1).contains(&call.day)));
    for (oddity, ..) in oddity::PLANTED {
        assert!(calls.iter().any(|call| call.oddity == Some(oddity)), "{oddity:?} is nowhere");
    }
    assert!(calls.iter().any(|call| call.oddity == Some(Oddity::LeftAtTheDoor)));
}

#[test]
fn nobody_is_at_two_doors_at_once() {
    let mut calls = calls(SEED, &families(SEED));
    calls.sort_by_key(|call| (call.cadre, call.day, call.begins));
    for pair in calls.windows(2) {
        let [one, next] = pair else { continue };
        let apart = one.cadre != next.cadre || one.day != next.day || one.begins + one.minutes <= next.begins;
        assert!(apart, "{one:?} runs into {next:?}");
    }
}

#[test]
fn every_picture_can_be_drawn_and_none_is_like_another() {
    let mut likeness = HashSet::new();
    for scene in SCENES {
        for n in 0..12 {
            let bytes = picture(scene, &format!("{scene:?}/{n}"));
            let drawn = draw(&bytes, MediaType::Jpeg).unwrap();
            assert_eq!(drawn.size, (96, 72));
            assert!(likeness.insert(drawn.likeness.unwrap()), "{scene:?} {n} looks like another");
        }
    }
}

#[test]
fn the_same_dice_paint_the_same_picture() {
    assert_eq!(picture(Scene::Door, "a"), picture(Scene::Door, "a"));
    assert_ne!(picture(Scene::Door, "a"), picture(Scene::Door, "b"));
}

#[test]
fn a_signature_has_ink_enough_and_a_blank_one_has_not() {
    let signed = sign(3, false, &mut Dice::of(SEED, "ink")).unwrap();
    assert!(signed.strokes >= 8 && signed.points >= 40 && signed.box_px.iter().any(|side| *side >= 100));
    assert_eq!(draw(&signed.png, MediaType::Png).unwrap().size, (720, 300));
    let blank = sign(3, true, &mut Dice::of(SEED, "ink")).unwrap();
    assert!(blank.strokes <= 1 && blank.points < 12);
}
