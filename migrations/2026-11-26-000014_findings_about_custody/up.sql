-- A finding is about a visit, about what a team holds, or about a slip that was counted twice.
CREATE TABLE findings_kept AS SELECT * FROM findings;
DROP TABLE findings;
CREATE TABLE findings (
    id TEXT PRIMARY KEY NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    org_id TEXT NOT NULL REFERENCES orgs (id),
    team_id TEXT,
    household_id TEXT,
    visit_id TEXT REFERENCES visits (id),
    about_kind TEXT NOT NULL CHECK (about_kind IN ('visit', 'team', 'slip')),
    -- the visit, the team, or the entry of the slip
    about_id TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('block', 'review', 'info')),
    subject TEXT NOT NULL,
    expected TEXT NOT NULL,
    actual TEXT NOT NULL,
    evidence TEXT NOT NULL,
    -- of severity, expected, actual and evidence: when it changes, a settled finding opens again
    facts_hash TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'explained', 'corrected', 'confirmed', 'gone')),
    settled_by TEXT REFERENCES people (id),
    settled_at BIGINT,
    settled_words TEXT,
    found_at BIGINT NOT NULL,
    CHECK ((about_kind = 'visit') = (visit_id IS NOT NULL)),
    UNIQUE (about_id, campaign_id, code, subject)
);
INSERT INTO findings (id, campaign_id, org_id, team_id, household_id, visit_id, code, severity, subject, expected, actual, evidence, facts_hash, status, settled_by, settled_at, settled_words, found_at, about_kind, about_id)
    SELECT id, campaign_id, org_id, team_id, household_id, visit_id, code, severity, subject, expected, actual, evidence, facts_hash, status, settled_by, settled_at, settled_words, found_at, 'visit', visit_id FROM findings_kept;
DROP TABLE findings_kept;
CREATE INDEX findings_by_campaign ON findings (campaign_id, status, id);
CREATE INDEX findings_by_household ON findings (household_id, campaign_id);
CREATE INDEX findings_by_team ON findings (campaign_id, team_id, code);

-- Every time somebody settled a finding; the finding itself shows the last.
CREATE TABLE settlements (
    finding_id TEXT NOT NULL REFERENCES findings (id),
    settled_at BIGINT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('explained', 'corrected', 'confirmed')),
    words TEXT NOT NULL,
    settled_by TEXT NOT NULL REFERENCES people (id),
    -- the facts that were settled
    facts_hash TEXT NOT NULL,
    PRIMARY KEY (finding_id, settled_at)
);
INSERT INTO settlements (finding_id, settled_at, how, words, settled_by, facts_hash)
    SELECT id, settled_at, status, settled_words, settled_by, facts_hash FROM findings
    WHERE settled_at IS NOT NULL AND status IN ('explained', 'corrected', 'confirmed');
