//! The limits that reconciliation holds visits against: data of the campaign, versioned, carried to the phone.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
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
    /// How long a name is public before the file may be helped from.
    pub notice_days: i64,
    /// How far from the home a visit may be, beyond its accuracy.
    pub distance_limit_m: i64,
    /// Past this many times the distance limit nobody was at that home.
    pub distance_block_times: i64,
    /// The accuracy radius a position should have.
    pub accuracy_limit_m: i64,
    /// How far from the visit a photo may be taken, beyond both accuracies.
    pub photo_distance_m: i64,
    /// The fastest way from one visit to the next.
    pub travel_speed_kmh: i64,
    /// What a way may be longer than its time allows: positions drift.
    pub travel_slack_m: i64,
    /// So many households within a metre of each other are a copied position.
    pub copied_households: i64,
    /// The shortest visit that raises no question.
    pub minimum_visit_s: i64,
    /// How long before or after the visit a photo may be taken.
    pub photo_slack_min: i64,
    /// Photos for each mode.
    pub photos_required: PhotosRequired,
    /// Fewer strokes make a blank signature.
    pub ink_strokes_min: i64,
    /// Fewer points make a blank signature.
    pub ink_points_min: i64,
    /// A smaller inked box makes a blank signature: its longer side.
    pub ink_box_px_min: i64,
    /// Pictures whose perceptual hashes differ in no more of their 64 bits are nearly identical.
    pub likeness_distance: i64,
    /// How long evidence is waited for.
    pub evidence_wait_h: i64,
    /// How long a missing number of a phone's chain is waited for.
    pub chain_wait_h: i64,
    /// After so many days a visit counts as late.
    pub late_days: i64,
    /// How far a phone's clock may be off.
    pub clock_skew_s: i64,
    /// Of the households a spot check could draw so many in a thousand are drawn.
    pub check_rate_permille: i64,
    /// So many of each stratum are drawn at least.
    pub check_min_per_stratum: i64,
    /// So many `misdelivered` in one team make that team's check a full one; 0 for never.
    pub check_escalates_after: i64,
    /// Counts changes; set by the server.
    pub version: i64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            notice_days: 7,
            distance_limit_m: 200,
            distance_block_times: 10,
            accuracy_limit_m: 100,
            photo_distance_m: 500,
            travel_speed_kmh: 120,
            travel_slack_m: 500,
            copied_households: 3,
            minimum_visit_s: 120,
            photo_slack_min: 30,
            photos_required: PhotosRequired::default(),
            ink_strokes_min: 1,
            ink_points_min: 12,
            ink_box_px_min: 40,
            likeness_distance: 4,
            evidence_wait_h: 72,
            chain_wait_h: 72,
            late_days: 3,
            clock_skew_s: 300,
            check_rate_permille: 70,
            check_min_per_stratum: 1,
            check_escalates_after: 2,
            version: 1,
        }
    }
}

impl Policy {
    /// The same policy with some limits laid over; its version is the server's to count.
    ///
    /// # Errors
    /// The JSON pointer of what cannot be read.
    pub fn with(&self, change: &Map<String, Value>) -> Result<Self, String> {
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        lay_over(&mut whole, change);
        let changed: Self = serde_path_to_error::deserialize(whole).map_err(|error| {
            let path = error.path().to_string();
            if path == "." { String::new() } else { format!("/{}", path.replace('.', "/")) }
        })?;
        Ok(Self { version: self.version, ..changed })
    }

    /// The fields that are out of bounds, below `at` in the request's body.
    #[must_use]
    pub fn faults(&self, at: &str) -> Vec<FieldProblem> {
        let photos = &self.photos_required;
        let bounds = [
            ("notice_days", self.notice_days, 0, 60),
            ("distance_limit_m", self.distance_limit_m, 10, 100_000),
            ("distance_block_times", self.distance_block_times, 2, 1_000),
            ("accuracy_limit_m", self.accuracy_limit_m, 5, 10_000),
            ("photo_distance_m", self.photo_distance_m, 10, 100_000),
            ("travel_speed_kmh", self.travel_speed_kmh, 10, 2_000),
            ("travel_slack_m", self.travel_slack_m, 0, 100_000),
            ("copied_households", self.copied_households, 2, 50),
            ("minimum_visit_s", self.minimum_visit_s, 0, 86_400),
            ("photo_slack_min", self.photo_slack_min, 0, 1_440),
            ("photos_required/home", photos.home, 0, 20),
            ("photos_required/ward", photos.ward, 0, 20),
            ("photos_required/workplace", photos.workplace, 0, 20),
            ("photos_required/collective", photos.collective, 0, 20),
            ("photos_required/phone", photos.phone, 0, 20),
            ("photos_required/letter", photos.letter, 0, 20),
            ("ink_strokes_min", self.ink_strokes_min, 1, 100),
            ("ink_points_min", self.ink_points_min, 1, 1_000),
            ("ink_box_px_min", self.ink_box_px_min, 1, 1_000),
            ("likeness_distance", self.likeness_distance, 0, 7),
            ("evidence_wait_h", self.evidence_wait_h, 1, 720),
            ("chain_wait_h", self.chain_wait_h, 1, 720),
            ("late_days", self.late_days, 0, 60),
            ("clock_skew_s", self.clock_skew_s, 10, 86_400),
            ("check_rate_permille", self.check_rate_permille, 1, 1_000),
            ("check_min_per_stratum", self.check_min_per_stratum, 0, 100),
            ("check_escalates_after", self.check_escalates_after, 0, 100),
        ];
        let outside = bounds.into_iter().filter(|(_, value, least, most)| !(*least..=*most).contains(value));
        outside.map(|(name, ..)| FieldProblem::new(format!("{at}/{name}"), "out_of_range")).collect()
    }
}

fn lay_over(whole: &mut Value, change: &Map<String, Value>) {
    let Some(whole) = whole.as_object_mut() else { return };
    for (name, value) in change {
        match (whole.get_mut(name), value) {
            (Some(inner @ Value::Object(_)), Value::Object(change)) => lay_over(inner, change),
            _ => drop(whole.insert(name.clone(), value.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(change: &Value) -> Result<Policy, String> {
        Policy::default().with(change.as_object().unwrap())
    }

    #[test]
    fn what_a_change_leaves_out_stays() {
        let changed = with(&json!({"distance_limit_m": 300, "photos_required": {"home": 2}})).unwrap();
        let photos_required = PhotosRequired { home: 2, ..PhotosRequired::default() };
        assert_eq!(changed, Policy { distance_limit_m: 300, photos_required, ..Policy::default() });
    }

    #[test]
    fn nobody_sets_the_version_from_outside() {
        assert_eq!(with(&json!({"version": 9})).unwrap().version, 1);
    }

    #[test]
    fn a_limit_of_the_wrong_kind_or_name_is_pointed_at() {
        assert_eq!(with(&json!({"photos_required": {"home": "two"}})), Err("/photos_required/home".into()));
        assert!(with(&json!({"distance": 1})).is_err());
    }

    #[test]
    fn limits_out_of_bounds_are_all_named() {
        let policy = Policy { distance_limit_m: 0, late_days: 61, ..Policy::default() };
        let pointers: Vec<String> = policy.faults("/policy").into_iter().map(|fault| fault.pointer).collect();
        assert_eq!(pointers, ["/policy/distance_limit_m", "/policy/late_days"]);
        assert!(Policy::default().faults("").is_empty());
    }
}
