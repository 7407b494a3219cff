//! What the database says, as a problem.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::{Code, Problem};

/// What PostgreSQL's client says when the other side is gone, or going.
const GONE: [&str; 5] =
    ["terminating connection", "closed the connection unexpectedly", "the database system is", "connection to server", "no connection to the server"];

fn is_gone(kind: &DatabaseErrorKind, message: &str) -> bool {
    matches!(kind, DatabaseErrorKind::ClosedConnection) || GONE.iter().any(|words| message.contains(words))
}

impl From<DieselError> for Problem {
    fn from(error: DieselError) -> Self {
        // What cannot be undone afterwards either says less than what failed first.
        let error = if let DieselError::RollbackErrorOnCommit { commit_error, .. } = error { *commit_error } else { error };
        let transient = match &error {
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
            DieselError::DatabaseError(_, info) => info.message().contains("deadlock detected"),
            _ => false,
        };
        match &error {
            DieselError::NotFound => Self::of(Code::NotFound),
            DieselError::DatabaseError(_, info) if info.message().contains("disk is full") => {
                Self { cause: Some(error.to_string()), ..Self::of(Code::StorageFull) }
            }
            // The database's server went away, or ended this connection; it was not about what was asked.
            DieselError::DatabaseError(kind, info) if is_gone(kind, info.message()) => Self { cause: Some(error.to_string()), ..Self::of(Code::Busy) },
            DieselError::DatabaseError(_, info) if info.message().contains("disk I/O error") => Self { of_the_disk: true, ..Self::unexpected(error) },
            _ => Self { transient, ..Self::unexpected(error) },
        }
    }
}
