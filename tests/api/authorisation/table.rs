//! `authorisation.toml`: a row for every question, a cell for every role, an answer for every relation.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::ROLES;
use super::world::RELATIONS;

const TEXT: &str = include_str!("../authorisation.toml");
/// One word for several roles, the wider behind the narrower.
const GROUPS: [(&str, &[&str]); 3] =
    [("team", &["cadre", "lead"]), ("district", &["supervisor", "centre", "auditor"]), ("all", &["cadre", "lead", "supervisor", "centre", "auditor", "admin"])];

/// How a question is asked, and what everybody is answered.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// The JSON body.
    pub send: Option<Value>,
    /// What stands after the question mark.
    pub query: Option<String>,
    /// The body where it is no JSON.
    pub text: Option<String>,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: Option<String>,
    /// Which kind of thing is meant where the document does not tell apart.
    pub of: Option<String>,
    /// Which kind of thing the path means where the question is about something else.
    pub within: Option<String>,
    /// Why an answer may tell that what is out of sight is there.
    pub tells: Option<String>,
    /// What each role, or group of them, is answered.
    #[serde(flatten)]
    pub cells: BTreeMap<String, String>,
}

impl Row {
    /// What a role is answered about a thing that stands so: one answer for all relations, or one for each.
    pub fn expected(&self, role: &str, relation: &str) -> Option<&str> {
        let groups = GROUPS.iter().filter(|(_, roles)| roles.contains(&role)).map(|(name, _)| *name);
        let cell = std::iter::once(role).chain(groups).find_map(|name| self.cells.get(name))?;
        let answers: Vec<&str> = cell.split_whitespace().collect();
        match answers.len() {
            1 => answers.first().copied(),
            n if n == RELATIONS.len() => RELATIONS.iter().zip(answers).find(|(name, _)| **name == relation).map(|(_, answer)| answer),
            _ => None,
        }
    }

    /// Words in the row that are neither roles nor groups.
    pub fn strange(&self) -> Vec<&String> {
        self.cells.keys().filter(|key| !ROLES.contains(&key.as_str()) && GROUPS.iter().all(|(name, _)| name != key)).collect()
    }
}

/// All rows, by their questions.
pub fn rows() -> BTreeMap<String, Row> {
    let table: BTreeMap<String, BTreeMap<String, Row>> = toml::from_str(TEXT).expect("authorisation.toml is TOML; its head says what a row is");
    table.into_values().flatten().collect()
}

/// Whether an answer is one of those expected.
pub fn agrees(status: u16, expected: &str) -> bool {
    expected.split('|').any(|one| one == status.to_string() || (one.ends_with("xx") && one.starts_with(&(status / 100).to_string())))
}

/// What was answered: by question and role, one status for each relation, or one alone.
pub type Answers = BTreeMap<String, BTreeMap<&'static str, Vec<u16>>>;

/// The cells of a row as they are written.
fn cells(answers: &BTreeMap<&'static str, Vec<u16>>) -> String {
    let written = |statuses: &Vec<u16>| {
        let same = statuses.iter().all(|status| Some(status) == statuses.first());
        statuses.iter().take(if same { 1 } else { statuses.len() }).map(u16::to_string).collect::<Vec<_>>().join(" ")
    };
    let mut left: Vec<(&str, String)> = ROLES.iter().filter_map(|role| answers.get(role).map(|statuses| (*role, written(statuses)))).collect();
    for (group, roles) in GROUPS.iter().rev() {
        let theirs: Vec<&(&str, String)> = left.iter().filter(|(role, _)| roles.contains(role)).collect();
        if let [first, rest @ ..] = theirs.as_slice()
            && theirs.len() == roles.len()
            && rest.iter().all(|(_, answer)| *answer == first.1)
        {
            let merged = (*group, first.1.clone());
            let at = left.iter().position(|(role, _)| roles.contains(role)).unwrap_or_default();
            left.retain(|(role, _)| !roles.contains(role));
            left.insert(at, merged);
        }
    }
    left.iter().map(|(name, answer)| format!("{name} = {answer:?}")).collect::<Vec<_>>().join(", ")
}

/// Writes the answers into the rows that say something else: a draft, to be read line by line before it is believed.
pub fn generate(answers: &Answers) {
    let rows = rows();
    let holds = |row: &Row, role: &str, statuses: &[u16]| {
        statuses.iter().zip(RELATIONS).all(|(status, relation)| row.expected(role, relation).is_some_and(|expected| agrees(*status, expected)))
    };
    let is_so =
        |key: &str, told: &BTreeMap<&'static str, Vec<u16>>| rows.get(key).is_some_and(|row| told.iter().all(|(role, statuses)| holds(row, role, statuses)));
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/authorisation.toml");
    let line = |line: &str| {
        let Some((key, rest)) = line.strip_prefix('"').and_then(|line| line.split_once("\" = { ")) else { return line.to_owned() };
        let Some(told) = answers.get(key).filter(|told| !is_so(key, told)) else { return line.to_owned() };
        let asked = rest.find("none = ").map_or("", |at| rest.get(..at).unwrap_or_default());
        format!("{key:?} = {{ {asked}{} }}", cells(told))
    };
    let text = std::fs::read_to_string(&path).expect("the table");
    let written: Vec<String> = text.lines().map(line).collect();
    std::fs::write(&path, written.join("\n") + "\n").expect("written");
}
