//! What is read of a line, and when.

use std::pin::pin;
use std::task::Poll;

use actix_web::FromRequest;
use actix_web::test::TestRequest;
use futures_util::{StreamExt, poll};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

use super::*;

fn seen(polled: Poll<io::Result<usize>>) -> Option<usize> {
    match polled {
        Poll::Ready(read) => Some(read.expect("the line holds")),
        Poll::Pending => None,
    }
}

#[actix_web::test]
async fn with_a_head_little_more_is_read_at_one_go_and_nothing_is_lost() {
    let (mut phone, there) = duplex(1 << 20);
    phone.write_all(&vec![7; 100_000]).await.expect("sent");
    drop(phone);
    let mut line = Line::new(there);
    let (mut all, mut goes, mut of_this_go) = (0, 0, 0);
    loop {
        let mut piece = vec![0; 4_096];
        match seen(poll!(pin!(line.read(&mut piece)))) {
            Some(0) => break,
            Some(read) => {
                of_this_go += read;
                all += read;
                assert!(of_this_go <= HEAD, "{of_this_go} bytes at one go");
            }
            None => (goes, of_this_go) = (goes + 1, 0),
        }
    }
    assert_eq!((all, goes), (100_000, 12));
}

#[actix_web::test]
async fn of_a_held_line_nothing_is_read_until_its_body_is_asked_for() {
    let (mut phone, there) = duplex(1 << 20);
    phone.write_all(&vec![7; 100_000]).await.expect("sent");
    let mut line = Line::new(there);
    let tap = line.hold().0;
    tap.turn(Reading::Nothing);
    let mut piece = vec![0; 50_000];
    assert_eq!(seen(poll!(pin!(line.read(&mut piece)))), None);
    // Whoever waited to read is called when the body is asked for.
    let one: actix_http::BoxedPayloadStream = Box::pin(futures_util::stream::once(async { Ok(Bytes::from_static(b"body")) }));
    let body = Payload::Stream { payload: one };
    let mut unread = Unread { body, tap: Rc::clone(&tap) };
    let reading = async { line.read(&mut piece).await.expect("the line holds") };
    let asking = async { unread.next().await.expect("a piece").expect("the line holds") };
    let (read, asked) = futures_util::join!(reading, asking);
    assert_eq!((read, &*asked), (50_000, &b"body"[..]));
    drop(unread);
    assert_eq!(tap.reading.get(), Reading::Head, "what comes after a body is a head");
}

#[actix_web::test]
async fn a_body_that_nobody_asked_for_lets_go_of_its_line() {
    let tap = Rc::<Tap>::default();
    tap.turn(Reading::Nothing);
    drop(Unread { body: Payload::None, tap: Rc::clone(&tap) });
    assert_eq!(tap.reading.get(), Reading::Head);
}

#[actix_web::test]
async fn without_a_line_that_can_be_held_a_body_is_what_it_was() {
    let mut request = TestRequest::put().set_payload("told").to_srv_request();
    leave_body(&mut request);
    let (parts, mut payload) = request.into_parts();
    assert_eq!(String::from_request(&parts, &mut payload).await.expect("a body"), "told");
}
