//! Writes of one kind that wait at the same time, done as one: a statement for all of them costs hardly more than a statement for one,
//! and they share a commit on either engine.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Waker};
use std::time::Instant;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::pace::Pace;
use super::{Db, LONGEST_QUEUE, Tx};
use crate::kit::http::problem::Problem;
use crate::kit::log::Author;

/// Does them, and answers each in its place. Where one cannot be done, that is its answer; an error is for what fails all of them.
pub type Together<Q, A> = fn(&mut Tx<'_>, &[Arc<Q>]) -> Result<Vec<Result<A, Problem>>, Problem>;

/// Those who wait, and how they are done. Cheap to clone.
#[derive(Debug)]
pub struct Gather<Q, A> {
    db: Db,
    pace: Arc<Pace>,
    state: Arc<Mutex<State<Q, A>>>,
    together: Together<Q, A>,
    /// So much is done at once at the most: what one failed commit takes with it, and how long the first one waits.
    most: u64,
}

/// A place for what gets ready to be written; free again when it waits, or will not come.
#[derive(Debug)]
pub struct Place {
    pace: Arc<Pace>,
    weight: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.pace.got_ready(self.weight);
    }
}

#[derive(Debug)]
struct State<Q, A> {
    waiting: VecDeque<Waiting<Q, A>>,
    /// A turn is on its way that will take those who wait.
    is_asked: bool,
}

#[derive(Debug)]
struct Waiting<Q, A> {
    asked: Arc<Q>,
    weight: u64,
    answer: oneshot::Sender<Result<A, Problem>>,
}

/// A turn of writing. Who is in it is settled when it begins, not when it is asked for: one writer goes from one turn to the next without
/// waiting for anybody, and takes all who came in between.
struct Turn<Q, A> {
    gather: Gather<Q, A>,
    group: Mutex<Vec<Waiting<Q, A>>>,
    begun: OnceLock<Instant>,
    /// Whether the next turn may be asked for.
    is_over: AtomicBool,
    runtime: Handle,
}

impl<Q, A> Clone for Gather<Q, A> {
    fn clone(&self) -> Self {
        let Self { db, pace, state, together, most } = self;
        Self { db: db.clone(), pace: Arc::clone(pace), state: Arc::clone(state), together: *together, most: *most }
    }
}

impl<Q, A> Gather<Q, A> {
    fn state(&self) -> MutexGuard<'_, State<Q, A>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many wait that nobody is at work on yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.state().waiting.len()
    }

    /// Whether one that came now would wait longer than anybody does. The gate asks the same before a request is read; many that passed
    /// it at one moment are still being read then.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.pace.wait() > LONGEST_QUEUE
    }

    /// The next ones in the order they came.
    fn next(&self) -> Vec<Waiting<Q, A>> {
        let mut state = self.state();
        let (mut count, mut weight) = (0, 0_u64);
        for one in &state.waiting {
            weight = weight.saturating_add(one.weight);
            if count > 0 && weight > self.most {
                break;
            }
            count += 1;
        }
        state.waiting.drain(..count).collect()
    }
}

impl<Q: Send + Sync + 'static, A: Send + 'static> Gather<Q, A> {
    /// Nobody waits yet. `most` is the weight that is done at once.
    #[must_use]
    pub fn new(db: Db, most: u64, together: Together<Q, A>) -> Self {
        let pace = db.new_pace(most);
        let state = State { waiting: VecDeque::new(), is_asked: false };
        Self { db, pace, state: Arc::new(Mutex::new(state)), together, most }
    }

    /// Takes a place for what is now made ready to be written.
    #[must_use]
    pub fn enter(&self, weight: u64) -> Place {
        self.pace.gets_ready(weight);
        Place { pace: Arc::clone(&self.pace), weight }
    }

    /// Writes this, with whatever waits beside it. It is written also where nobody waits for the answer any more.
    ///
    /// # Errors
    /// What it is answered, or as [`Db::write`].
    pub async fn write(&self, asked: Q, place: Place) -> Result<A, Problem> {
        let (sender, answer) = oneshot::channel();
        let weight = place.weight;
        self.pace.came(weight);
        drop(place);
        self.state().waiting.push_back(Waiting { asked: Arc::new(asked), weight, answer: sender });
        self.ask(&Handle::current());
        answer.await.map_err(|_| Problem::unexpected("a gathered write ended early"))?
    }

