//! The program itself, as a process that can be killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A running server.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:<port>`
    pub address: String,
    /// From start to the first answer of `/readyz`.
    pub ready_after: Duration,
}

impl Server {
    /// Starts the program on a data folder and waits until it says it is ready.
    pub async fn start(data: &Path, more: &[&str]) -> Self {
        Self::begin(Command::new(env!("CARGO_BIN_EXE_nuanfang")), data, more).await
    }

    /// The same under a tracer, which must leave the program its process id.
    pub async fn start_under(tracer: &[&str], data: &Path, more: &[&str]) -> Self {
        let mut command = Command::new(tracer[0]);
        command.args(&tracer[1..]).arg(env!("CARGO_BIN_EXE_nuanfang"));
        Self::begin(command, data, more).await
    }

    async fn begin(mut command: Command, data: &Path, more: &[&str]) -> Self {
        let begun = Instant::now();
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(more)
            .env_remove("NUANFANG_LOG")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let mut words = Vec::new();
        let address = lines.find_map(|line| {
            let line = line.expect("a line");
            let said: Value = serde_json::from_str(&line).unwrap_or_default();
            words.push(line);
            said["address"].as_str().map(|address| format!("http://{address}"))
        });
        let address = address.unwrap_or_else(|| panic!("the program does not say where it serves: {words:?}"));
        // Its later words are read and dropped, so that it never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let client = reqwest::Client::new();
        while !client.get(format!("{address}/readyz")).send().await.is_ok_and(|answer| answer.status().is_success()) {
            tokio::task::yield_now().await;
        }
        Self { child, address, ready_after: begun.elapsed() }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(mut self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("it can be asked");
        assert!(self.child.wait().expect("it ends").success(), "it stops in good order");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
