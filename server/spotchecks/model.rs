//! Draws, the checks they ask for, and what comes out of them.

mod check;
mod draw;
mod outcome;
mod proof;
mod rate;
mod sample;
mod sent;

pub use check::{Agreement, Answers, Check, CheckRow, Compared, Fallen, Field, HouseholdAsked, How, Judged, Record};
pub use draw::{Bytes, Draw, Drawn, Frame, Line, Seats, Stratum, Terms, lines_of};
pub use outcome::{Counted, Found, MoneyAtRisk, Sentence, Share, StratumFound, Tally};
pub use proof::{FORMAT, Proof, ProofHead};
pub use rate::Rate;
pub use sample::{Candidate, CheckId, CheckState, Kind, NewCheck, Sample, SampleId, StratumOf, Verdict, stratum_of};
pub use sent::{AnswersSent, CheckAside, SetAside};
