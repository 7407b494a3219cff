//! The limits that reconciliation holds visits against: data of the campaign, versioned, carried to the phone.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::kit::http::problem::FieldProblem;

/// How many photos each mode of visit needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PhotosRequired {
    /// 上门
    pub home: i64,
    /// 病房
    pub ward: i64,
    /// 单位
    pub workplace: i64,
    /// 集体慰问
    pub collective: i64,
    /// 电话
    pub phone: i64,
    /// 信函
    pub letter: i64,
}

impl Default for PhotosRequired {
    fn default() -> Self {
        Self { home: 1, ward: 1, workplace: 1, collective: 2, phone: 0, letter: 0 }
    }
}

/// A campaign's policy; what is left out has its usual value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// How far from the home a visit may be, beyond its accuracy.
    pub distance_limit_m: i64,
    /// The accuracy radius a position should have.
    pub accuracy_limit_m: i64,
    /// The shortest visit that raises no question.
    pub minimum_visit_s: i64,
    /// Photos for each mode.
    pub photos_required: PhotosRequired,
    /// Fewer strokes make a blank signature.
    pub ink_strokes_min: i64,
    /// Fewer points make a blank signature.
    pub ink_points_min: i64,
    /// A smaller inked box makes a blank signature: its longer side.
    pub ink_box_px_min: i64,
    /// How long evidence is waited for.
    pub evidence_wait_h: i64,
    /// After so many days a visit counts as late.
    pub late_days: i64,
    /// How far a phone's clock may be off.
    pub clock_skew_s: i64,
    /// Counts changes; set by the server.
    pub version: i64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            distance_limit_m: 200,
            accuracy_limit_m: 100,
            minimum_visit_s: 120,
            photos_required: PhotosRequired::default(),
            ink_strokes_min: 1,
            ink_points_min: 12,
            ink_box_px_min: 40,
            evidence_wait_h: 72,
            late_days: 3,
            clock_skew_s: 300,
            version: 1,
        }
    }
}

impl Policy {
    /// The fields that are out of bounds, below `at` in the request's body.
    #[must_use]
    pub fn faults(&self, at: &str) -> Vec<FieldProblem> {
        let photos = &self.photos_required;
        let bounds = [
            ("distance_limit_m", self.distance_limit_m, 10, 100_000),
            ("accuracy_limit_m", self.accuracy_limit_m, 5, 10_000),
            ("minimum_visit_s", self.minimum_visit_s, 0, 86_400),
            ("photos_required/home", photos.home, 0, 20),
            ("photos_required/ward", photos.ward, 0, 20),
            ("photos_required/workplace", photos.workplace, 0, 20),
            ("photos_required/collective", photos.collective, 0, 20),
            ("photos_required/phone", photos.phone, 0, 20),
            ("photos_required/letter", photos.letter, 0, 20),
            ("ink_strokes_min", self.ink_strokes_min, 1, 100),
            ("ink_points_min", self.ink_points_min, 1, 1_000),
            ("ink_box_px_min", self.ink_box_px_min, 1, 1_000),
            ("evidence_wait_h", self.evidence_wait_h, 1, 720),
            ("late_days", self.late_days, 0, 60),
            ("clock_skew_s", self.clock_skew_s, 10, 86_400),
        ];
        let outside = bounds.into_iter().filter(|(_, value, least, most)| !(*least..=*most).contains(value));
        outside.map(|(name, ..)| FieldProblem::new(format!("{at}/{name}"), "out_of_range")).collect()
    }
}
