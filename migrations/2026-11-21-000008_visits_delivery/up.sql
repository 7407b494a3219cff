CREATE TABLE visits (
    id TEXT PRIMARY KEY NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    household_id TEXT REFERENCES households (id),
    enterprise_id TEXT,
    org_id TEXT NOT NULL REFERENCES orgs (id),
    team_id TEXT REFERENCES teams (id),
    cadre_id TEXT NOT NULL REFERENCES people (id),
    device_id TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('home', 'ward', 'workplace', 'phone', 'letter', 'collective')),
    outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'absent', 'moved', 'deceased', 'refused', 'not_found')),
    -- as the phone said, corrected by the clock offset measured at sync
    started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    clock_offset_ms BIGINT NOT NULL,
    -- everything as it was said, word for word
    body TEXT NOT NULL,
    amends TEXT,
    received_at BIGINT NOT NULL
);
CREATE INDEX visits_by_household ON visits (household_id, campaign_id);
CREATE INDEX visits_by_campaign ON visits (campaign_id, id);
CREATE INDEX visits_by_cadre ON visits (cadre_id, started_at);
CREATE INDEX visits_by_amends ON visits (amends) WHERE amends IS NOT NULL;

CREATE TABLE visit_aid (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    line BIGINT NOT NULL,
    commodity_kind TEXT NOT NULL CHECK (commodity_kind IN ('cash', 'goods')),
    commodity_id TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    team_id TEXT,
    campaign_id TEXT NOT NULL,
    ended_at BIGINT NOT NULL,
    PRIMARY KEY (visit_id, line)
);
CREATE INDEX visit_aid_by_team ON visit_aid (campaign_id, team_id, commodity_kind, commodity_id, ended_at);

CREATE TABLE visit_evidence (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    line BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('photo', 'signature', 'document')),
    PRIMARY KEY (visit_id, line)
);
CREATE INDEX visit_evidence_by_sha256 ON visit_evidence (sha256);
