//! The last witness: pictures and signatures.

use serde_json::{Value, json};

use super::story::Scene;
use super::{Draft, nothing};
use crate::campaigns::Policy;
use crate::findings::model::{Severity, Visit};
use crate::kit::clock::HOUR_MS;
use crate::visits::{EvidenceKind, EvidenceSource, Group, Mode, NamedEvidence, Outcome, VisitId, VisitSaid};

/// E01, review: fewer photos than the campaign requires for this mode and outcome. A closed door needs one picture at most; nobody is
/// asked to photograph a refusal or a death.
pub(super) fn too_few_photos(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    let required = photos_required(scene.policy(), said);
    let found = photos(said).count();
    if i64::try_from(found).is_ok_and(|found| found >= required) {
        return Vec::new();
    }
    vec![Draft::new(Severity::Review, "evidence", json!({"photos": required}), json!({"photos": found}))]
}

/// E02, block when cash was handed over, else review: a handover has no signature, or a blank one — too few strokes or points, or an
/// inked box whose longer side is too small. Paper that was signed and photographed has no ink to measure and is not held against anyone.
/// In a group everybody signs, and only a signature among the visit's evidence counts.
pub(super) fn no_signature(scene: &Scene<'_>) -> Vec<Draft> {
    let said = &scene.visit.said;
    if let Some(group) = &said.group {
        let (wanted, signed) = (group.recipients.len(), signed_by(group, said));
        let severity = if group.total_fen > 0 { Severity::Block } else { Severity::Review };
        let actual = json!({"is": "group", "signatures": signed});
        return if signed == wanted { Vec::new() } else { vec![Draft::new(severity, "signature", json!({"signatures": wanted}), actual)] };
    }
    if !scene.visit.hands_over() {
        return Vec::new();
    }
    let fault = match said.signature() {
        None => "missing",
        Some(signature) if signature.source == EvidenceSource::Ink && is_blank(scene.policy(), said) => "blank",
        Some(_) => return Vec::new(),
    };
    let severity = if scene.visit.cash_fen() > 0 { Severity::Block } else { Severity::Review };
    let evidence = said.signature().map(|signature| signature.sha256.clone()).into_iter().collect();
    vec![Draft { evidence, ..Draft::new(severity, "signature", nothing(), json!({"is": fault})) }]
}

/// E03, block: the same picture, byte for byte, stands in another visit. Found on both, each naming the other (the one with the lowest
/// id where there are several). An amending visit may name the pictures of the visit it amends; amending does not make a copy undone.
pub(super) fn same_picture_elsewhere(scene: &Scene<'_>) -> Vec<Draft> {
    let pictures = scene.visit.said.evidence.iter().filter(|evidence| is_picture(evidence));
    let copies = pictures.filter_map(|picture| other_visit(scene, &picture.sha256).map(|other| (picture, other)));
    copies.map(|(picture, other)| Draft::of_picture(Severity::Block, &picture.sha256, nothing(), json!({"visit_id": other}))).collect()
}

/// E04, review: a photo is nearly identical to one of another visit: their perceptual hashes differ in no more than `likeness_distance`
/// (default 4) of 64 bits, though their bytes differ. Found on both, each naming the other (the one with the lowest id, of the
/// thirty-two likest). Pictures that show too little to be told apart have no hash and are held against nobody.
pub(super) fn alike_elsewhere(scene: &Scene<'_>) -> Vec<Draft> {
    let most = scene.policy().likeness_distance;
    let other = |photo: &NamedEvidence| {
        let alike = scene.visit.alike.get(&photo.sha256)?.iter();
        alike.filter(|alike| alike.distance <= most && !scene.is_of_own_chain(alike.visit)).min()
    };
    let found = photos(&scene.visit.said).filter_map(|photo| other(photo).map(|other| (photo, other)));
    found
        .map(|(photo, other)| {
            let mut draft = Draft::of_picture(Severity::Review, &photo.sha256, json!({"bits": most}), json!({"visit_id": other.visit, "bits": other.distance}));
            draft.evidence.push(other.sha256.clone());
            draft
        })
        .collect()
}

