//! The line of a caller. What nobody asks for yet is left on it, with whoever sent it: a thousand phones at once that wait for their turn
//! take the room of a thousand heads, not of a thousand pictures.

use std::cell::{Cell, RefCell};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use bytes::Bytes;
use futures_util::Stream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What is read at one go while a head is looked for: what follows it stays behind.
const HEAD: usize = 8 << 10;
/// What is read of a body at one go, before it is handed on: the buffer that it goes through stays small.
const GULP: usize = 32 << 10;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Reading {
    /// A head, and little more.
    #[default]
    Head,
    /// Nothing: a body is there that nobody asks for.
    Nothing,
    /// A body, as fast as it comes.
    Body,
}

#[derive(Debug, Default)]
struct Tap {
    reading: Cell<Reading>,
    /// Whoever wanted to read while nothing was to be read.
    waiting: RefCell<Option<Waker>>,
}

impl Tap {
    fn turn(&self, reading: Reading) {
        self.reading.set(reading);
        if reading != Reading::Nothing
            && let Some(waiting) = self.waiting.take()
        {
            waiting.wake();
        }
    }
}

/// A hold on a line, kept with the connection.
#[derive(Debug, Clone)]
pub struct Hold(Rc<Tap>);

/// A line that can be held.
#[derive(Debug)]
pub struct Line<T> {
    io: T,
    tap: Rc<Tap>,
    gulped: usize,
}

impl<T> Line<T> {
    /// Over a stream of bytes.
    pub fn new(io: T) -> Self {
        Self { io, tap: Rc::default(), gulped: 0 }
    }

    /// A hold on it.
    #[must_use]
    pub fn hold(&self) -> Hold {
        Hold(Rc::clone(&self.tap))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Line<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let reading = self.tap.reading.get();
        let most = match reading {
            Reading::Nothing => {
                self.tap.waiting.replace(Some(cx.waker().clone()));
                return Poll::Pending;
            }
            Reading::Head => HEAD,
            Reading::Body => GULP,
        };
        if self.gulped >= most {
            self.gulped = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let before = into.filled().len();
        let polled = Pin::new(&mut self.io).poll_read(cx, into);
        self.gulped = if polled.is_pending() { 0 } else { self.gulped + into.filled().len() - before };
        polled
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Line<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, parts: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}

/// A body that is left on its line until it is asked for.
struct Unread {
    body: Payload,
    tap: Rc<Tap>,
}

impl Stream for Unread {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.tap.reading.get() != Reading::Body {
            self.tap.turn(Reading::Body);
        }
        Pin::new(&mut self.body).poll_next(cx)
    }
}

impl Drop for Unread {
    fn drop(&mut self) {
        self.tap.turn(Reading::Head);
    }
}

/// Leaves the body of a request on its line until somebody asks for it.
pub fn leave_body(request: &mut ServiceRequest) {
    let Some(Hold(tap)) = request.conn_data::<Hold>().cloned() else { return };
    let body = request.take_payload();
    if matches!(body, Payload::None) {
        return;
    }
    tap.turn(Reading::Nothing);
    request.set_payload(Payload::Stream { payload: Box::pin(Unread { body, tap }) });
}

#[cfg(test)]
#[path = "line_tests.rs"]
mod tests;
