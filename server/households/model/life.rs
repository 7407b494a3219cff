//! The life of a file: which step leads from where to where. What is not possible leads nowhere.

use super::{Status, Turn};

impl Status {
    /// Whether the file's life is over; the centre alone brings it back, and no roster does.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Relieved | Self::Closed | Self::Rejected | Self::Waived | Self::Withdrawn)
    }

    /// Whether the centre may approve a file that stands here: not while what was said against it is looked into.
    #[must_use]
    pub const fn can_be_approved(self) -> bool {
        matches!(self, Self::Applied | Self::Reviewed | Self::Noticed)
    }

    /// After a turn of its life. Approval is never made or undone by it: what comes back stands where it ended.
    #[must_use]
    pub const fn turned(self, turn: Turn) -> Option<Self> {
        match (turn, self) {
            (Turn::Waive, Self::Applied | Self::Reviewed) => Some(Self::Waived),
            (Turn::Relieve, Self::Approved) => Some(Self::Relieved),
            (Turn::Restore, Self::Waived) => Some(Self::Applied),
            (Turn::Restore, Self::Relieved) => Some(Self::Approved),
            _ => None,
        }
    }

    /// After the democratic appraisal (民主评议).
    #[must_use]
    pub const fn reviewed(self) -> Option<Self> {
        if matches!(self, Self::Applied) { Some(Self::Reviewed) } else { None }
    }

    /// After the name was made public (公示), for the first time or once more.
    #[must_use]
    pub const fn published(self) -> Option<Self> {
        if matches!(self, Self::Applied | Self::Reviewed | Self::Verifying) { Some(Self::Noticed) } else { None }
    }

    /// After something was said against it (异议): looked into once more. More than one may object.
    #[must_use]
    pub const fn objected(self) -> Option<Self> {
        if matches!(self, Self::Noticed | Self::Approved | Self::Verifying) { Some(Self::Verifying) } else { None }
    }

    /// After an objection was answered; `others` are still open, `was_approved` says whether the file had been. What is over stays over.
    #[must_use]
    pub const fn answered(self, upheld: bool, others: bool, was_approved: bool) -> Self {
        match self {
            _ if self.is_over() => self,
            _ if upheld => Self::Rejected,
            Self::Verifying | Self::Noticed if !others && was_approved => Self::Approved,
            Self::Verifying if !others => Self::Noticed,
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone, Copy)]
    enum Deed {
        Review,
        Publish,
        Object,
        Answer(bool),
        Approve,
        Turn(Turn),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let turn = prop::sample::select(vec![Turn::Waive, Turn::Relieve, Turn::Restore]).prop_map(Deed::Turn);
        prop_oneof![Just(Deed::Review), Just(Deed::Publish), Just(Deed::Object), any::<bool>().prop_map(Deed::Answer), Just(Deed::Approve), turn]
    }

    proptest! {
        #[test]
        fn a_file_is_looked_into_only_while_an_objection_is_open_and_what_is_over_stays_over(deeds in prop::collection::vec(deed(), 0..40)) {
            let (mut status, mut open, mut approved) = (Status::Applied, 0_u32, false);
            for deed in deeds {
                let before = status;
                match deed {
                    Deed::Review => status = status.reviewed().unwrap_or(status),
                    Deed::Publish => status = status.published().unwrap_or(status),
                    Deed::Object => {
                        let next = status.objected();
                        (status, open) = (next.unwrap_or(status), open + u32::from(next.is_some()));
                    }
                    Deed::Answer(upheld) if open > 0 => {
                        open -= 1;
                        status = status.answered(upheld, open > 0, approved);
                    }
                    Deed::Answer(_) => {}
                    Deed::Approve if status.can_be_approved() => (status, approved) = (Status::Approved, true),
                    Deed::Approve => {}
                    Deed::Turn(turn) => status = status.turned(turn).unwrap_or(status),
                }
                prop_assert!(!before.is_over() || status == before || matches!(deed, Deed::Turn(Turn::Restore)), "{deed:?}: {before} became {status}");
                prop_assert!(status != Status::Verifying || open > 0, "{deed:?}: looked into for nothing");
                prop_assert!(status != Status::Approved || approved, "{deed:?}: approved by nobody");
            }
        }
    }

    #[test]
    fn whoever_is_looked_into_is_not_approved() {
        assert!(!Status::Verifying.can_be_approved());
        assert_eq!(Status::Verifying.answered(false, true, true), Status::Verifying);
        assert_eq!(Status::Verifying.answered(false, false, true), Status::Approved);
        assert_eq!(Status::Verifying.answered(false, false, false), Status::Noticed);
        assert_eq!(Status::Verifying.answered(true, true, true), Status::Rejected);
    }
}
