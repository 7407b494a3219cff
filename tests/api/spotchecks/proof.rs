//! The proof of a draw: exported, repeated by the program and by the lines of the manual, and caught when it lies.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{draw, walked};
use crate::kit::street::Street;
use crate::kit::{On, TestApp};

/// What is changed in a proof.
type Lie = Box<dyn Fn(&mut Value)>;

fn verify(file: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nuanfang"));
    command
        .env_clear()
        .current_dir(file.parent().expect("a folder"))
        .args(["sample", "verify"])
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// The lines of `docs/draw.md`.
fn lines_of_the_manual() -> &'static str {
    let manual = include_str!("../../../docs/draw.md");
    manual.split_once("```python\n").and_then(|(_, rest)| rest.split_once("```")).expect("lines of Python").0
}

/// Runs them, where there is a Python.
fn verify_by_hand(file: &Path) -> Option<Output> {
    Command::new("python3").args(["-c", lines_of_the_manual()]).arg(file).stdin(Stdio::null()).output().ok()
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

async fn exported(app: &TestApp, street: &Street, kind: &str) -> (Value, String) {
    let supervisor = street.city.supervisor();
    let sample = draw(supervisor, street, &app.id(), kind).await.ok();
    let path = format!("/samples/{}/frame", sample["id"].as_str().expect("an id"));
    (supervisor.get(&path).await.ok(), path)
}

fn written(proof: &Value) -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("draw.json");
    std::fs::write(&file, proof.to_string()).expect("written");
    (folder, file)
}

#[actix_web::test]
async fn an_exported_draw_is_repeated_by_the_program_and_by_twenty_lines_of_python() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 40, 40, 0).await;
    let (proof, path) = exported(&app, &street, "assisted").await;
    assert_eq!(proof["frame"].as_array().map(Vec::len), Some(40));
    let (_folder, file) = written(&proof);
    let output = verify(&file);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    assert!(words(&output).contains("the same: 3 of 40") && words(&output).contains("not published yet"), "{}", words(&output));
    if let Some(output) = verify_by_hand(&file) {
        assert!(output.status.success() && words(&output) == "the same: 3 of 40\n", "{}", words(&output));
    }
    let supervisor = street.city.supervisor();
    supervisor.post(&format!("/campaigns/{}/reveal-seed", street.season.campaign), &json!({"commitment": proof["commitment"]})).await.ok();
    let (_folder, file) = written(&supervisor.get(&path).await.ok());
    let output = verify(&file);
    assert!(output.status.success() && words(&output).contains("which was promised"), "{}", words(&output));
    if let Some(output) = verify_by_hand(&file) {
        assert!(output.status.success(), "{}", words(&output));
    }
    let table = supervisor.get(&format!("{path}.csv")).await;
    let text = String::from_utf8_lossy(&table.bytes).into_owned();
    assert_eq!((text.lines().count(), text.matches(",yes\n").count()), (41, 3));
    assert!(text.starts_with("household_id,stratum,drawn\n"));
}

#[actix_web::test]
async fn a_proof_that_lies_is_caught_and_the_lie_is_named() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 20, 20, 0).await;
    let (proof, _) = exported(&app, &street, "assisted").await;
    let other = proof["frame"].as_array().expect("a frame").iter().find(|line| line[0] != proof["drawn"][0]).expect("another")[0].clone();
    let lies: [(&str, Lie); 6] = [
        ("drawn:", Box::new(move |proof| proof["drawn"][0] = other.clone())),
        ("root:", Box::new(|proof| drop(proof["frame"].as_array_mut().expect("a frame").pop()))),
        ("seats of E1/sudden:", Box::new(|proof| proof["seats"]["E1/sudden"] = json!(1))),
        ("draw_seed:", Box::new(|proof| proof["campaign_seed"] = json!("00".repeat(32)))),
        ("size:", Box::new(|proof| proof["rate"] = json!("0.7"))),
        (
            "frame:",
            Box::new(|proof| {
                let first = proof["frame"][0].clone();
                proof["frame"].as_array_mut().expect("a frame").push(first);
            }),
        ),
    ];
    for (named, lie) in lies {
        let mut told = proof.clone();
        lie(&mut told);
        let (_folder, file) = written(&told);
        let output = verify(&file);
        assert_eq!(output.status.code(), Some(1), "{named} {}", words(&output));
        assert!(words(&output).contains(named), "{named} {}", words(&output));
        if let Some(output) = verify_by_hand(&file) {
            assert!(!output.status.success(), "the lines of the manual do not see that {named} is a lie");
        }
    }
}

#[actix_web::test]
async fn everybody_gets_the_frame_once_nobody_can_prepare_for_a_check_with_it() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 20, 20, 0).await;
    let (proof, path) = exported(&app, &street, "assisted").await;
    let (supervisor, stranger) = (street.city.supervisor(), app.visitor());
    let draws = format!("/public/campaigns/{}/draws", street.season.campaign);
    let sample = path.split('/').nth(2).expect("an id").to_owned();
    let frame = format!("{draws}/{sample}/frame");
    assert_eq!(stranger.get(&frame).await.problem(409), "frame_not_public");
    assert_eq!(stranger.get(&draws).await.ok()["draws"][0]["frame_is_public"], false);
    for check in super::checks(supervisor, &json!({"id": sample})).await {
        assert_eq!(stranger.get(&frame).await.problem(409), "frame_not_public");
        supervisor.post(&format!("{}/answers", super::path(&check)), &super::honest(&street)).await.ok();
    }
    assert_eq!(stranger.get(&draws).await.ok()["draws"][0]["frame_is_public"], true);
    assert_eq!(stranger.get(&frame).await.ok(), proof, "the same file as the supervisor's");
    assert_eq!(stranger.get(&format!("/public/campaigns/{}/draws/{sample}/frame", app.id())).await.problem(404), "not_found");

    let chosen = json!({"id": app.id(), "campaign_id": street.season.campaign, "kind": "targeted", "households": [street.households[0]], "words": "举报"});
    let chosen = supervisor.post("/samples", &chosen).await.ok();
    assert_eq!(stranger.get(&format!("{draws}/{}/frame", chosen["id"].as_str().expect("an id"))).await.problem(404), "not_found", "who was chosen is nobody's");
}

#[actix_web::test]
async fn with_the_seed_every_frame_is_public() {
    let app = TestApp::start(On::Sqlite).await;
    let street = walked(&app, 2, 2, 0).await;
    let (proof, path) = exported(&app, &street, "assisted").await;
    let sample = path.split('/').nth(2).expect("an id").to_owned();
    let commitment = json!({"commitment": proof["commitment"]});
    street.city.supervisor().post(&format!("/campaigns/{}/reveal-seed", street.season.campaign), &commitment).await.ok();
    let told = app.visitor().get(&format!("/public/campaigns/{}/draws/{sample}/frame", street.season.campaign)).await.ok();
    assert!(told["campaign_seed"].is_string());
}

#[test]
fn what_is_no_proof_cannot_be_verified() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("none.json");
    assert_eq!(verify(&file).status.code(), Some(2));
    std::fs::write(&file, "{}").expect("written");
    assert_eq!(verify(&file).status.code(), Some(2));
}

#[test]
fn the_lines_of_the_manual_hold_the_vectors() {
    let vectors: Value = serde_json::from_str(include_str!("../../vectors/sampling.json")).expect("JSON");
    for case in vectors["cases"].as_array().expect("cases") {
        let (_folder, file) = written(case);
        let Some(output) = verify_by_hand(&file) else { return };
        assert!(output.status.success(), "{}", words(&output));
    }
}
