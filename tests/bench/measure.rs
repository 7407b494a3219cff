//! What the operating system says about a process and a folder.

use std::io::Write;
use std::path::Path;

use diesel::{Connection, RunQueryDsl};
use std::time::{Duration, Instant};

/// User and system time a process has used.
pub fn cpu(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().expect("utime") + fields[12].parse::<u64>().expect("stime");
    Duration::from_millis(ticks * 10)
}

fn status_mib(pid: u32, key: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let line = status.lines().find(|line| line.starts_with(key)).expect("a line");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).expect("KiB") / 1_024
}

/// Resident memory now.
pub fn resident_mib(pid: u32) -> u64 {
    status_mib(pid, "VmRSS:")
}

/// The most it ever was.
pub fn peak_mib(pid: u32) -> u64 {
    status_mib(pid, "VmHWM:")
}

/// Processor, cores, memory.
pub fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default().trim_start_matches([' ', '\t', ':']).to_owned();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default();
    format!("machine: {name} · {cores} cores · {} GiB, the load generator beside the server", kib / 1_048_576)
}

/// Files of 300 KB a second that this folder can take durably from eight threads, and what each costs in milliseconds of processor.
pub fn folder_limit(folder: &Path) -> (f64, f64) {
    let spent = cpu(std::process::id());
    let folder = folder.join("limit");
    std::fs::create_dir_all(&folder).expect("a folder");
    let bytes = vec![0x5a_u8; 300_000];
    let begun = Instant::now();
    let each = 250;
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (folder, bytes) = (&folder, &bytes);
            scope.spawn(move || {
                for n in 0..each {
                    let (part, whole) = (folder.join(format!("{thread}-{n}.part")), folder.join(format!("{thread}-{n}")));
                    let mut file = std::fs::File::create(&part).expect("a file");
                    file.write_all(bytes).and_then(|()| file.sync_all()).expect("written");
                    std::fs::rename(&part, &whole).expect("renamed");
                    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).expect("synced");
                }
            });
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    let spent = cpu(std::process::id()).saturating_sub(spent).as_secs_f64() * 1_000.0;
    std::fs::remove_dir_all(&folder).expect("removed");
    (f64::from(8 * each) / seconds, spent / f64::from(8 * each))
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    count: i64,
}

/// What has been taken in and waits to be worked off, looked at from outside.
pub struct Backlog(Option<diesel::SqliteConnection>);

impl Backlog {
    /// Of the SQLite database in a data folder; on PostgreSQL nobody looks.
    pub fn of(data: &Path, is_sqlite: bool) -> Self {
        let path = data.join("nuanfang.db");
        Self(is_sqlite.then(|| diesel::SqliteConnection::establish(path.to_str().expect("a path")).expect("a database")))
    }

    /// Waits until nothing waits.
    pub async fn is_worked_off(&mut self) {
        let Some(conn) = &mut self.0 else { return };
        loop {
            let waiting: Count =
                diesel::sql_query("SELECT count(*) AS count FROM jobs WHERE queue IN ('intake', 'reconcile')").get_result(conn).expect("a count");
            if waiting.count == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}
