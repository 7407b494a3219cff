//! Pictures that were not taken at this door, or not at all.

use nuanfang::kit::clock::HOUR_MS;
use serde_json::{Value, json};

use crate::camera::{Scene, name, send};
use crate::cheats;
use crate::cheats::Cheat;

/// Two visits that name these two pictures, both of which are here and drawn.
async fn two_with(c: &mut Cheat, pictures: [Vec<u8>; 2]) -> Vec<String> {
    let mut visits = Vec::new();
    for (n, bytes) in pictures.iter().enumerate() {
        let cadre = c.at_the_door("cadre");
        send(&cadre, bytes).await;
        let mut said = c.visit(n, c.ago(120 - 60 * n as i64));
        said["evidence"][0]["sha256"] = json!(name(bytes));
        said["evidence"][0]["bytes"] = json!(bytes.len());
        visits.push(c.tell("cadre", &said).await);
    }
    c.app.parts.studio.draw_waiting(10, || true).await.expect("drawn");
    visits
}

cheats! {
    "E01" "review" no_photo(c) {
        let mut said = c.visit(0, c.ago(60));
        said["evidence"].as_array_mut().expect("evidence").remove(0);
        vec![c.tell("cadre", &said).await]
    }

    "E02" "block" no_signature_for_cash(c) {
        let mut said = c.visit(0, c.ago(60));
        said["evidence"].as_array_mut().expect("evidence").remove(1);
        vec![c.tell("cadre", &said).await]
    }

    "E02" "block" a_dot_for_a_signature(c) {
        let mut said = c.visit(0, c.ago(60));
        said["signature_ink"] = json!({"strokes": 1, "points": 2, "box_px": [3, 3]});
        vec![c.tell("cadre", &said).await]
    }

    "E03" "block" one_photo_for_two_households(c) {
        let (first, mut second) = (c.visit(0, c.ago(120)), c.visit(1, c.ago(60)));
        second["evidence"][0] = first["evidence"][0].clone();
        second["evidence"][0]["taken_at"] = second["started_at"].clone();
        vec![c.tell("cadre", &first).await, c.tell("second_cadre", &second).await]
    }

    "E03" "block" a_copied_picture_is_not_amended_away(c) {
        let (first, mut second) = (c.visit(0, c.ago(120)), c.visit(1, c.ago(60)));
        second["evidence"][0] = first["evidence"][0].clone();
        let guilty = vec![c.tell("cadre", &first).await, c.tell("cadre", &second).await];
        let mut amending = c.visit(1, c.ago(60));
        amending["amends"] = json!(guilty[1]);
        amending["amend_reason"] = json!("换一张照片");
        c.tell("cadre", &amending).await;
        guilty
    }

    "E04" "review" the_same_photo_pressed_harder(c) {
        let scene = Scene::of(&mut c.dice);
        two_with(c, [scene.taken(90), scene.taken(45)]).await
    }

    "E04" "review" the_same_photo_made_brighter(c) {
        let scene = Scene::of(&mut c.dice);
        two_with(c, [scene.taken(90), scene.brighter(15).taken(85)]).await
    }

    "E04" "review" the_same_photo_cut_at_the_edge(c) {
        let scene = Scene::of(&mut c.dice);
        two_with(c, [scene.taken(90), scene.cut(2).taken(85)]).await
    }

    "E05" "review" a_picture_that_never_arrives(c) {
        let said = c.visit(0, c.ago(60));
        let visit = c.tell("cadre", &said).await;
        c.app.pass_ms(73 * HOUR_MS);
        vec![visit]
    }

    "E06" "info" a_photo_out_of_the_gallery(c) {
        let mut said = c.visit(0, c.ago(60));
        said["evidence"][0]["source"] = Value::from("gallery");
        vec![c.tell("cadre", &said).await]
    }
}
