//! Passwords: Argon2id, off the async threads, so many at a time as there are cores.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::{PasswordHash as Phc, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::model::names::{Password, PasswordHash};
use crate::kit::clock::Chance;
use crate::kit::http::problem::{Code, Problem};

/// How long a sign-in waits for its turn. A morning's crowd comes at once and each takes some 30 ms of a core.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// What hashing a password costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl PasswordCost {
    /// OWASP's recommendation for Argon2id: what the product uses.
    pub const STRONG: Self = Self { memory_kib: 19_456, passes: 2, lanes: 1 };
}

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    nobodys: PasswordHash,
    turns: Arc<Semaphore>,
    chance: Chance,
}

/// Somebody's turn to have a password looked at.
pub(super) struct Turn(OwnedSemaphorePermit);

impl Passwords {
    /// A hasher of this cost.
    ///
    /// # Errors
    /// When the cost is none Argon2 knows.
    pub fn new(cost: PasswordCost, chance: &Chance) -> Result<Self, Problem> {
        let wrong = |cause: argon2::Error| Problem::unexpected(format!("the password cost cannot be used: {cause}"));
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None).map_err(wrong)?;
        let turns = std::thread::available_parallelism().map_or(2, usize::from);
        // Looks like a hash and fits no password: whoever names nobody waits as long as whoever names somebody.
        let nobodys = format!(
            "$argon2id$v=19$m={},t={},p={}${}${}",
            cost.memory_kib,
            cost.passes,
            cost.lanes,
            STANDARD_NO_PAD.encode(chance.bytes::<16>()),
            STANDARD_NO_PAD.encode(chance.bytes::<32>())
        );
        Ok(Self {
            argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            nobodys: PasswordHash(nobodys),
            turns: Arc::new(Semaphore::new(turns)),
            chance: chance.clone(),
        })
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// [`Code::Busy`] when the turn does not come in time.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, Problem> {
        let (argon, salt) = (self.argon.clone(), self.chance.bytes::<16>());
        self.turn().await?.spend(move || hash(&argon, &salt, password.characters())).await?
    }

    /// Waits for a turn.
    pub(super) async fn turn(&self) -> Result<Turn, Problem> {
        let turn = tokio::time::timeout(LONGEST_WAIT, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(permit)) = turn else { return Err(Problem::of(Code::Busy)) };
        Ok(Turn(permit))
    }

    /// Holds what was given against what is kept, or against nobody's hash; says whether they agree, and, where they do and the
    /// kept one was made at another cost, what to keep from now on.
    pub(super) async fn verify(&self, turn: Turn, given: String, kept: Option<PasswordHash>) -> Result<(bool, Option<PasswordHash>), Problem> {
        let (argon, salt) = (self.argon.clone(), self.chance.bytes::<16>());
        let kept = kept.unwrap_or_else(|| self.nobodys.clone());
        turn.spend(move || {
            let phc = Phc::new(&kept.0).map_err(unusable)?;
            if argon.verify_password(given.as_bytes(), &phc).is_err() {
                return Ok((false, None));
            }
            let current = Params::try_from(&phc).is_ok_and(|params| same_cost(&params, argon.params()));
            Ok((true, if current { None } else { Some(hash(&argon, &salt, &given)?) }))
        })
        .await?
    }
}

impl Turn {
    async fn spend<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(self.0);
            answer
        });
        done.await.map_err(|lost| Problem::unexpected(format!("hashing ended early: {lost}")))
    }
}

fn hash(argon: &Argon2<'_>, salt: &[u8], characters: &str) -> Result<PasswordHash, Problem> {
    let salt = SaltString::encode_b64(salt).map_err(unusable)?;
    let phc = argon.hash_password(characters.as_bytes(), &salt).map_err(unusable)?;
    Ok(PasswordHash(phc.to_string()))
}

fn same_cost(one: &Params, other: &Params) -> bool {
    (one.m_cost(), one.t_cost(), one.p_cost()) == (other.m_cost(), other.t_cost(), other.p_cost())
}

fn unusable(cause: argon2::password_hash::Error) -> Problem {
    Problem::unexpected(format!("a password cannot be hashed: {cause}"))
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn what_was_hashed_agrees_with_itself_alone_and_nobodys_hash_with_nothing() {
        let passwords = Passwords::new(PasswordCost::STRONG, &Chance::system()).unwrap();
        let kept = passwords.hash(Password::parse("correct horse battery", "x").unwrap()).await.unwrap();
        assert!(kept.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let agrees = async |given: &str, kept| passwords.verify(passwords.turn().await.unwrap(), given.to_owned(), kept).await.unwrap();
        assert_eq!(agrees("correct horse battery", Some(kept.clone())).await, (true, None));
        assert_eq!(agrees("correct horse batterx", Some(kept)).await, (false, None));
        assert_eq!(agrees("correct horse battery", None).await, (false, None));
    }

    #[actix_web::test]
    async fn a_hash_of_another_cost_is_renewed_at_sign_in() {
        let chance = Chance::system();
        let old = Passwords::new(PasswordCost { memory_kib: 64, passes: 1, lanes: 1 }, &chance).unwrap();
        let new = Passwords::new(PasswordCost { memory_kib: 128, passes: 1, lanes: 1 }, &chance).unwrap();
        let kept = old.hash(Password::parse("correct horse battery", "x").unwrap()).await.unwrap();
        let (agrees, renewed) = new.verify(new.turn().await.unwrap(), "correct horse battery".into(), Some(kept)).await.unwrap();
        assert!(agrees && renewed.is_some_and(|hash| hash.0.contains("m=128")));
    }
}
