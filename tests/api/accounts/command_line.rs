//! `nuanfang user`: the first admin, and whoever is let in or kept out from the machine itself.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::json;

use crate::kit::{On, TestApp};

fn user(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_nuanfang"))
        .arg("user")
        .args(arguments)
        .arg("--data")
        .arg(data)
        .current_dir(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    program.stdin.take().expect("piped").write_all(input.as_bytes()).expect("written");
    program.wait_with_output().expect("the program ends")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[actix_web::test]
async fn the_first_admin_comes_from_the_command_line_and_can_sign_in() {
    // Beside a server that runs, as it would be done.
    let app = TestApp::start(On::Sqlite).await;
    let data = app.parts.settings.data.clone();
    let nobody = user(&data, &["add", "early", "--role", "cadre"], "");
    assert_eq!(nobody.status.code(), Some(1), "nobody but an admin makes the root");
    let made = user(&data, &["add", "Chief", "--role", "admin", "--root-name", "市总工会"], "");
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let password = said(&made).lines().find_map(|line| line.strip_prefix("password: ").map(str::to_owned)).expect("a password, once");
    let again = user(&data, &["add", "chief", "--role", "admin"], "");
    assert_eq!((again.status.code(), said(&again).as_str()), (Some(1), ""));

    let sign_in = async |password: &str| app.visitor().post("/session", &json!({ "username": "chief", "password": password })).await;
    let session = sign_in(&password).await.ok();
    assert_eq!((&session["user"]["roles"], &session["user"]["org"]["name"]), (&json!(["admin"]), &json!("市总工会")));

    let weak = user(&data, &["passwd", "chief", "--password-stdin"], "short\n");
    assert_eq!(weak.status.code(), Some(2));
    let changed = user(&data, &["passwd", "chief", "--password-stdin"], "a-warm-word-given\n");
    assert_eq!((changed.status.code(), said(&changed).contains("warm")), (Some(0), false));
    assert_eq!(sign_in(&password).await.status, 401);
    sign_in("a-warm-word-given").await.ok();
    assert_eq!(user(&data, &["disable", "chief"], "").status.code(), Some(0));
    assert_eq!(sign_in("a-warm-word-given").await.status, 401);
    assert_eq!(user(&data, &["disable", "nobody"], "").status.code(), Some(1));
}
