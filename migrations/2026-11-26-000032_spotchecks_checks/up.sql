-- Households to be checked: those that were drawn, and those that took the place of one that fell out.
CREATE TABLE checks (
    id TEXT PRIMARY KEY NOT NULL,
    sample_id TEXT NOT NULL REFERENCES samples (id),
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    stratum TEXT NOT NULL,
    -- in the stratum, from 1, by score
    place BIGINT NOT NULL,
    -- where the file stood and who was there last, when it was drawn
    org_id TEXT NOT NULL REFERENCES orgs (id),
    team_id TEXT REFERENCES teams (id),
    -- the cadre's record that it is held against
    visit_id TEXT REFERENCES visits (id),
    cadre_id TEXT REFERENCES people (id),
    -- what the household had received by then, in fen
    handed_fen BIGINT NOT NULL,
    -- the check whose place it took
    replaces TEXT REFERENCES checks (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'answered', 'judged', 'replaced')),
    -- the verdict that stands
    verdict TEXT CHECK (verdict IN ('agrees', 'minor', 'misdelivered', 'ineligible', 'not_received', 'unreachable')),
    made_at BIGINT NOT NULL,
    UNIQUE (sample_id, household_id)
);
CREATE INDEX checks_by_sample ON checks (sample_id, stratum, place);
CREATE INDEX checks_by_household ON checks (campaign_id, household_id);
CREATE INDEX checks_by_team ON checks (campaign_id, team_id, verdict);

-- What the household said before the supervisor had seen what the cadre wrote.
CREATE TABLE check_answers (
    check_id TEXT PRIMARY KEY NOT NULL REFERENCES checks (id),
    body TEXT NOT NULL,
    answered_by TEXT NOT NULL REFERENCES people (id),
    answered_at BIGINT NOT NULL
);

-- Every verdict that was ever given, the last one stands.
CREATE TABLE verdicts (
    check_id TEXT NOT NULL REFERENCES checks (id),
    version BIGINT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('agrees', 'minor', 'misdelivered', 'ineligible', 'not_received', 'unreachable')),
    measures TEXT NOT NULL,
    words TEXT NOT NULL,
    -- why an earlier verdict does not stand; empty for the first
    reason TEXT NOT NULL,
    -- what of the handover was found missing or wrong, in fen
    at_risk_fen BIGINT NOT NULL,
    judged_by TEXT NOT NULL REFERENCES people (id),
    judged_at BIGINT NOT NULL,
    PRIMARY KEY (check_id, version)
);

-- Why a household fell out of the sample.
CREATE TABLE replacements (
    check_id TEXT PRIMARY KEY NOT NULL REFERENCES checks (id),
    reason TEXT NOT NULL CHECK (reason IN ('moved_away', 'deceased', 'household_dissolved')),
    words TEXT NOT NULL,
    replaced_by TEXT NOT NULL REFERENCES people (id),
    replaced_at BIGINT NOT NULL
);
