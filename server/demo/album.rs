//! The pictures of all calls, painted on threads of their own while the city is being made, and handed out one by one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot::{self, Receiver, Sender};

use super::dice::Dice;
use super::doors::Fault;
use super::paint::{Scene, Size, photograph};

/// A picture to be painted.
#[derive(Debug, Clone)]
pub(super) struct Commission {
    pub(super) scene: Scene,
    pub(super) stamp: [String; 2],
    pub(super) label: String,
}

type Painted = Result<Vec<u8>, String>;

/// Pictures under way, in the order they were asked for.
pub(super) struct Album(Vec<Option<Receiver<Painted>>>);

impl Album {
    /// Sets painters to work, one for each processor; the first pictures are ready first.
    pub(super) fn commission(seed: u64, size: Size, commissions: Vec<Commission>) -> Self {
        let (senders, receivers): (Vec<Sender<Painted>>, Vec<_>) = commissions.iter().map(|_| oneshot::channel()).unzip();
        let senders: Vec<_> = senders.into_iter().map(|sender| Mutex::new(Some(sender))).collect();
        let work = Arc::new((commissions, senders, AtomicUsize::new(0)));
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            let work = Arc::clone(&work);
            std::thread::spawn(move || {
                let (commissions, senders, next) = &*work;
                while let Some((commission, sender)) = turn(next, commissions, senders) {
                    let [first, second] = &commission.stamp;
                    let mut dice = Dice::of(seed, &commission.label);
                    let painted = photograph(commission.scene, size, [first, second], &mut dice).map_err(|error| error.to_string());
                    let waiting = sender.lock().unwrap_or_else(PoisonError::into_inner).take();
                    // Nobody waits any more: the making of the city ended early.
                    if waiting.is_none_or(|waiting| waiting.send(painted).is_err()) {
                        return;
                    }
                }
            });
        }
        Self(receivers.into_iter().map(Some).collect())
    }

    /// The nth picture, as soon as it is dry.
    pub(super) async fn take(&mut self, n: usize) -> Result<Vec<u8>, Fault> {
        let gone = || Fault("a picture was not painted".to_owned());
        let painted = self.0.get_mut(n).and_then(Option::take).ok_or_else(gone)?;
        painted.await.map_err(|_| gone())?.map_err(Fault)
    }
}

fn turn<'a, A, B>(next: &AtomicUsize, first: &'a [A], second: &'a [B]) -> Option<(&'a A, &'a B)> {
    let n = next.fetch_add(1, Ordering::Relaxed);
    first.get(n).zip(second.get(n))
}
