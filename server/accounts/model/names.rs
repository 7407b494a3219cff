//! What a newcomer is called: values that cannot hold nonsense. What is wrong with one is told as a word of the field errors.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The name somebody signs in with: 2 to 64 letters, digits or `. _ - @`, folded to lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

/// A name shown to people: 1 to 64 characters, none of them a control character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

/// A short code on lists and slips: 1 to 32 of `A–Z a–z 0–9 - _ .`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortCode(String);

/// A password on its way in; never shown, not even to a debugger's log.
#[derive(Clone)]
pub struct Password(String);

/// A password as it is kept (PHC string).
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub(in crate::accounts) String);

const SHORTEST_PASSWORD: usize = 10;
const LONGEST_PASSWORD: usize = 128;
/// What everybody tries first and is long enough to pass otherwise.
const COMMON: [&str; 12] = [
    "1234567890",
    "0123456789",
    "12345678910",
    "0987654321",
    "1q2w3e4r5t",
    "qwertyuiop",
    "password12",
    "password123",
    "password1234",
    "administrator",
    "woaini1314",
    "woaini5201314",
];

impl Username {
    /// Reads a name to sign in with.
    ///
    /// # Errors
    /// The word for what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let folded: String = text.trim().nfkc().collect::<String>().to_lowercase();
        if !folded.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@')) {
            return Err("bad_format");
        }
        within(&folded, 2, 64).map(|()| Self(folded))
    }
}

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    /// The word for what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return Err("bad_format");
        }
        within(text, 1, 64).map(|()| Self(text.to_owned()))
    }
}

impl ShortCode {
    /// Reads a code.
    ///
    /// # Errors
    /// The word for what is wrong.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if !text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
            return Err("bad_format");
        }
        within(text, 1, 32).map(|()| Self(text.to_owned()))
    }
}

impl Password {
    /// Takes a new password of somebody with this username.
    ///
    /// # Errors
    /// The word for what is wrong: too short, too long, or one that everybody tries first.
    pub fn parse(text: &str, username: &str) -> Result<Self, &'static str> {
        within(text, SHORTEST_PASSWORD, LONGEST_PASSWORD)?;
        let folded = text.to_lowercase();
        let one_letter = folded.chars().all(|c| folded.starts_with(c));
        if one_letter || COMMON.contains(&folded.as_str()) || folded.trim_matches(|c: char| !c.is_alphabetic()) == username {
            return Err("too_common");
        }
        Ok(Self(text.to_owned()))
    }

    /// The characters, for hashing alone.
    pub(in crate::accounts) fn characters(&self) -> &str {
        &self.0
    }
}

fn within(text: &str, least: usize, most: usize) -> Result<(), &'static str> {
    match text.chars().count() {
        0 => Err("missing"),
        n if n < least => Err("too_short"),
        n if n > most => Err("too_long"),
        _ => Ok(()),
    }
}

macro_rules! text {
    ($($name:ident),+) => { $(
        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+ };
}
text!(Username, Name, ShortCode);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_folded_so_that_one_person_has_one() {
        assert_eq!(Username::parse(" Ｗang.Li ").map(|name| name.0), Ok("wang.li".to_owned()));
        assert_eq!(Username::parse("a"), Err("too_short"));
        assert_eq!(Username::parse("  "), Err("missing"));
        assert_eq!(Username::parse("a b"), Err("bad_format"));
    }

    #[test]
    fn passwords_that_everybody_tries_first_are_refused() {
        for (text, word) in [("short", "too_short"), ("aaaaaaaaaaaa", "too_common"), ("Password123", "too_common"), ("wanglihua2027", "too_common")] {
            assert_eq!(Password::parse(text, "wanglihua").map(drop), Err(word), "{text}");
        }
        assert!(Password::parse("nuanfang-demo", "cadre1").is_ok());
        assert!(Password::parse("一个很长的中文口令也可以", "cadre1").is_ok());
    }

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(Password::parse("correct horse battery", "x").map(|p| format!("{p:?}")), Ok("Password".to_owned()));
    }
}
