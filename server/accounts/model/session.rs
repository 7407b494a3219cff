//! A session: what is known of it, and how it can end.

use super::{PersonId, SessionId};
use crate::kit::clock::Moment;

crate::words! {
    /// Why a session ended.
    Ending {
        /// By whoever held it.
        SignedOut = "signed_out",
        /// By its person, together with all others.
        SignedOutEverywhere = "signed_out_everywhere",
        /// Its person is kept out.
        Disabled = "disabled",
        /// Its person has a new password.
        PasswordChanged = "password_changed",
        /// A token came back after its successor had been used.
        ReusedToken = "reused_token",
    }
}

/// What is known of a session when a token comes.
#[derive(Debug, Clone)]
pub struct Family {
    /// The generation of the newest token that has been used; 0 where none has.
    pub generation: i64,
    /// Which token of that generation it was.
    pub token_hash: Option<String>,
    /// When a token was last used.
    pub used_at: Moment,
    /// When it ends by itself.
    pub expires_at: Moment,
    /// Whether it has been ended.
    pub ended: bool,
}

/// A token that was handed out once, and the session it belongs to.
#[derive(Debug, Clone)]
pub struct Found {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub person: PersonId,
    /// The token's generation.
    pub generation: i64,
    /// When the session was made.
    pub made_at: Moment,
    /// What decides whether it goes on.
    pub family: Family,
}
