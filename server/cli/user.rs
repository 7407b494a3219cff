//! `nuanfang user`: accounts from the command line, the first admin among them.

use std::io::{BufRead, Write};

use clap::{Args, Subcommand, ValueEnum};

use super::Ended;
use crate::accounts::{self, FirstPerson, Name, Password, PasswordHash, Role, ShortCode, Username};
use crate::app::Parts;
use crate::config::Settings;
use crate::kit::clock::{Chance, Clock};
use crate::kit::http::problem::{Code, Problem};
use crate::kit::log::Author;

/// What can be done to accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Enter somebody. The first admin also makes the root of the orgs.
    Add(Add),
    /// Give somebody a new password and sign them out everywhere.
    Passwd(Named),
    /// Keep somebody out from now on.
    Disable(Who),
}

/// Somebody to be entered.
#[derive(Debug, Args)]
pub struct Add {
    /// Who, and where their password comes from.
    #[command(flatten)]
    pub named: Named,
    /// The name others see; the username where none is given.
    #[arg(long)]
    pub name: Option<String>,
    /// What they may do; may be given several times.
    #[arg(long = "role", required = true, value_enum)]
    pub roles: Vec<RoleWord>,
    /// The code of their org; the root where none is given.
    #[arg(long)]
    pub org: Option<String>,
    /// The code of the root, if it has to be made.
    #[arg(long, default_value = "root")]
    pub root_code: String,
    /// The name of the root, if it has to be made.
    #[arg(long, default_value = "总工会")]
    pub root_name: String,
}

/// Somebody and a new password.
#[derive(Debug, Args)]
pub struct Named {
    /// Who.
    #[command(flatten)]
    pub who: Who,
    /// Read the password from the first line of standard input; without this one is made up and printed once.
    #[arg(long)]
    pub password_stdin: bool,
}

/// Somebody.
#[derive(Debug, Args)]
pub struct Who {
    /// The name they sign in with.
    #[arg(value_parser = |text: &str| Username::parse(text).map_err(|word| format!("{word}: 2 to 64 letters, digits or . _ - @")))]
    pub username: Username,
}

/// A role as the command line spells it.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[expect(missing_docs, reason = "the roles of the glossary")]
pub enum RoleWord {
    Cadre,
    Lead,
    Supervisor,
    Centre,
    Auditor,
    Admin,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Cadre => Self::Cadre,
            RoleWord::Lead => Self::Lead,
            RoleWord::Supervisor => Self::Supervisor,
            RoleWord::Centre => Self::Centre,
            RoleWord::Auditor => Self::Auditor,
            RoleWord::Admin => Self::Admin,
        }
    }
}

/// Runs it.
///
/// # Errors
/// What kept it from running.
pub async fn run(settings: Settings, command: UserCommand) -> Ended {
    let chance = Chance::system();
    let parts = Parts::open(settings, Clock::system(), chance.clone())?;
    match command {
        UserCommand::Add(add) => {
            let (password, said) = password(&parts, &add.named, &chance).await?;
            let username = add.named.who.username.clone();
            let first = read(add, password)?;
            let done = parts.db.write(Author::system(), move |tx| accounts::add_first(tx, &first));
            let done = done.await.map(drop);
            finish(done, &format!("{} can sign in now", username.as_str()), said)
        }
        UserCommand::Passwd(named) => {
            let (password, said) = password(&parts, &named, &chance).await?;
            let username = named.who.username.clone();
            let done = parts.db.write(Author::system(), move |tx| accounts::give_password(tx, &username, &password));
            finish(done.await, &format!("{} has a new password", named.who.username.as_str()), said)
        }
        UserCommand::Disable(who) => {
            let username = who.username.clone();
            let done = parts.db.write(Author::system(), move |tx| accounts::disable_person(tx, &username));
            finish(done.await, &format!("{} is out", who.username.as_str()), None)
        }
    }
}

fn read(add: Add, password: PasswordHash) -> Result<FirstPerson, String> {
    let wrong = |what: &'static str| move |word: &'static str| format!("{what}: {word}");
    let mut roles: Vec<Role> = add.roles.into_iter().map(Into::into).collect();
    roles.sort_unstable();
    roles.dedup();
    Ok(FirstPerson {
        name: Name::parse(add.name.as_deref().unwrap_or(add.named.who.username.as_str())).map_err(wrong("--name"))?,
        username: add.named.who.username,
        roles,
        org: add.org.map(|code| ShortCode::parse(&code)).transpose().map_err(wrong("--org"))?,
        root: (ShortCode::parse(&add.root_code).map_err(wrong("--root-code"))?, Name::parse(&add.root_name).map_err(wrong("--root-name"))?),
        password,
    })
}

/// The hash of the password that was given, or of one made up, which is then to be said once.
async fn password(parts: &Parts, named: &Named, chance: &Chance) -> Result<(PasswordHash, Option<String>), Box<dyn std::error::Error>> {
    let (text, said) = if named.password_stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        (line.trim_end_matches(['\r', '\n']).to_owned(), None)
    } else {
        let text = made_up(chance);
        (text.clone(), Some(text))
    };
    let password =
        Password::parse(&text, named.who.username.as_str()).map_err(|word| format!("the password is {word}: 10 to 128 characters, not a common one"))?;
    Ok((parts.passwords.hash(password).await?, said))
}

/// Four groups of five letters and digits that are not mistaken for each other: 100 bits.
fn made_up(chance: &Chance) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters = chance.bytes::<20>().map(|byte| LETTERS.get(usize::from(byte % 32)).copied().map_or('a', char::from));
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn finish(done: Result<(), Problem>, well: &str, said: Option<String>) -> Ended {
    let mut out = std::io::stdout();
    match done {
        Ok(()) => {
            writeln!(out, "{well}")?;
            said.map_or(Ok(()), |password| writeln!(out, "password: {password}"))?;
            Ok(0)
        }
        Err(problem) => {
            let why = match problem.code {
                Code::NameTaken => "this username is taken".to_owned(),
                Code::NotFound => "there is no such person or org; the first admin (--role admin, no --org) makes the root".to_owned(),
                _ => problem.to_string(),
            };
            writeln!(std::io::stderr(), "{why}")?;
            Ok(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_password_is_one_that_may_be_set() {
        let text = made_up(&Chance::system());
        assert_eq!(text.len(), 23);
        assert!(Password::parse(&text, "admin").is_ok());
    }
}
