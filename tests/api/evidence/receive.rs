//! Sending: what is acknowledged is there, what is refused is not.

use std::io::{Read, Write};
use std::net::TcpStream;

use nuanfang::evidence::ARRIVALS;
use nuanfang::kit::db::jobs;
use reqwest::Method;
use serde_json::json;

use super::people::{City, Where};
use super::{ask, name_of, photo, put, put_as};
use crate::both;

async fn queued(app: &crate::kit::TestApp, queue: &'static str) -> i64 {
    app.parts.db.read(move |conn| Ok(jobs::waiting(conn, queue)?)).await.expect("a count")
}

async fn events(app: &crate::kit::TestApp, verb: &'static str) -> i64 {
    app.facts_of(verb).await.len().try_into().expect("a count")
}

both! {
    async fn every_real_photo_is_taken_and_waits_to_be_drawn_and_reconciled(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let names = ["45-gps_ifd", "67-0_length_string", "DSCN0010", "image00971", "image01088", "jolla", "no_exif", "portrait_6"];
        for name in names {
            assert_eq!(put(&cadre, &photo(name)).await.status, 201, "{name}");
        }
        let count = names.len() as i64;
        assert_eq!((queued(&app, "renditions").await, queued(&app, ARRIVALS).await, events(&app, "evidence.received").await), (count, count, count));
    }

    async fn a_repeat_answers_200_and_changes_nothing(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0012");
        assert_eq!(put(&cadre, &bytes).await.status, 201);
        for _ in 0..3 {
            assert_eq!(put(&cadre, &bytes).await.status, 200);
        }
        assert_eq!((queued(&app, ARRIVALS).await, events(&app, "evidence.received").await), (1, 1));
    }

    async fn the_same_picture_from_eight_phones_at_once_is_new_once(app: TestApp) {
        let city = City::found(&app).await;
        let mut phones = Vec::new();
        for _ in 0..8 {
            phones.push(city.team_mate("cadre").await);
        }
        let bytes = photo("jolla");
        let answers = futures_util::future::join_all(phones.iter().map(|phone| put(phone, &bytes))).await;
        let mut statuses: Vec<u16> = answers.into_iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 201]);
        assert_eq!(events(&app, "evidence.received").await, 1);
    }

    async fn bytes_lost_from_the_store_are_taken_again(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("no_exif");
        let name = name_of(&bytes);
        put(&cadre, &bytes).await.ok();
        let path = app.parts.settings.data.join("evidence").join(&name[..2]).join(&name);
        std::fs::remove_file(&path).expect("it was there");
        assert_eq!(put(&cadre, &bytes).await.status, 200);
        assert_eq!(std::fs::read(&path).expect("it is there again"), bytes);
    }

    async fn a_file_that_is_not_its_hash_or_not_its_type_is_refused_and_not_kept(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        let name = name_of(&bytes);
        assert_eq!(put_as(&cadre, &name, "image/jpeg", &bytes[..bytes.len() - 1]).await.problem(422), "hash_mismatch");
        assert_eq!(put_as(&cadre, &name, "image/png", &bytes).await.problem(415), "unsupported_media_type");
        assert_eq!(put_as(&cadre, &name, "text/html", &bytes).await.problem(415), "unsupported_media_type");
        let page = b"<html><script>alert(1)</script></html>";
        assert_eq!(put_as(&cadre, &name_of(page), "image/jpeg", page).await.problem(415), "unsupported_media_type");
        assert_eq!(put_as(&cadre, "NOT-A-HASH", "image/jpeg", &bytes).await.problem(422), "invalid");
        let asked = cadre.post("/evidence/missing", &json!({ "sha256": [name, name_of(page)] })).await.ok();
        assert_eq!(asked["missing"], json!([name, name_of(page)]));
    }

    async fn a_file_of_more_than_15_mib_is_refused_announced_or_not(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let mut bytes = photo("DSCN0010");
        bytes.resize((15 << 20) + 1, 0);
        assert_eq!(put(&cadre, &bytes).await.problem(413), "too_large");
        let chunks: Vec<Result<Vec<u8>, std::io::Error>> = bytes.chunks(1 << 16).map(|chunk| Ok(chunk.to_vec())).collect();
        let body = reqwest::Body::wrap_stream(futures_util::stream::iter(chunks));
        let request = cadre.call(Method::PUT, &format!("/evidence/{}", name_of(&bytes))).header("Content-Type", "image/jpeg").body(body);
        // The server may hang up while we still send; if it answers, then with 413.
        if let Ok(answer) = request.send().await {
            assert_eq!(answer.status().as_u16(), 413);
        }
        bytes.truncate(15 << 20);
        assert_eq!(put(&cadre, &bytes).await.status, 201, "15 MiB are taken");
    }

    async fn an_upload_cut_half_way_leaves_nothing_and_the_next_one_is_taken(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let mut bytes = photo("jolla");
        bytes.resize(3 << 20, 7);
        let (name, token) = (name_of(&bytes), cadre.token.clone().expect("signed in"));
        let address = app.address.trim_start_matches("http://").to_owned();
        for cut in [1_000, 1 << 20, (3 << 20) - 1] {
            let (address, target, token, half) = (address.clone(), name.clone(), token.clone(), bytes[..cut].to_vec());
            let whole = bytes.len();
            actix_web::rt::task::spawn_blocking(move || {
                let mut line = TcpStream::connect(address).expect("a line");
                let head = format!(
                    "PUT /api/v1/evidence/{target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: image/jpeg\r\nContent-Length: {whole}\r\n\r\n"
                );
                line.write_all(head.as_bytes()).and_then(|()| line.write_all(&half)).expect("sent");
                line.shutdown(std::net::Shutdown::Write).expect("cut");
                // Until the server has hung up too, so that nothing is left to wait for.
                drop(line.read_to_end(&mut Vec::new()));
            })
            .await
            .expect("cut");
            let asked = cadre.post("/evidence/missing", &json!({ "sha256": [&name] })).await.ok();
            assert_eq!(asked["missing"], json!([&name]));
        }
        assert_eq!(put(&cadre, &bytes).await.status, 201);
        let unfinished = app.parts.settings.data.join("evidence/unfinished");
        let lanes: Vec<_> = std::fs::read_dir(&unfinished).expect("a folder").map(|lane| lane.expect("an entry").path()).collect();
        assert!(!lanes.is_empty() && lanes.iter().all(|lane| lane.is_dir()), "{lanes:?}");
        let left = || lanes.iter().map(|lane| std::fs::read_dir(lane).expect("a folder").count()).sum::<usize>();
        // The server tidies up behind the lines that were cut; each question gives it a moment.
        for _ in 0..500 {
            if left() > 0 {
                cadre.post("/evidence/missing", &json!({ "sha256": [] })).await.ok();
            }
        }
        assert_eq!(left(), 0);
    }

    async fn head_tells_what_is_here(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        assert_eq!(ask(&cadre, &bytes).await, (404, None, String::new()));
        put(&cadre, &bytes).await.ok();
        assert_eq!(ask(&cadre, &bytes).await, (200, Some(bytes.len()), "?1".to_owned()));
    }

    async fn only_those_who_push_may_send(app: TestApp) {
        let city = City::found(&app).await;
        let bytes = photo("DSCN0010");
        assert_eq!(put(&app.visitor(), &bytes).await.problem(401), "unauthenticated");
        for role in ["auditor", "admin"] {
            assert_eq!(put(&city.somebody(role, Where::East).await, &bytes).await.problem(403), "forbidden", "{role}");
        }
        for (role, status) in [("supervisor", 201), ("lead", 200), ("centre", 200)] {
            assert_eq!(put(&city.somebody(role, Where::East).await, &bytes).await.status, status, "{role}");
        }
    }

    async fn a_thousand_names_may_be_asked_for_and_no_more(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("no_exif");
        put(&cadre, &bytes).await.ok();
        let mut names: Vec<String> = (0..999).map(|n: i32| name_of(&n.to_be_bytes())).collect();
        let absent = names.clone();
        names.insert(500, name_of(&bytes));
        assert_eq!(cadre.post("/evidence/missing", &json!({ "sha256": names })).await.ok()["missing"], json!(absent));
        names.push(name_of(b"one more"));
        assert_eq!(cadre.post("/evidence/missing", &json!({ "sha256": names })).await.problem(422), "invalid");
        assert_eq!(cadre.post("/evidence/missing", &json!({ "sha256": ["ABC"] })).await.problem(422), "invalid");
    }
}
