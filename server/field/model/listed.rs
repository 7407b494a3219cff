//! A list as it is sent.

use serde::{Serialize, Serializer};

use crate::kit::http::pieces::Part;

/// A list of one answer's own, or one that was written once for all who ask for the same.
#[derive(Debug)]
pub enum Listed<T> {
    /// Its own.
    Own(Vec<T>),
    /// Written already.
    Written(Part),
}

impl<T> Listed<T> {
    /// What was written already, to be sent as it lies.
    pub(in crate::field) fn written(&self) -> Option<Part> {
        match self {
            Self::Own(_) => None,
            Self::Written(part) => Some(part.clone()),
        }
    }
}

impl<T: Serialize> Serialize for Listed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Own(list) => list.serialize(serializer),
            Self::Written(part) => part.serialize(serializer),
        }
    }
}
