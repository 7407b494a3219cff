use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::{TWO, sample};

fn nuanfang(data: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nuanfang"));
    command.env_clear().current_dir(data).args(["--data", "data"]).args(words).stdin(Stdio::null()).output().expect("the program runs")
}

fn with_a_root() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let made = nuanfang(folder.path(), &["user", "add", "first-admin", "--role", "admin", "--root-code", "city"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_roster_with_bad_rows_prints_them_and_ends_with_1() {
    let folder = with_a_root();
    let (bytes, expected) = sample("faulty-60");
    std::fs::write(folder.path().join("r.xlsx"), bytes).expect("written");
    let json = nuanfang(folder.path(), &["import", "households", "r.xlsx", "--dry-run", "--json"]);
    assert_eq!(json.status.code(), Some(1));
    let reply: Value = serde_json::from_slice(&json.stdout).expect("json");
    assert_eq!((&reply["accepted"], &reply["households"]), (&expected["accepted"], &expected["households"]));
    let lines = nuanfang(folder.path(), &["import", "households", "r.xlsx", "--language", "en"]);
    assert_eq!(lines.status.code(), Some(1));
    assert!(words(&lines).contains("31\t身份证号码\tid_duplicate\t"), "{}", words(&lines));
    assert!(words(&lines).ends_with("60 households: 34 accepted, 26 rejected, 0 corrected, 0 unchanged.\n"), "{}", words(&lines));
    let again = nuanfang(folder.path(), &["import", "households", "r.xlsx", "--language", "en"]);
    assert!(words(&again).ends_with("34 unchanged. This file was imported before; nothing was changed.\n"), "{}", words(&again));
}

#[test]
fn a_good_roster_ends_with_0_and_corrects_without_being_anybody() {
    let folder = with_a_root();
    let bring = |roster: &str| {
        std::fs::write(folder.path().join("r.csv"), roster).expect("written");
        nuanfang(folder.path(), &["import", "households", "r.csv", "--org", "city"])
    };
    let first = bring(TWO);
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    assert!(words(&first).contains("接受 2,拒绝 0,更正 0"), "{}", words(&first));
    let second = bring(&TWO.replace("建设街", "红星巷"));
    assert_eq!(second.status.code(), Some(0), "{}", String::from_utf8_lossy(&second.stderr));
    assert!(words(&second).contains("更正 1,未变 1"), "{}", words(&second));
}

#[test]
fn what_cannot_run_ends_with_2_and_says_the_next_step() {
    let folder = with_a_root();
    std::fs::write(folder.path().join("r.csv"), TWO).expect("written");
    std::fs::write(folder.path().join("r.pdf"), "%PDF-1.7").expect("written");
    for (args, said) in [(vec!["none.csv"], "none.csv"), (vec!["r.csv", "--org", "nowhere"], "--org"), (vec!["r.pdf"], "xlsx")] {
        let output = nuanfang(folder.path(), &[&["import", "households", "--language", "en"], &args[..]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(said), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
