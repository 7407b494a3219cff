//! A list as it is sent.

use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::kit::http::problem::Problem;

/// A list of one answer's own, or one that was written once for all who ask for the same at the same moment.
#[derive(Debug)]
pub enum Listed<T> {
    /// Its own.
    Own(Vec<T>),
    /// Written already.
    Written(Arc<RawValue>),
}

impl<T: Serialize> Listed<T> {
    /// Writes a list for all who ask.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(in crate::field) fn write(list: &[T]) -> Result<Arc<RawValue>, Problem> {
        serde_json::value::to_raw_value(list).map(Arc::from).map_err(Problem::unexpected)
    }
}

impl<T> Listed<T> {
    /// What was written already, to be sent as it lies.
    pub(in crate::field) fn written(&self) -> Option<Arc<RawValue>> {
        match self {
            Self::Own(_) => None,
            Self::Written(list) => Some(Arc::clone(list)),
        }
    }
}

impl<T: Serialize> Serialize for Listed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Own(list) => list.serialize(serializer),
            Self::Written(list) => list.serialize(serializer),
        }
    }
}