    /// Asks for a turn where somebody waits and none is on its way.
    fn ask(&self, runtime: &Handle) {
        let is_needed = {
            let mut state = self.state();
            !state.waiting.is_empty() && !std::mem::replace(&mut state.is_asked, true)
        };
        if is_needed {
            let (gather, next) = (self.clone(), runtime.clone());
            let turn = Turn { gather, group: Mutex::default(), begun: OnceLock::new(), is_over: AtomicBool::new(false), runtime: next };
            let mut work = Box::pin(Arc::new(turn).take());
            // Its place in the writer's queue is taken here and now: the threads that serve come to it when they have done all else.
            if work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
                // Apart from any request: should its phone hang up, the others are still answered.
                runtime.spawn(work);
            }
        }
    }

    async fn answer(&self, group: Vec<Waiting<Q, A>>, outcome: Result<Vec<Result<A, Problem>>, Problem>) {
        match outcome {
            Ok(answers) => {
                for (one, answer) in group.into_iter().zip(answers) {
                    drop(one.answer.send(answer));
                }
            }
            Err(problem) if problem.is_for_all() => {
                for one in group {
                    drop(one.answer.send(Err(Problem::of(problem.code))));
                }
            }
            Err(problem) => self.one_by_one(group, problem).await,
        }
    }

    /// One of them is at fault, or something met: each by itself, so that it fails nobody else. One that was alone hears why.
    async fn one_by_one(&self, mut group: Vec<Waiting<Q, A>>, problem: Problem) {
        if group.len() == 1 {
            let alone = group.pop().map(|one| one.answer.send(Err(problem)));
            return drop(alone);
        }
        problem.log_once("a group of writes");
        let mut for_all = None;
        for one in group {
            let (together, asked) = (self.together, [one.asked]);
            let answer = match for_all {
                // A database that is gone is not waited for once for each.
                Some(code) => Err(Problem::of(code)),
                None => self.db.write(Author::system(), move |tx| together(tx, &asked)).await,
            };
            for_all = answer.as_ref().err().filter(|problem| problem.is_for_all()).map(|problem| problem.code);
            drop(one.answer.send(answer.and_then(|mut answers| answers.pop().unwrap_or_else(|| Err(Problem::unexpected("no answer"))))));
        }
    }
}

impl<Q: Send + Sync + 'static, A: Send + 'static> Turn<Q, A> {
    async fn take(self: Arc<Self>) {
        let (together, turn) = (self.gather.together, Arc::clone(&self));
        let outcome = self.gather.db.write(Author::system(), move |tx| together(tx, &turn.begin())).await;
        let mut group = std::mem::take(&mut *self.group());
        if self.begun.get().is_none() {
            // It was not let in.
            group = self.gather.next();
        }
        let weight = group.iter().map(|one| one.weight).sum();
        self.gather.answer(group, outcome).await;
        match self.begun.get() {
            Some(begun) => self.gather.pace.end(weight, begun.elapsed()),
            None => self.gather.pace.left(weight),
        }
        self.end();
        self.gather.ask(&self.runtime);
    }

    /// Those who are in it: all who wait now, and the same ones again where the database lets the transaction run once more.
    fn begin(&self) -> Vec<Arc<Q>> {
        let mut group = self.group();
        if self.begun.get().is_none() {
            *group = self.gather.next();
            self.gather.pace.begin();
            self.begun.get_or_init(Instant::now);
            if self.gather.db.has_one_writer() {
                self.end();
                self.gather.ask(&self.runtime);
            }
        }
        group.iter().map(|one| Arc::clone(&one.asked)).collect()
    }
}

impl<Q, A> Turn<Q, A> {
    fn group(&self) -> MutexGuard<'_, Vec<Waiting<Q, A>>> {
        self.group.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        if !self.is_over.swap(true, Ordering::AcqRel) {
            self.gather.state().is_asked = false;
        }
    }
}

/// Also where its thread ends under it: the next who comes asks again.
impl<Q, A> Drop for Turn<Q, A> {
    fn drop(&mut self) {
        self.end();
    }
}
