DROP TABLE settlements;
CREATE TABLE findings_kept AS SELECT * FROM findings WHERE about_kind = 'visit';
DROP TABLE findings;
CREATE TABLE findings (
    id TEXT PRIMARY KEY NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    org_id TEXT NOT NULL REFERENCES orgs (id),
    team_id TEXT,
    household_id TEXT,
    visit_id TEXT NOT NULL REFERENCES visits (id),
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
    UNIQUE (visit_id, code, subject)
);
INSERT INTO findings (id, campaign_id, org_id, team_id, household_id, visit_id, code, severity, subject, expected, actual, evidence, facts_hash, status, settled_by, settled_at, settled_words, found_at)
    SELECT id, campaign_id, org_id, team_id, household_id, visit_id, code, severity, subject, expected, actual, evidence, facts_hash, status, settled_by, settled_at, settled_words, found_at FROM findings_kept;
DROP TABLE findings_kept;
CREATE INDEX findings_by_campaign ON findings (campaign_id, status, id);
CREATE INDEX findings_by_household ON findings (household_id, campaign_id);
CREATE INDEX findings_by_team ON findings (campaign_id, team_id, code);
