//! Households on a map.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::base_map::BaseMap;
use super::progress::Counts;
use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::findings::Standing;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::http::problem::FieldProblem;

/// Which households are asked for, and within which degrees of WGS 84; without any, all that have a place.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlacesAsked {
    /// Of this campaign; needed.
    pub campaign: Option<CampaignId>,
    /// That stand at one of these, with commas between.
    pub standing: Option<String>,
    /// Of this team.
    pub team: Option<TeamId>,
    /// From here on.
    pub west: Option<f64>,
    /// From here on.
    pub south: Option<f64>,
    /// As far as here.
    pub east: Option<f64>,
    /// As far as here.
    pub north: Option<f64>,
}

impl PlacesAsked {
    /// The part of the map that is asked for; none for all of it.
    ///
    /// # Errors
    /// Which side is missing, or lies nowhere.
    pub fn part(&self) -> Result<Option<Part>, Vec<FieldProblem>> {
        let sides = [("/west", self.west, 180.0), ("/south", self.south, 90.0), ("/east", self.east, 180.0), ("/north", self.north, 90.0)];
        if sides.iter().all(|(_, side, _)| side.is_none()) {
            return Ok(None);
        }
        let fault = |(at, side, most): &(&str, Option<f64>, f64)| match side {
            None => Some(FieldProblem::new(*at, "missing")),
            Some(degrees) => (!(-most..=*most).contains(degrees)).then(|| FieldProblem::new(*at, "out_of_range")),
        };
        let mut faults: Vec<FieldProblem> = sides.iter().filter_map(fault).collect();
        let part = self.west.zip(self.south).zip(self.east.zip(self.north)).map(|((west, south), (east, north))| Part { west, south, east, north });
        match part {
            Some(part) if faults.is_empty() && part.east > part.west && part.north > part.south => return Ok(Some(part)),
            Some(_) if faults.is_empty() => faults.push(FieldProblem::new("/east", "out_of_range")),
            _ => {}
        }
        Err(faults)
    }
}

/// A part of the map, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its left side.
    pub west: f64,
    /// Its lower side.
    pub south: f64,
    /// Its right side.
    pub east: f64,
    /// Its upper side.
    pub north: f64,
}

/// Households that live near each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct PlaceCell {
    /// The middle of where they live, in degrees north of WGS 84.
    pub latitude: f64,
    /// In degrees east.
    pub longitude: f64,
    /// How many, and where they stand.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A household where it lives.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PlacedHousehold {
    /// Its id.
    pub id: HouseholdId,
    /// The head.
    pub head_name: String,
    /// Where they live, in words.
    pub address: String,
    /// The team that visits.
    pub team_name: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// When somebody was there last.
    pub last_visit_at: Option<Moment>,
    /// In degrees north of WGS 84.
    pub latitude: f64,
    /// In degrees east.
    pub longitude: f64,
}

/// Households of a campaign on a map: few of them one by one, many gathered.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Places {
    /// How many are shown.
    pub households: i64,
    /// How many of those asked for have no place yet, wherever one looks.
    pub without_place: i64,
    /// Those near each other, gathered; empty where each is shown.
    pub cells: Vec<PlaceCell>,
    /// Each of them, where they are few; empty where they are gathered.
    pub each: Vec<PlacedHousehold>,
    /// The map they are drawn on; null for plain ground.
    pub base_map: Option<BaseMap>,
}
