//! Which step leads where, and what corrections make of needs: pure.

mod pairs;
mod threads;

pub(super) use threads::settle;

use super::model::{NeedState, NeedStep};

/// Where a step leads; nowhere from where it cannot be taken.
pub(super) const fn after(state: NeedState, step: NeedStep) -> Option<NeedState> {
    match (state, step) {
        (NeedState::Open | NeedState::Answered, NeedStep::Answer) => Some(NeedState::Answered),
        (NeedState::Open | NeedState::Answered, NeedStep::Resolve) => Some(NeedState::Resolved),
        (NeedState::Answered | NeedState::Resolved, NeedStep::Reopen) => Some(NeedState::Open),
        (NeedState::Resolved, NeedStep::Answer | NeedStep::Resolve) | (NeedState::Open, NeedStep::Reopen) | (NeedState::Withdrawn, _) => None,
    }
}

/// Where a need stands that this was done with last.
pub(super) const fn led_to(step: NeedStep) -> NeedState {
    match step {
        NeedStep::Answer => NeedState::Answered,
        NeedStep::Resolve => NeedState::Resolved,
        NeedStep::Reopen => NeedState::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_settled_once_and_opened_again_only_where_something_was_said() {
        for (state, step, to) in [
            (NeedState::Open, NeedStep::Answer, Some(NeedState::Answered)),
            (NeedState::Open, NeedStep::Resolve, Some(NeedState::Resolved)),
            (NeedState::Open, NeedStep::Reopen, None),
            (NeedState::Answered, NeedStep::Answer, Some(NeedState::Answered)),
            (NeedState::Answered, NeedStep::Resolve, Some(NeedState::Resolved)),
            (NeedState::Answered, NeedStep::Reopen, Some(NeedState::Open)),
            (NeedState::Resolved, NeedStep::Answer, None),
            (NeedState::Resolved, NeedStep::Resolve, None),
            (NeedState::Resolved, NeedStep::Reopen, Some(NeedState::Open)),
        ] {
            assert_eq!(after(state, step), to, "{state} {step}");
            assert!(to.is_none_or(|to| to == led_to(step)), "where a need stands is what its last step says");
        }
        assert!(NeedStep::ALL.iter().all(|step| after(NeedState::Withdrawn, *step).is_none()));
    }
}
