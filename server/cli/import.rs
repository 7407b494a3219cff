//! `nuanfang import`: rosters from the command line.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::{Args, Subcommand};

use super::Ended;
use crate::app::Parts;
use crate::config::Settings;
use crate::households::import::{LARGEST_FILE, Notice};
use crate::households::{self, ImportReply, Outcome, Telling};
use crate::kit::clock::{Chance, Clock};
use crate::kit::http::language::Language;
use crate::kit::http::problem::{Code, Problem};

/// What can be brought in.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// A roster of households (xlsx or csv). Ends with 1 when rows were refused.
    Households(Roster),
}

/// A roster and where it goes.
#[derive(Debug, Args)]
pub struct Roster {
    /// The file.
    pub file: PathBuf,
    /// The code of the org that will keep the files; the root where none is given.
    #[arg(long)]
    pub org: Option<String>,
    /// Only say what would come of it.
    #[arg(long)]
    pub dry_run: bool,
    /// Print the answer of the API instead of lines.
    #[arg(long)]
    pub json: bool,
    /// The language of the words: zh-CN or en.
    #[arg(long, env = "LANG", default_value = "zh-CN")]
    pub language: String,
}

/// Runs the command.
///
/// # Errors
/// What kept it from running.
pub async fn run(settings: Settings, command: ImportCommand) -> Ended {
    let ImportCommand::Households(roster) = command;
    let language = Language::accepted(Some(&roster.language));
    let bytes = read(&roster.file)?;
    let parts = Parts::open(settings, Clock::system(), Chance::system())?;
    let outcome = households::import_at_the_console(&parts.db, bytes, roster.org, roster.dry_run).await.map_err(|problem| in_words(problem, language))?;
    let found_wrong = !outcome.verdict.rejected.is_empty();
    let mut out = std::io::stdout().lock();
    if roster.json {
        let telling = if roster.dry_run { Telling::Households } else { Telling::Verdict };
        let reply = ImportReply::of(outcome, None, telling, language);
        writeln!(out, "{}", serde_json::to_string_pretty(&reply)?)?;
    } else {
        print(&mut out, &outcome, language)?;
    }
    Ok(i32::from(found_wrong))
}

fn read(path: &Path) -> Result<Bytes, Box<dyn std::error::Error>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST_FILE)?.saturating_add(1);
    let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

fn in_words(problem: Problem, language: Language) -> Box<dyn std::error::Error> {
    if problem.code == Code::Internal {
        return problem.into();
    }
    let body = problem.body(language, "");
    let text = match (problem.code, language) {
        (Code::NotFound, Language::Chinese) => "没有这个工会组织:请核对 --org 的编码,或先用 nuanfang user add 建立。".to_owned(),
        (Code::NotFound, Language::English) => "There is no such org. Check the code given with --org, or make one with `nuanfang user add` first.".to_owned(),
        _ => format!("{}: {}", body.title, body.detail),
    };
    text.into()
}

fn print(out: &mut impl Write, outcome: &Outcome, language: Language) -> std::io::Result<()> {
    let verdict = &outcome.verdict;
    for r in &verdict.rejected {
        writeln!(out, "{}\t{}\t{}\t{}", r.row, r.column, r.code, r.detail(language))?;
    }
    for w in &verdict.warnings {
        writeln!(out, "{}\t-\t{}\t{}", w.row, w.code, w.code.says(language))?;
    }
    let corrected = verdict.warnings.iter().filter(|warning| warning.code == Notice::FileCorrected).count();
    let (rows, accepted, rejected, unchanged) = (verdict.rows, verdict.accepted.len(), verdict.rejected.len(), outcome.unchanged);
    match language {
        Language::Chinese => {
            let again = if outcome.already_imported { "此文件以前已导入,未作任何改动。" } else { "" };
            writeln!(out, "共 {rows} 户:接受 {accepted},拒绝 {rejected},更正 {corrected},未变 {unchanged}。{again}")
        }
        Language::English => {
            let again = if outcome.already_imported { " This file was imported before; nothing was changed." } else { "" };
            writeln!(out, "{rows} households: {accepted} accepted, {rejected} rejected, {corrected} corrected, {unchanged} unchanged.{again}")
        }
    }
}
