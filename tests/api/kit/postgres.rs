//! A PostgreSQL cluster of the tests' own: started once a process, in a temporary folder, as user postgres where we are root.
//! It ends with this process, however this process ends: a shell waits on a pipe that closes then.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

struct Cluster {
    url: String,
    _keeper: Child,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A database that is dropped with whoever has it: hundreds of them would fill a small disk.
pub struct Database {
    pub url: String,
}

impl Database {
    /// Fresh and empty.
    pub fn fresh() -> Self {
        Self::made("template0", |_| ())
    }

    /// A copy of one that nobody uses any more.
    pub fn copy(&self) -> Self {
        // A pool that is let go closes its connections a moment later, and a database that is in use is no template.
        Self::made(self.name(), |conn| {
            conn.batch_execute(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", self.name())).expect("nobody uses it");
        })
    }

    fn made(template: &str, before: impl FnOnce(&mut PgConnection)) -> Self {
        let cluster = CLUSTER.get_or_init(start);
        let name = format!("t{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        let mut conn = PgConnection::establish(&format!("{}/postgres", cluster.url)).expect("the cluster answers");
        before(&mut conn);
        conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template} LC_COLLATE 'C' LC_CTYPE 'C'")).expect("a database can be made");
        Self { url: format!("{}/{name}", cluster.url) }
    }

    fn name(&self) -> &str {
        self.url.rsplit('/').next().expect("a name")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(cluster) = CLUSTER.get() else { return };
        // What fails here fails no test: the cluster goes as a whole in the end.
        if let Ok(mut conn) = PgConnection::establish(&format!("{}/postgres", cluster.url)) {
            drop(conn.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name())));
        }
    }
}

fn start() -> Cluster {
    let bin = binaries();
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
    let root = rustix_is_root();
    let script = format!(
        r#"set -e
dir=$(mktemp -d /tmp/nuanfang-pg.XXXXXX); {own}
as() {{ {run} "$@"; }}
as {bin}/initdb -D "$dir/data" -A trust -U postgres -E UTF8 --locale=C >"$dir/init.log" 2>&1 || {{ cat "$dir/init.log"; echo failed; exit 1; }}
as {bin}/pg_ctl -D "$dir/data" -w -t 60 -l "$dir/log" -o "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=400 -c shared_buffers=64MB" start >/dev/null || {{ cat "$dir/log"; echo failed; exit 1; }}
echo ready
read _ || true
as {bin}/pg_ctl -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
rm -rf "$dir""#,
        own = if root { r#"chown postgres "$dir""# } else { ":" },
        run = if root { "runuser -u postgres --" } else { "env" },
        bin = bin.display(),
    );
    let mut keeper =
        Command::new("setsid").args(["sh", "-c", &script]).current_dir("/tmp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
    let mut said = String::new();
    let mut reader = std::io::BufReader::new(keeper.stdout.take().expect("piped"));
    loop {
        let mut line = String::new();
        let read = std::io::BufRead::read_line(&mut reader, &mut line).expect("the shell talks");
        match line.trim() {
            "ready" => break,
            "failed" => panic!("PostgreSQL does not start: {said}"),
            _ if read == 0 => panic!("PostgreSQL does not start: {said}"),
            _ => said.push_str(&line),
        }
    }
    keeper.stdin.as_mut().expect("piped").flush().expect("open");
    Cluster { url: format!("postgres://postgres@127.0.0.1:{port}"), _keeper: keeper }
}

fn binaries() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|folders| folders.flatten().map(|f| f.path().join("bin")).filter(|bin| bin.join("initdb").exists()).collect())
        .unwrap_or_default();
    found.sort();
    found.pop().unwrap_or_else(|| {
        assert!(Path::new("/usr/bin/initdb").exists(), "PostgreSQL's server is missing: apt-get install postgresql-15");
        PathBuf::from("/usr/bin")
    })
}

fn rustix_is_root() -> bool {
    rustix::process::geteuid().is_root()
}
