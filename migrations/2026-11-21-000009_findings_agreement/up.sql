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
CREATE INDEX findings_by_campaign ON findings (campaign_id, status, id);
CREATE INDEX findings_by_household ON findings (household_id, campaign_id);
CREATE INDEX findings_by_team ON findings (campaign_id, team_id, code);

CREATE TABLE standings (
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    org_id TEXT NOT NULL,
    team_id TEXT,
    category TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('unreached', 'attempted', 'pending', 'matched', 'disputed', 'settled')),
    visits BIGINT NOT NULL,
    reached BOOLEAN NOT NULL,
    last_visit_id TEXT,
    last_outcome TEXT,
    last_visit_at BIGINT,
    -- the first visit that reached the household, by when it happened
    reached_at BIGINT,
    promised_fen BIGINT NOT NULL,
    handed_fen BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, household_id)
);
CREATE INDEX standings_by_household ON standings (household_id);
CREATE INDEX standings_by_team ON standings (campaign_id, team_id, standing);

-- Counted as standings change, so that a board costs what its picture costs.
CREATE TABLE progress (
    campaign_id TEXT NOT NULL,
    org_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    category TEXT NOT NULL,
    standing TEXT NOT NULL,
    reached BOOLEAN NOT NULL,
    households BIGINT NOT NULL,
    promised_fen BIGINT NOT NULL,
    handed_fen BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, org_id, team_id, category, standing, reached)
);

-- The same by China's calendar day: of the visit that first reached a household, or of the last try where none did.
CREATE TABLE progress_days (
    campaign_id TEXT NOT NULL,
    org_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    day TEXT NOT NULL,
    reached BOOLEAN NOT NULL,
    households BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, org_id, team_id, day, reached)
);

-- How far reconciliation has heard each chain of the log.
CREATE TABLE heard (
    chain TEXT PRIMARY KEY NOT NULL,
    sequence BIGINT NOT NULL
);
