//! A visit's place in the chain of the phone that sealed it.

use serde::Deserialize;

use crate::kit::clock::Moment;
use crate::visits::VisitId;

/// One link, with what its neighbours prove.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Link {
    /// Its number, from 1.
    pub sequence: i64,
    /// It was not sealed before this: the newest signed server time that it or an earlier link carried.
    #[serde(default)]
    pub not_before: Option<Moment>,
    /// It was not sealed after this: when the first link with this or a higher number arrived.
    pub not_after: Moment,
    /// The numbers right before it that never came, the first and the last.
    #[serde(default)]
    pub gap: Option<(i64, i64)>,
    /// How the chain forks here.
    #[serde(default)]
    pub fork: Option<Fork>,
}

/// How a chain forks at a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fork {
    /// Another item bears the same number; the visit in it, where it is one.
    SameNumber {
        /// That visit.
        #[serde(default)]
        visit: Option<VisitId>,
    },
    /// The item before it is not the one it names.
    OtherBefore,
}
