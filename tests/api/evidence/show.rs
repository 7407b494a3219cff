//! Showing: upright, without metadata, to whoever may see it.

use nuanfang::evidence::{ARRIVALS, Background};
use nuanfang::kit::db::jobs;

use super::people::{City, Where};
use super::{name_of, photo, put, put_as};
use crate::both;

fn header(reply: &crate::kit::people::Reply, name: &str) -> String {
    reply.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

fn size_of(jpeg: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).expect("a JPEG");
    (picture.width(), picture.height())
}

both! {
    async fn a_picture_is_shown_upright_at_once_and_the_background_finds_it_done(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("portrait_6");
        let path = format!("/evidence/{}", name_of(&bytes));
        put(&cadre, &bytes).await.ok();
        let thumb = cadre.get(&format!("{path}?size=thumb")).await;
        assert_eq!((thumb.status, header(&thumb, "content-type")), (200, "image/jpeg".to_owned()));
        assert_eq!(header(&thumb, "cache-control"), "private, max-age=31536000, immutable");
        assert_eq!(size_of(&thumb.bytes), (240, 320));
        let screen = cadre.get(&format!("{path}?size=screen")).await;
        assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&screen.bytes)).is_err(), "it carries metadata");
        let facts = cadre.get(&format!("{path}/facts")).await.ok();
        assert_eq!((&facts["state"], &facts["bytes"]), (&"rendered".into(), &bytes.len().into()));
        assert_eq!(facts["perceptual_hash"].as_str().map(str::len), Some(16));
        assert_eq!(app.parts.studio.draw_waiting(10, || true).await.expect("it looks"), 0);
        assert_eq!(cadre.get(&path).await.problem(400), "bad_request");
    }

    async fn the_background_draws_what_waits_and_calls_for_reconciliation(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let names = ["DSCN0010", "DSCN0012", "image00971"];
        for name in names {
            put(&cadre, &photo(name)).await.ok();
        }
        let taken = app.parts.db.upkeep(|tx| {
            let claims = jobs::claim(tx.conn, ARRIVALS, tx.now, 1_000, 10)?;
            claims.iter().try_for_each(|claim| jobs::done(tx.conn, ARRIVALS, claim))?;
            Ok(claims.len())
        });
        assert_eq!(taken.await.expect("claimed"), 3);
        assert_eq!(app.parts.studio.draw_waiting(2, || true).await.expect("it draws"), 2);
        assert_eq!(app.parts.studio.draw_waiting(2, || true).await.expect("it draws"), 1);
        assert_eq!(app.parts.studio.draw_waiting(2, || true).await.expect("it looks"), 0);
        for name in names {
            assert_eq!(cadre.get(&format!("/evidence/{}/facts", name_of(&photo(name)))).await.ok()["state"], "rendered", "{name}");
        }
        let waiting = app.parts.db.read(|conn| Ok(jobs::waiting(conn, ARRIVALS)?)).await.expect("a count");
        assert_eq!(waiting, 3, "a likeness that became known is a reason to look again");
    }

    async fn the_workers_draw_by_themselves_until_they_are_stopped(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let background = Background::start(&app.parts.studio).expect("it starts");
        let path = format!("/evidence/{}/facts", name_of(&photo("portrait_8")));
        put(&cadre, &photo("portrait_8")).await.ok();
        let mut state = serde_json::Value::Null;
        for _ in 0..5_000 {
            state = cadre.get(&path).await.ok()["state"].clone();
            if state == "rendered" {
                break;
            }
        }
        assert_eq!(state, "rendered");
        actix_web::rt::task::spawn_blocking(|| background.stop()).await.expect("it stops");
        put(&cadre, &photo("no_exif")).await.ok();
        let waiting = app.parts.db.read(|conn| Ok(jobs::waiting(conn, "renditions")?)).await.expect("a count");
        assert_eq!(waiting, 1, "nobody works any longer");
    }

    async fn a_worker_that_is_told_to_stop_gives_back_what_it_claimed(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        put(&cadre, &photo("DSCN0010")).await.ok();
        assert_eq!(app.parts.studio.draw_waiting(8, || false).await.expect("it claims"), 1);
        assert_eq!(app.parts.studio.draw_waiting(8, || true).await.expect("it draws"), 1);
        assert_eq!(app.parts.studio.draw_waiting(8, || true).await.expect("it looks"), 0);
    }

    async fn a_picture_that_took_its_worker_down_too_often_is_left_alone(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        put(&cadre, &bytes).await.ok();
        for _ in 0..5 {
            let claimed = app.parts.db.upkeep(|tx| Ok(jobs::claim(tx.conn, "renditions", tx.now, 1_000, 10)?));
            assert_eq!(claimed.await.expect("claimed").len(), 1);
            assert_eq!(app.parts.studio.draw_waiting(8, || true).await.expect("it looks"), 0, "somebody else's claim holds");
            app.pass_ms(1_001);
        }
        assert_eq!(app.parts.studio.draw_waiting(8, || true).await.expect("it gives up"), 1);
        assert_eq!(cadre.get(&format!("/evidence/{}/facts", name_of(&bytes))).await.ok()["state"], "unreadable");
    }

    async fn a_damaged_picture_and_a_document_are_kept_but_not_shown(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let supervisor = city.somebody("supervisor", Where::East).await;
        let cut = photo("jolla")[..200_000].to_vec();
        let document = b"%PDF-1.7\n%%EOF\n".to_vec();
        for (bytes, media_type, state) in [(cut, "image/jpeg", "unreadable"), (document, "application/pdf", "stored")] {
            let path = format!("/evidence/{}", name_of(&bytes));
            assert_eq!(put_as(&cadre, &name_of(&bytes), media_type, &bytes).await.status, 201);
            app.parts.studio.draw_waiting(10, || true).await.expect("it looks");
            assert_eq!(cadre.get(&format!("{path}?size=thumb")).await.problem(404), "no_rendition");
            assert_eq!(cadre.get(&format!("{path}/facts")).await.ok()["state"], state);
            let original = supervisor.get(&format!("{path}?size=original")).await;
            assert_eq!((original.status, header(&original, "content-type"), &original.bytes[..]), (200, media_type.to_owned(), &bytes[..]));
        }
    }

    async fn the_facts_say_when_where_and_with_what(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        put(&cadre, &bytes).await.ok();
        let facts = cadre.get(&format!("/evidence/{}/facts", name_of(&bytes))).await.ok();
        assert_eq!((&facts["width"], &facts["height"], &facts["media_type"]), (&640.into(), &480.into(), &"image/jpeg".into()));
        assert_eq!((&facts["taken_at"], &facts["camera"]), (&"2008-10-22T14:28:39.000Z".into(), &"NIKON COOLPIX P6000".into()));
        assert!((facts["position"]["latitude"].as_f64().expect("a latitude") - 43.467_448).abs() < 1e-5);
        assert!(facts["editor"].is_null());
    }

    async fn who_may_see_a_picture_and_who_its_original(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("landscape_3");
        put(&cadre, &bytes).await.ok();
        let path = format!("/evidence/{}", name_of(&bytes));
        let (thumb, original, facts) = (format!("{path}?size=thumb"), format!("{path}?size=original"), format!("{path}/facts"));
        let cells = [
            ("the sender", &cadre, 200, 403),
            ("a team mate", &city.team_mate("lead").await, 200, 403),
            ("a cadre of no common team", &city.somebody("cadre", Where::East).await, 404, 404),
            ("the station's supervisor", &city.somebody("supervisor", Where::East).await, 200, 200),
            ("the station's centre", &city.somebody("centre", Where::East).await, 200, 200),
            ("the station's auditor", &city.somebody("auditor", Where::East).await, 200, 200),
            ("another station's supervisor", &city.somebody("supervisor", Where::West).await, 404, 404),
            ("an administrator", &city.somebody("admin", Where::East).await, 404, 404),
            ("a stranger", &app.visitor(), 401, 401),
        ];
        for (who, person, small, whole) in cells {
            let got = (person.get(&thumb).await.status, person.get(&facts).await.status, person.get(&original).await.status);
            assert_eq!(got, (small, small, whole), "{who}");
        }
        let opened = app.parts.db.read(|conn| {
            let mut events = Vec::new();
            for (chain, _, _) in nuanfang::kit::log::heads(conn)? {
                events.extend(nuanfang::kit::log::after(conn, &chain, 0, 1_000)?);
            }
            Ok(events.into_iter().filter(|event| event.verb == "evidence.opened").count())
        });
        assert_eq!(opened.await.expect("a log"), 3, "each original that was opened is written down");
    }

    async fn a_rendition_cut_short_by_a_power_cut_is_made_again(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("no_exif");
        let name = name_of(&bytes);
        put(&cadre, &bytes).await.ok();
        let path = format!("/evidence/{name}?size=thumb");
        let whole = cadre.get(&path).await.bytes;
        let file = app.parts.settings.data.join("evidence/renditions").join(&name[..2]).join(format!("{name}-thumb.jpg"));
        for length in [0, 100, whole.len() - 1] {
            std::fs::write(&file, &whole[..length]).expect("cut");
            assert_eq!(cadre.get(&path).await.bytes, whole);
        }
    }
}