/// E05, review: evidence that the visit names has not arrived so long after the visit did (default 72 hours).
pub(super) fn never_arrived(scene: &Scene<'_>) -> Vec<Draft> {
    let wait_h = scene.policy().evidence_wait_h;
    if scene.case().now < overdue_at(scene.visit, scene.policy()) {
        return Vec::new();
    }
    missing(scene.visit).map(|evidence| Draft::of_picture(Severity::Review, &evidence.sha256, json!({"within_h": wait_h}), Value::Null)).collect()
}

/// E06, info: a photo was chosen from the gallery, or the file says that an editor saved it.
pub(super) fn not_from_the_camera(scene: &Scene<'_>) -> Vec<Draft> {
    let visit = scene.visit;
    let how = |photo: &NamedEvidence| {
        let edited = visit.arrived.get(&photo.sha256).is_some_and(|arrival| arrival.edited);
        if edited { Some("edited") } else { (photo.source == EvidenceSource::Gallery).then_some("gallery") }
    };
    let found = photos(&visit.said).filter_map(|photo| how(photo).map(|how| (photo, how)));
    found.map(|(photo, how)| Draft::of_picture(Severity::Info, &photo.sha256, nothing(), json!({"is": how}))).collect()
}

/// When evidence that is still missing becomes a finding.
pub(in crate::findings) fn overdue_at(visit: &Visit, policy: &Policy) -> crate::kit::clock::Moment {
    visit.received_at.plus_ms(policy.evidence_wait_h.saturating_mul(HOUR_MS))
}

/// Evidence that the visit names and the server lacks.
pub(in crate::findings) fn missing(visit: &Visit) -> impl Iterator<Item = &NamedEvidence> {
    visit.said.evidence.iter().filter(|evidence| !visit.arrived.contains_key(&evidence.sha256))
}

fn photos(said: &VisitSaid) -> impl Iterator<Item = &NamedEvidence> {
    said.evidence.iter().filter(|evidence| evidence.kind == EvidenceKind::Photo)
}

/// Papers may rightly be the same in two visits; photos and signatures never are.
fn is_picture(evidence: &NamedEvidence) -> bool {
    matches!(evidence.kind, EvidenceKind::Photo | EvidenceKind::Signature)
}

fn photos_required(policy: &Policy, said: &VisitSaid) -> i64 {
    let required = &policy.photos_required;
    let usual = match said.mode {
        Mode::Home => required.home,
        Mode::Ward => required.ward,
        Mode::Workplace => required.workplace,
        Mode::Collective => required.collective,
        Mode::Phone => required.phone,
        Mode::Letter => required.letter,
    };
    match said.outcome {
        Outcome::Reached => usual,
        Outcome::Absent | Outcome::Moved | Outcome::NotFound => usual.min(1),
        Outcome::Refused | Outcome::Deceased => 0,
    }
}

/// How many of a group's recipients have a signature that the visit names.
fn signed_by(group: &Group, said: &VisitSaid) -> usize {
    let named = |sha256: &String| said.evidence.iter().any(|evidence| evidence.kind == EvidenceKind::Signature && evidence.sha256 == *sha256);
    group.recipients.iter().filter(|recipient| recipient.signature.as_ref().is_some_and(named)).count()
}

fn is_blank(policy: &Policy, said: &VisitSaid) -> bool {
    said.signature_ink.is_none_or(|ink| {
        let [width, height] = ink.box_px;
        ink.strokes < policy.ink_strokes_min || ink.points < policy.ink_points_min || width.max(height) < policy.ink_box_px_min
    })
}

fn other_visit(scene: &Scene<'_>, sha256: &str) -> Option<VisitId> {
    let names = |visit: &&Visit| visit.said.evidence.iter().any(|evidence| evidence.sha256 == sha256 && is_picture(evidence));
    let here = scene.strangers().filter(names).map(|visit| visit.id);
    let elsewhere = scene.visit.shared.get(sha256).into_iter().flatten().copied();
    here.chain(elsewhere).min()
}
