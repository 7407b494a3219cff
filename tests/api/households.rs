//! Who is in need: rosters in, files approved, assigned, corrected and read.

mod command_line;
mod files;
mod notices;
mod rosters;
mod staff;
mod together;

use std::path::PathBuf;

use reqwest::Method;
use serde_json::Value;

use crate::kit::TestApp;
use crate::kit::people::{Person, Reply};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Two households of the eastern district.
const TWO: &str = "姓名,身份证号码,困难类别,致困原因,家庭住址,联系电话,工行卡号,备注\n\
    罗珍秀,510104195209043743,低保户,患病,建设街112号,14040260662,6222026220265934552,独居\n\
    顾燕秀,510104198410130500,大病家庭,患病,人民中路75号,17921773490,,";

/// A sample roster and what must be made of it.
fn sample(name: &str) -> (Vec<u8>, Value) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters");
    let expected = std::fs::read(folder.join(format!("{name}.expected.json"))).expect("a sample");
    (std::fs::read(folder.join(format!("{name}.xlsx"))).expect("a sample"), serde_json::from_slice(&expected).expect("json"))
}

impl Person {
    /// Sends a roster.
    async fn upload(&self, bytes: impl Into<Vec<u8>>, query: &str) -> Reply {
        let bytes: Vec<u8> = bytes.into();
        let media_type = if bytes.starts_with(b"PK") { XLSX } else { "text/csv" };
        let request = self.call(Method::POST, &format!("/households/imports?{query}")).header("Content-Type", media_type);
        Reply::of(request.body(bytes).send().await.expect("an answer")).await
    }
}

/// The ids of the files that hold these numbers, in their order.
async fn ids_of(app: &TestApp, numbers: &[&str]) -> Vec<String> {
    use diesel::prelude::*;
    use nuanfang::kit::db::schema::households;
    let numbers: Vec<String> = numbers.iter().map(|number| (*number).to_owned()).collect();
    let found: Vec<(String, String)> =
        app.parts.db.read(move |conn| Ok(households::table.select((households::head_id_number, households::id)).load(conn)?)).await.expect("households");
    numbers.iter().map(|number| found.iter().find(|(n, _)| n == number).map(|(_, id)| id.clone()).expect("on file")).collect()
}

/// How many events of a verb the log holds, and whether any of their facts hold one of these texts.
async fn events(app: &TestApp, verb: &str, never: &[&str]) -> usize {
    let facts = app.facts_of(verb).await;
    for text in never {
        assert!(facts.iter().all(|facts| !facts.contains(text)), "the log holds personal data: {text}");
    }
    facts.len()
}
