//! A file in parts: kept as far as each came, whole only when it is.

use std::io::{Read, Write};
use std::net::TcpStream;

use reqwest::Method;
use serde_json::json;

use super::people::City;
use super::{ask, name_of, photo, put};
use crate::both;
use crate::kit::people::{Person, Reply};

/// Sends a part; answers the status and where the file goes on.
async fn part(person: &Person, whole: &[u8], from: usize, to: usize) -> (u16, Option<usize>) {
    let last = if to == whole.len() { "?1" } else { "?0" };
    let request = person
        .call(Method::PATCH, &format!("/evidence/{}", name_of(whole)))
        .header("Content-Type", "application/partial-upload")
        .header("Upload-Offset", from.to_string())
        .header("Upload-Complete", last)
        .body(whole[from..to].to_vec());
    let answer = request.send().await.expect("an answer");
    let offset = answer.headers().get("upload-offset").and_then(|value| value.to_str().ok()?.parse().ok());
    (answer.status().as_u16(), offset)
}

/// Sends a part whose line breaks after so many bytes of it.
async fn cut(address: &str, person: &Person, whole: &[u8], after: usize) {
    let head = format!(
        "PATCH /api/v1/evidence/{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/partial-upload\r\n\
         Upload-Offset: 0\r\nUpload-Complete: ?1\r\nContent-Length: {}\r\n\r\n",
        name_of(whole),
        person.token.as_deref().expect("signed in"),
        whole.len()
    );
    let (address, some) = (address.trim_start_matches("http://").to_owned(), whole[..after].to_vec());
    let line = move || {
        let mut line = TcpStream::connect(address).expect("a line");
        line.write_all(head.as_bytes()).and_then(|()| line.write_all(&some)).expect("sent");
        line.shutdown(std::net::Shutdown::Write).expect("cut");
        // Until the server has hung up too.
        drop(line.read_to_end(&mut Vec::new()));
    };
    actix_web::rt::task::spawn_blocking(line).await.expect("cut");
}

/// Asks until the server has kept what a broken line had brought.
async fn reached(person: &Person, whole: &[u8], least: usize) -> usize {
    for _ in 0..1_000 {
        if let (200, Some(offset), _) = ask(person, whole).await
            && offset >= least
        {
            return offset;
        }
    }
    panic!("the server kept less than {least} bytes");
}

both! {
    async fn a_file_comes_in_parts_and_is_whole_with_the_last(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        let (third, end) = (bytes.len() / 3, bytes.len());
        assert_eq!(part(&cadre, &bytes, 0, third).await, (204, Some(third)));
        assert_eq!(ask(&cadre, &bytes).await, (200, Some(third), "?0".to_owned()));
        assert_eq!(part(&cadre, &bytes, third, 2 * third).await, (204, Some(2 * third)));
        let path = format!("/evidence/{}", name_of(&bytes));
        assert_eq!(cadre.get(&format!("{path}?size=thumb")).await.status, 404, "never half a picture");
        assert_eq!(cadre.post("/evidence/missing", &json!({"sha256": [name_of(&bytes)]})).await.ok()["missing"], json!([name_of(&bytes)]));
        assert_eq!(part(&cadre, &bytes, 2 * third, end).await.0, 201);
        assert_eq!(ask(&cadre, &bytes).await, (200, Some(end), "?1".to_owned()));
        assert_eq!(cadre.get(&format!("{path}/facts")).await.ok()["media_type"], "image/jpeg");
        assert_eq!(part(&cadre, &bytes, 0, third).await.0, 200, "it is here");
        assert_eq!(put(&cadre, &bytes).await.status, 200);
    }

    async fn a_part_that_begins_elsewhere_is_told_where_the_file_goes_on(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        assert_eq!(part(&cadre, &bytes, 10, 20).await, (409, Some(0)));
        part(&cadre, &bytes, 0, 1_000).await;
        assert_eq!(part(&cadre, &bytes, 0, 1_000).await, (409, Some(1_000)));
        assert_eq!(part(&cadre, &bytes, 2_000, 3_000).await, (409, Some(1_000)));
        // Nobody goes on with what another began.
        let mate = city.team_mate("lead").await;
        assert_eq!(ask(&mate, &bytes).await.0, 404);
        assert_eq!(part(&mate, &bytes, 1_000, 2_000).await, (409, Some(0)));
    }

    async fn what_came_before_the_line_broke_is_kept(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        let half = bytes.len() / 2;
        cut(&app.address, &cadre, &bytes, half).await;
        assert_eq!(reached(&cadre, &bytes, half).await, half);
        assert_eq!(part(&cadre, &bytes, half, bytes.len()).await.0, 201);
        assert_eq!(ask(&cadre, &bytes).await, (200, Some(bytes.len()), "?1".to_owned()));
    }

    async fn parts_that_make_up_another_file_are_refused_and_gone(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        let name = name_of(&bytes);
        let send = |from: usize, body: Vec<u8>, last: &'static str, media_type: &'static str| {
            let request = cadre.call(Method::PATCH, &format!("/evidence/{name}")).header("Content-Type", media_type);
            request.header("Upload-Offset", from.to_string()).header("Upload-Complete", last).body(body).send()
        };
        send(0, bytes[..500].to_vec(), "?0", "application/partial-upload").await.expect("an answer");
        let wrong = send(500, b"something else".to_vec(), "?1", "application/partial-upload").await.expect("an answer");
        assert_eq!(Reply::of(wrong).await.problem(422), "hash_mismatch");
        assert_eq!(ask(&cadre, &bytes).await.0, 404, "it begins anew");
        let untyped = send(0, bytes.clone(), "?1", "image/jpeg").await.expect("an answer");
        assert_eq!(Reply::of(untyped).await.problem(415), "unsupported_media_type");
        assert_eq!(part(&cadre, &bytes, 0, bytes.len()).await.0, 201, "in one part");
    }

    async fn parts_that_nobody_goes_on_with_are_swept(app: TestApp) {
        let city = City::found(&app).await;
        let cadre = city.team_mate("cadre").await;
        let bytes = photo("DSCN0010");
        part(&cadre, &bytes, 0, 1_000).await;
        let blobs = app.parts.studio.blobs();
        let in_a_day = nuanfang::kit::clock::Clock::system().now().plus_ms(nuanfang::kit::clock::DAY_MS);
        assert_eq!(blobs.sweep_parts(nuanfang::kit::clock::Moment::from_ms(0)).await.expect("swept"), 0);
        assert_eq!(ask(&cadre, &bytes).await.0, 200);
        assert_eq!(blobs.sweep_parts(in_a_day).await.expect("swept"), 1);
        assert_eq!(ask(&cadre, &bytes).await.0, 404);
    }
}
