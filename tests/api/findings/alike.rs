//! Pictures side by side: where one stands, and where those stand that look like it.

use std::io::Cursor;

use nuanfang::kit::db::jobs;
use serde_json::{Value, json};

use crate::both;
use crate::kit::phone::send_picture;

fn photo(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/photos/{name}.jpg", env!("CARGO_MANIFEST_DIR"))).expect("a photo")
}

/// The same photo made smaller and saved again, as somebody does who means to use it twice.
fn saved_again(bytes: &[u8]) -> Vec<u8> {
    let picture = image::load_from_memory(bytes).expect("a picture").resize(480, 480, image::imageops::FilterType::Triangle);
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Jpeg).expect("a JPEG");
    out.into_inner()
}

both! {
    async fn a_picture_used_twice_is_seen_with_both_of_its_visits_by_whoever_may_see_them(app: TestApp) {
        let street = app.street(3).await;
        let city = &street.city;
        let (first, other) = (photo("DSCN0010"), photo("portrait_6"));
        let again = saved_again(&first);
        let mut visits = Vec::new();
        for (n, (person, bytes)) in [(city.cadre(), &first), (city.second_cadre(), &again), (city.cadre(), &other)].into_iter().enumerate() {
            app.pass_ms(60_000);
            let (name, sent) = send_picture(person, bytes, "image/jpeg").await;
            sent.ok();
            let told = street.honest(n, app.now(), &format!("own {n}")).with_evidence(&name, "photo", bytes.len(), app.now());
            visits.push((name, app.record(person, &[told]).await[0]));
        }
        while app.parts.studio.draw_waiting(10, || true).await.expect("it draws") > 0 {}
        let path = format!("/evidence/{}/alike", visits[0].0);
        let seen = |told: &Value| -> Vec<(Value, Value)> {
            told["items"].as_array().expect("items").iter().map(|one| (one["sha256"].clone(), one["visit_id"].clone())).collect()
        };
        let both = [0, 1].map(|n: usize| (json!(visits[n].0), json!(visits[n].1)));
        for person in [city.supervisor(), city.lead(), city.auditor(), city.centre()] {
            assert_eq!(seen(&person.get(&path).await.ok()), both);
        }
        let told = city.supervisor().get(&path).await.ok();
        assert_eq!((&told["items"][0]["bits"], &told["items"][0]["head_name"]), (&json!(0), &street.row(0).await["head_name"]));
        assert!(told["items"][1]["bits"].as_i64().is_some_and(|bits| (0..=7).contains(&bits)), "{told}");
        assert_eq!(seen(&city.cadre().get(&path).await.ok()), both[..1], "of a colleague's visit a cadre learns nothing");
        for stranger in [city.other_cadre(), city.foreign().supervisor(), city.admin()] {
            assert_eq!(stranger.get(&path).await.problem(404), "not_found");
        }
        assert_eq!(city.supervisor().get(&format!("/evidence/{}/alike", visits[2].0)).await.ok()["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(city.supervisor().get("/evidence/xyz/alike").await.problem(422), "invalid");
    }

    /// A camera that sees the same wall all day: every visit says so, and what each reads and tells of the others stays a few.
    async fn pictures_that_all_look_alike_are_found_on_every_visit_and_none_reads_them_all(app: TestApp) {
        const DOORS: usize = 80;
        let street = app.street(DOORS + 1).await;
        let wall = saved_again(&photo("DSCN0010"));
        let mut visits = Vec::new();
        for n in 0..DOORS {
            app.pass_ms(1_000);
            let cadre = street.city.cadre();
            // Behind the end of a JPEG anything may stand.
            let bytes = [wall.as_slice(), n.to_string().as_bytes()].concat();
            let (name, sent) = send_picture(cadre, &bytes, "image/jpeg").await;
            sent.ok();
            let told = street.honest(n, app.now(), &format!("own {n}")).with_evidence(&name, "photo", bytes.len(), app.now());
            visits.push(app.record(cadre, &[told]).await[0]);
        }
        while app.parts.studio.draw_waiting(10, || true).await.expect("it draws") > 0 {}
        app.catch_up().await;
        for visit in &visits {
            let codes = street.codes(*visit).await;
            assert_eq!(codes.iter().filter(|code| *code == "E04").count(), 1, "{codes:?}");
        }
        // One more, drawn before its visit comes: that one is found at once, and tells only so many.
        app.pass_ms(1_000);
        let cadre = street.city.cadre();
        let bytes = [wall.as_slice(), b"late"].concat();
        let (name, sent) = send_picture(cadre, &bytes, "image/jpeg").await;
        sent.ok();
        while app.parts.studio.draw_waiting(10, || true).await.expect("it draws") > 0 {}
        app.catch_up().await;
        let told = street.honest(DOORS, app.now(), "own late").with_evidence(&name, "photo", bytes.len(), app.now());
        let late = app.record(cadre, &[told]).await[0];
        assert!(street.codes(late).await.contains(&"E04".to_owned()));
        let hear = app.parts.db.read(|conn| Ok(jobs::waiting(conn, "reconcile")?)).await.expect("a count");
        assert!((1..=40).contains(&hear), "{hear} households are looked at again");
    }
}
