//! Writes of one kind that wait at the same time, done as one: a statement for all of them costs hardly more than a statement for one,
//! and they share a commit on either engine.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::oneshot;

use super::pace::Pace;
use super::{Db, Tx};
use crate::kit::http::problem::{Code, Problem};
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

#[derive(Debug)]
struct State<Q, A> {
    waiting: VecDeque<Waiting<Q, A>>,
    at_work: bool,
}

#[derive(Debug)]
struct Waiting<Q, A> {
    asked: Arc<Q>,
    weight: u64,
    answer: oneshot::Sender<Result<A, Problem>>,
}

/// Whoever is at work says so until they are not, also where their thread ends under them: the next who comes takes over.
struct AtWork<'a, Q, A>(&'a Mutex<State<Q, A>>);

impl<Q, A> Drop for AtWork<'_, Q, A> {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).at_work = false;
    }
}

impl<Q, A> Clone for Gather<Q, A> {
    fn clone(&self) -> Self {
        let Self { db, pace, state, together, most } = self;
        Self { db: db.clone(), pace: Arc::clone(pace), state: Arc::clone(state), together: *together, most: *most }
    }
}

impl<Q: Send + Sync + 'static, A: Send + 'static> Gather<Q, A> {
    /// Nobody waits yet. `most` is the weight that is done at once.
    #[must_use]
    pub fn new(db: Db, most: u64, together: Together<Q, A>) -> Self {
        let pace = db.new_pace(most);
        let state = State { waiting: VecDeque::new(), at_work: false };
        Self { db, pace, state: Arc::new(Mutex::new(state)), together, most }
    }

    /// Writes this, with whatever waits beside it. It is written also where nobody waits for the answer any more.
    ///
    /// # Errors
    /// What it is answered, or as [`Db::write`].
    pub async fn write(&self, asked: Q, weight: u64) -> Result<A, Problem> {
        let (sender, answer) = oneshot::channel();
        self.pace.came(weight);
        let idle = {
            let mut state = self.state();
            state.waiting.push_back(Waiting { asked: Arc::new(asked), weight, answer: sender });
            !std::mem::replace(&mut state.at_work, true)
        };
        if idle {
            // Apart from this request: should its phone hang up, the others are still answered.
            tokio::spawn(self.clone().work_through());
        }
        answer.await.map_err(|_| Problem::unexpected("a gathered write ended early"))?
    }

    /// How many wait that nobody is at work on yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.state().waiting.len()
    }

    fn state(&self) -> MutexGuard<'_, State<Q, A>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next ones in the order they came; nobody is at work any more where there are none.
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
        state.at_work = count > 0;
        state.waiting.drain(..count).collect()
    }

    async fn work_through(self) {
        let until_done = AtWork(&self.state);
        loop {
            let group = self.next();
            if group.is_empty() {
                // It was noted under the same lock that nobody is at work any more: another may be by now.
                std::mem::forget(until_done);
                return;
            }
            let weight = group.iter().map(|one| one.weight).sum();
            let begun = Instant::now();
            self.pace.begin();
            self.answer(group).await;
            self.pace.end(weight, begun.elapsed());
        }
    }

    async fn answer(&self, group: Vec<Waiting<Q, A>>) {
        match self.run(group.iter().map(|one| Arc::clone(&one.asked)).collect()).await {
            Ok(answers) => {
                for (one, answer) in group.into_iter().zip(answers) {
                    drop(one.answer.send(answer));
                }
            }
            Err(problem) if matches!(problem.code, Code::Busy | Code::StorageFull) => {
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
        for one in group {
            let answer = self.run(vec![one.asked]).await;
            drop(one.answer.send(answer.and_then(|mut answers| answers.pop().unwrap_or_else(|| Err(Problem::unexpected("no answer"))))));
        }
    }

    async fn run(&self, asked: Vec<Arc<Q>>) -> Result<Vec<Result<A, Problem>>, Problem> {
        let together = self.together;
        self.db.write(Author::system(), move |tx| together(tx, &asked)).await
    }
}
