//! SQLite's one writer: a thread that takes the waiting writes together and commits them with one sync to the disk.
//!
//! Where there are several each runs in its own savepoint, so that one that fails takes nothing with it; nobody is answered before the
//! commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use diesel::Connection;
use diesel::connection::SimpleConnection;
use tokio::sync::oneshot;

use super::conn::Conn;
use super::pace::Pace;
use super::tx::Tx;
use crate::kit::clock::{Chance, Clock, Moment};
use crate::kit::halt::halt;
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::{self, Author};

/// Writes that may wait before the next one is told to come back.
const LONGEST_QUEUE: usize = 4_096;
/// Writes committed together at most: bounds what one failed commit takes with it and how long the first one waits.
const LARGEST_GROUP: usize = 128;
/// A group that takes longer is told of in the log: everybody waits for it.
const SLOW: Duration = Duration::from_secs(1);

/// What is left to do for a write once the commit is known: nothing went wrong, or this did.
type Answer = Box<dyn FnOnce(Option<Code>) + Send>;
/// A write: runs, and says how to answer and whether it is to stand.
type Job = Box<dyn FnOnce(&mut Conn, Within) -> (Answer, bool) + Send>;

/// What a write runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// A transaction of its own, which does not stand where the write does not.
    Transaction,
    /// A savepoint among others: SQLite keeps a copy of every page that is changed in one.
    Savepoint,
}

/// How many writes were begun, and how many of those are committed: whoever read when all were, and writes when none was begun since,
/// has read what still stands.
#[derive(Debug, Default)]
struct Count {
    begun: AtomicU64,
    done: AtomicU64,
}

/// Where the writer stood when somebody began to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(u64);

pub(super) struct Writer {
    queue: SyncSender<Job>,
    count: Arc<Count>,
    pace: Arc<Pace>,
}

impl Writer {
    pub(super) fn start(conn: Conn, pace: Arc<Pace>) -> Result<Self, Problem> {
        let (queue, jobs) = sync_channel(LONGEST_QUEUE);
        let count = Arc::new(Count::default());
        let (counted, paced) = (Arc::clone(&count), Arc::clone(&pace));
        thread::Builder::new()
            .name("writer".into())
            .spawn(move || work_through(conn, &jobs, &counted, &paced))
            .map_err(|cause| Problem::unexpected(format!("the writer thread does not start: {cause}")))?;
        Ok(Self { queue, count, pace })
    }

    /// To be taken before a reading transaction begins.
    pub(super) fn mark(&self) -> Mark {
        Mark(self.count.done.load(Ordering::SeqCst))
    }

    /// Whether nothing was written since, asked by the writer's own thread.
    pub(super) fn stands_at(&self) -> impl Fn(Mark) -> bool + Send + 'static {
        let count = Arc::clone(&self.count);
        move |mark| count.begun.load(Ordering::SeqCst) == mark.0
    }

    /// A write that others' readings are held against.
    pub(super) async fn run<T, F>(&self, author: Option<Author>, clock: Clock, chance: Chance, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let count = Arc::clone(&self.count);
        let counted = move |tx: &mut Tx<'_>| {
            count.begun.fetch_add(1, Ordering::SeqCst);
            work(tx)
        };
        self.run_apart(author, clock, chance, counted).await
    }

    /// A write that changes nothing which somebody beside it reads.
    pub(super) async fn run_apart<T, F>(&self, author: Option<Author>, clock: Clock, chance: Chance, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let (sender, answer) = oneshot::channel();
        let job: Job = Box::new(move |conn, within| {
            let one = |conn: &mut Conn| run_one(conn, author.as_ref(), clock.now(), &chance, work);
            // Inside the group's transaction diesel turns this one into a savepoint.
            let outcome = if within == Within::Savepoint { conn.transaction(one) } else { one(conn) };
            let stands = outcome.is_ok();
            let answer = move |failed: Option<Code>| {
                let outcome = match failed {
                    None => outcome,
                    Some(code) => outcome.and(Err(Problem::of(code))),
                };
                // The asker may have hung up; the write stands all the same.
                drop(sender.send(outcome));
            };
            (Box::new(answer), stands)
        });
        self.pace.came(1);
        if self.queue.try_send(job).is_err() {
            self.pace.left(1);
            return Err(Problem::of(Code::Busy));
        }
        answer.await.map_err(|_| Problem::unexpected("the writer thread ended"))?
    }
}

fn run_one<T>(
    conn: &mut Conn,
    author: Option<&Author>,
    now: Moment,
    chance: &Chance,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let mut tx = Tx::begin(conn, now, chance, author);
    let value = work(&mut tx)?;
    let events = tx.finish()?;
    log::append(conn, now, author, events)?;
    Ok(value)
}

fn work_through(mut conn: Conn, jobs: &Receiver<Job>, count: &Count, pace: &Pace) {
    while let Ok(first) = jobs.recv() {
        let begun = Instant::now();
        pace.begin();
        let mut group = vec![first];
        group.extend(jobs.try_iter().take(LARGEST_GROUP - 1));
        let writes = u64::try_from(group.len()).unwrap_or(u64::MAX);
        metrics::histogram!("nuanfang_commit_group_size").record(f64::from(u32::try_from(group.len()).unwrap_or(u32::MAX)));
        let mut worked = begun;
        let (answers, failed) = commit(&mut conn, group, &mut worked);
        tell_slow(writes, worked.duration_since(begun), worked.elapsed());
        // Before anybody is answered: who reads after an answer is held against what was written before it.
        count.done.store(count.begun.load(Ordering::SeqCst), Ordering::SeqCst);
        for answer in answers {
            answer(failed);
        }
        pace.end(writes, begun.elapsed());
    }
}

/// Why nothing of a group's transaction stands.
enum Undone {
    /// Its only write did not succeed, and says so itself.
    Itself,
    Failed(Problem),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Says what held everybody up, and whether it was the work or the disk.
fn tell_slow(writes: u64, work: Duration, disk: Duration) {
    if work.saturating_add(disk) > SLOW {
        let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        tracing::warn!(writes, work_ms = ms(work), disk_ms = ms(disk), "a group of writes took long");
    }
}

/// Those who wait for an answer, and why nothing stands. `worked` becomes when the work was done and the disk's part began.
fn commit(conn: &mut Conn, group: Vec<Job>, worked: &mut Instant) -> (Vec<Answer>, Option<Code>) {
    let mut answers = Vec::with_capacity(group.len());
    let within = if group.len() == 1 { Within::Transaction } else { Within::Savepoint };
    let done = conn.transaction::<(), Undone, _>(|conn| {
        // Take the write lock at once: a deferred transaction could lose it to another process half-way.
        conn.batch_execute("UPDATE chains SET sequence = sequence WHERE 0")?;
        let mut all_stand = true;
        for job in group {
            let (answer, stands) = job(conn, within);
            answers.push(answer);
            all_stand &= stands;
        }
        *worked = Instant::now();
        if all_stand || within == Within::Savepoint { Ok(()) } else { Err(Undone::Itself) }
    });
    let failed = match done {
        Ok(()) | Err(Undone::Itself) => None,
        Err(Undone::Failed(problem)) => {
            problem.log_once("commit");
            if problem.is_of_the_disk() {
                halt("the database's file");
            }
            Some(problem.code)
        }
    };
    (answers, failed)
}
