//! Draws in the background, on threads that stand back whenever somebody is served.

use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::watch;

use super::actions::Studio;
use crate::kit::http::problem::Problem;

/// Pictures claimed at once: one commit for all of them.
const AT_ONCE: i64 = 8;
/// How long an idle worker waits before it looks again.
const PAUSE: Duration = Duration::from_millis(500);
/// Of 19: the kernel gives such a thread what the others leave.
const NICENESS: i32 = 15;

/// The workers. Dropped, they end after the picture they are at.
#[derive(Debug)]
pub struct Background {
    stop: watch::Sender<bool>,
    workers: Vec<JoinHandle<()>>,
}

impl Background {
    /// Starts half as many workers as there are processors, at least one.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub fn start(studio: &Studio) -> Result<Self, Problem> {
        let (stop, stopped) = watch::channel(false);
        let count = thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).clamp(1, 4));
        let start = |number| {
            let (studio, stopped) = (studio.clone(), stopped.clone());
            thread::Builder::new().name(format!("drawing-{number}")).spawn(move || work(&studio, stopped))
        };
        let workers = (0..count).map(start).collect::<Result<_, _>>();
        let workers = workers.map_err(|error| Problem::unexpected(format!("a drawing thread does not start: {error}")))?;
        Ok(Self { stop, workers })
    }

    /// Lets each worker finish the picture it is at, and gives the others back.
    pub fn stop(self) {
        self.stop.send_replace(true);
        for worker in self.workers {
            if worker.join().is_err() {
                tracing::error!("a drawing thread had ended early");
            }
        }
    }
}

fn work(studio: &Studio, mut stopped: watch::Receiver<bool>) {
    // On Linux this is the thread's own niceness, and that of the threads it starts for its disk work and its decoders.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICENESS) {
        tracing::warn!(%error, "the drawing thread keeps its priority");
    }
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return tracing::error!(%error, "the drawing thread has no runtime"),
    };
    runtime.block_on(async {
        while stopped.has_changed().is_ok_and(|changed| !changed) {
            let watched = stopped.clone();
            let taken = studio.draw_waiting(AT_ONCE, || watched.has_changed().is_ok_and(|changed| !changed)).await;
            if let Err(problem) = &taken {
                tracing::warn!(%problem, "drawing has to wait");
            }
            if taken.is_ok_and(|taken| taken > 0) {
                continue;
            }
            // Whichever comes first: the end, or the next look.
            drop(tokio::time::timeout(PAUSE, stopped.changed()).await.map(|_| stopped.mark_changed()));
        }
    });
}
