//! The visits of a case in the order they happened, and which of them still stand.

use std::collections::HashMap;

use crate::campaigns::Policy;
use crate::findings::model::{Case, Entitlement, Season, Visit};
use crate::kit::clock::Moment;
use crate::visits::{Outcome, VisitId};

/// A case told in order: by when each visit happened, then by its id.
pub(super) struct Story<'a> {
    pub(super) case: &'a Case,
    visits: Vec<&'a Visit>,
    /// Whether each visit stands: no other amends it.
    stands: Vec<bool>,
    /// The first visit of each visit's chain of amendments.
    roots: Vec<VisitId>,
}

impl<'a> Story<'a> {
    pub(super) fn of(case: &'a Case) -> Self {
        let mut visits: Vec<&Visit> = case.visits.iter().collect();
        visits.sort_by_key(|visit| (visit.started_at, visit.id));
        let amends: HashMap<VisitId, VisitId> = visits.iter().filter_map(|v| v.said.amends.map(|earlier| (v.id, earlier))).collect();
        let roots: Vec<VisitId> = visits.iter().map(|visit| root(visit.id, &amends, &visits)).collect();
        let amended = |visit: &Visit| amends.iter().any(|(later, earlier)| *earlier == visit.id && *later != visit.id && !in_a_ring(*later, &amends));
        let stands = visits.iter().map(|visit| !visit.amended && !amended(visit)).collect();
        Self { case, visits, stands, roots }
    }

    pub(super) fn scenes(&self) -> impl Iterator<Item = Scene<'_>> {
        let last = self.last_delivery();
        let places = self.visits.iter().zip(&self.stands).enumerate();
        places.map(move |(n, (visit, stands))| Scene { story: self, n, visit, stands: *stands, is_last_delivery: last == Some(n) })
    }

    /// The visits that stand.
    pub(super) fn counted(&self) -> impl Iterator<Item = &'a Visit> {
        self.visits.iter().zip(&self.stands).filter(|(_, stands)| **stands).map(|(visit, _)| *visit)
    }

    /// All visits, whether they stand or not.
    pub(super) fn all(&self) -> impl Iterator<Item = &'a Visit> {
        self.visits.iter().copied()
    }

    /// The visit that this one amends, of this case or with a case of its own.
    fn earlier_than(&self, visit: &Visit) -> Option<&'a Visit> {
        let earlier = visit.said.amends?;
        self.all().chain(&self.case.amended).find(|visit| visit.id == earlier)
    }

    /// Where the last visit stands in the order that met the household or handed something over.
    fn last_delivery(&self) -> Option<usize> {
        let mut places = self.visits.iter().zip(&self.stands).enumerate();
        places.rfind(|(_, (visit, stands))| **stands && delivers(visit)).map(|(n, _)| n)
    }

    fn root_of(&self, id: VisitId) -> Option<VisitId> {
        self.visits.iter().zip(&self.roots).find(|(visit, _)| visit.id == id).map(|(_, root)| *root)
    }
}

/// Whether the visit met the household, or handed something over whatever it says.
pub(super) fn delivers(visit: &Visit) -> bool {
    visit.said.outcome == Outcome::Reached || visit.hands_over()
}

/// The first visit of the chain: amendments are followed back as far as they stay in this household.
fn root(id: VisitId, amends: &HashMap<VisitId, VisitId>, visits: &[&Visit]) -> VisitId {
    let mut at = id;
    let mut lowest = id;
    for _ in 0..visits.len() {
        match amends.get(&at) {
            Some(earlier) if visits.iter().any(|visit| visit.id == *earlier) => {
                at = *earlier;
                lowest = lowest.min(at);
            }
            _ => return at,
        }
    }
    // A ring of amendments has no first visit; all of its members take the lowest id.
    lowest
}

/// Visits that amend each other in a ring put nothing right: all of them stand.
fn in_a_ring(id: VisitId, amends: &HashMap<VisitId, VisitId>) -> bool {
    let mut at = id;
    for _ in 0..amends.len() {
        match amends.get(&at) {
            Some(earlier) if *earlier == id => return true,
            Some(earlier) => at = *earlier,
            None => return false,
        }
    }
    false
}

/// One visit as a rule sees it.
pub(super) struct Scene<'a> {
    story: &'a Story<'a>,
    n: usize,
    pub(super) visit: &'a Visit,
    /// Whether no other visit amends it.
    pub(super) stands: bool,
    /// Whether it is the last that met the household: only there can be said that something is missing.
    pub(super) is_last_delivery: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn case(&self) -> &'a Case {
        self.story.case
    }

    pub(super) fn season(&self) -> &'a Season {
        &self.story.case.season
    }

    pub(super) fn policy(&self) -> &'a Policy {
        &self.season().policy
    }

    /// When the visit happened, within what can be proved.
    pub(super) fn happened_at(&self) -> Moment {
        self.visit.happened_at(self.policy())
    }

    /// The earlier visit that this one corrects.
    pub(super) fn amended(&self) -> Option<&'a Visit> {
        self.story.earlier_than(self.visit)
    }

    /// The visit that says where this one took place: itself, or the one it amends, where it keeps that one's times and says nothing of
    /// the place. A correction is seldom written at the door, and must neither be held against the cadre nor wipe out where that was.
    pub(super) fn placed(&self) -> &'a Visit {
        let mut at = self.visit;
        for _ in self.story.all().chain(&self.story.case.amended) {
            match self.story.earlier_than(at) {
                Some(earlier) if at.said.position.is_none() && at.said.mode == earlier.said.mode && at.keeps_the_times_of(earlier) => at = earlier,
                _ => return at,
            }
        }
        at
    }

    /// Whether a visit belongs to this one's chain of amendments.
    pub(super) fn is_of_own_chain(&self, visit: VisitId) -> bool {
        visit == self.visit.id || self.story.root_of(visit).is_some_and(|root| Some(root) == self.story.root_of(self.visit.id))
    }

    pub(super) fn entitlement(&self) -> Option<&'a Entitlement> {
        self.story.case.entitlement.as_ref()
    }

    /// Whether the visit is to a household, with or without a file.
    pub(super) fn is_to_a_household(&self) -> bool {
        let said = &self.visit.said;
        said.enterprise_id.is_none() && said.group.is_none()
    }

    /// Earlier visits that stand and handed something over.
    pub(super) fn handovers_before(&self) -> impl Iterator<Item = &'a Visit> {
        let earlier = self.story.visits.iter().zip(&self.story.stands).take(self.n);
        earlier.filter(|(visit, stands)| **stands && visit.hands_over()).map(|(visit, _)| *visit)
    }

    /// All visits that stand, this one and later ones among them.
    pub(super) fn counted(&self) -> impl Iterator<Item = &'a Visit> {
        self.story.counted()
    }

    /// The other visits of this household that belong to another chain of amendments.
    pub(super) fn strangers(&self) -> impl Iterator<Item = &'a Visit> {
        let own = self.story.root_of(self.visit.id);
        self.story.all().filter(move |visit| self.story.root_of(visit.id) != own)
    }
}
