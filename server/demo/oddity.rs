//! What does not agree: planted so that the desk has something to look into. Each kind stands once or twice, with a team and the
//! number of a visit in that team's round; all other visits are as they should be.

/// What is odd about a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oddity {
    /// A second team hands over again (A04).
    SecondHandover,
    /// 200 yuan too many (A01).
    MoreCash,
    /// 300 yuan too few (A02).
    LessCash,
    /// Flour in place of what was promised (A03).
    OtherGoods,
    /// Half a kilometre from the home (P03).
    Far,
    /// Kilometres from the home (P03, block).
    VeryFar,
    /// No signature (E02).
    Unsigned,
    /// A dot in place of a signature (E02).
    BlankSignature,
    /// The picture of the visit before (E03).
    ReusedPicture,
    /// No picture (E01).
    NoPhoto,
    /// No position (P01).
    NoPosition,
    /// A neighbour took it (I01).
    Neighbour,
    /// The file was approved later (F01).
    NotApproved,
    /// Approved, but promised nothing (F04).
    Unpromised,
    /// Left with the porter: aid without being reached (A07).
    LeftAtTheDoor,
    /// Oil the team no longer had (A06).
    Overdraft,
    /// A picture that never came (E05).
    NeverArrived,
    /// Pictures still on their way.
    StillComing,
    /// Paid from the money for the sick (A05).
    WrongFund,
    /// A poor fix (P02).
    PoorFix,
    /// A phone whose clock is off (T02).
    ClockOff,
    /// In and out (T04).
    Short,
    /// Came in days later (T05).
    Late,
    /// Chosen from the gallery (E06).
    Gallery,
    /// A picture taken elsewhere (P04).
    PhotoElsewhere,
    /// A picture taken in the morning (T03).
    PhotoEarlier,
    /// Typed wrong, and put right by a second visit that amends it.
    Amended,
}

/// Kind, team from 0, number of the visit in the team's round from 0.
pub(super) const PLANTED: [(Oddity, usize, usize); 33] = [
    (Oddity::SecondHandover, 0, 4),
    (Oddity::MoreCash, 1, 6),
    (Oddity::LessCash, 2, 3),
    (Oddity::OtherGoods, 3, 5),
    (Oddity::OtherGoods, 6, 7),
    (Oddity::Far, 4, 2),
    (Oddity::Far, 0, 12),
    (Oddity::VeryFar, 2, 9),
    (Oddity::Unsigned, 5, 4),
    (Oddity::BlankSignature, 1, 13),
    (Oddity::ReusedPicture, 3, 11),
    (Oddity::NoPhoto, 6, 2),
    (Oddity::NoPosition, 7, 3),
    (Oddity::NoPosition, 2, 14),
    (Oddity::Neighbour, 4, 8),
    (Oddity::NotApproved, 5, 7),
    (Oddity::Unpromised, 3, 2),
    (Oddity::Overdraft, 5, 13),
    (Oddity::NeverArrived, 1, 3),
    (Oddity::StillComing, 0, 19),
    (Oddity::StillComing, 3, 15),
    (Oddity::StillComing, 4, 14),
    (Oddity::WrongFund, 7, 6),
    (Oddity::PoorFix, 0, 7),
    (Oddity::PoorFix, 6, 4),
    (Oddity::ClockOff, 2, 6),
    (Oddity::Short, 4, 5),
    (Oddity::Late, 6, 0),
    (Oddity::Gallery, 1, 9),
    (Oddity::Gallery, 7, 1),
    (Oddity::PhotoElsewhere, 3, 8),
    (Oddity::PhotoEarlier, 5, 2),
    (Oddity::Amended, 2, 1),
];
