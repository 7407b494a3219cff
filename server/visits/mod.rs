//! Delivery. A visit is what the cadre says happened; it is stored as it was said, word for word, and never refused for what it says
//! about the world: the doorstep fact comes first, agreement is sought later.
//! What it handed over is posted to the ledger in the same transaction, once. A visit is corrected by another that amends it: the
//! earlier handover is reversed and the later one stands, whichever of the two arrives first.
//! Where many come at once they are taken in first, durably and as they were said, and worked off a moment later.

mod actions;
mod model;
mod queries;
mod rules;
mod store;

pub use actions::{CORRECTIONS, INTAKE, lock_of, record, remember_links, take_in, waiting, waiting_since, work_off};
pub use model::{
    Aid, EvidenceKind, EvidenceSource, EvidenceSubject, Found, Group, GroupRecipient, Incoming, Ink, Link, Mode, NamedEvidence, NeedSaid, Outcome, Position,
    PositionSource, Recipient, Recorded, SixKnows, VisitId, VisitSaid,
};
pub use rules::{faults_of_evidence, faults_of_ink};
pub use store::{aid_of, naming};
