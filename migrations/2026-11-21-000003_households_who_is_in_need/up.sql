CREATE TABLE imports (
    id TEXT PRIMARY KEY NOT NULL,
    org_id TEXT NOT NULL REFERENCES orgs (id),
    file_sha256 TEXT NOT NULL,
    -- null: the command line
    made_by TEXT REFERENCES people (id),
    made_at BIGINT NOT NULL,
    rows BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    UNIQUE (org_id, file_sha256)
);

CREATE TABLE households (
    id TEXT PRIMARY KEY NOT NULL,
    org_id TEXT NOT NULL REFERENCES orgs (id),
    team_id TEXT REFERENCES teams (id),
    import_id TEXT REFERENCES imports (id),
    head_name TEXT NOT NULL,
    -- one number, one person, one file across the whole org tree
    head_id_number TEXT NOT NULL UNIQUE,
    phone TEXT,
    workplace TEXT,
    address TEXT NOT NULL,
    home_latitude DOUBLE PRECISION,
    home_longitude DOUBLE PRECISION,
    home_datum TEXT CHECK (home_datum IN ('wgs84', 'gcj02', 'bd09')),
    category TEXT NOT NULL,
    cause TEXT,
    people BIGINT,
    -- per head and month
    income_fen BIGINT,
    migrant BOOLEAN NOT NULL,
    laid_off BOOLEAN NOT NULL,
    retired BOOLEAN NOT NULL,
    bank_card TEXT,
    remarks TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('applied', 'reviewed', 'noticed', 'verifying', 'approved', 'relieved', 'closed', 'rejected', 'waived', 'withdrawn')),
    approved_at BIGINT,
    ended_at BIGINT,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX households_by_org ON households (org_id, id);
CREATE INDEX households_by_team ON households (team_id, id);
CREATE INDEX households_by_import ON households (import_id);

CREATE TABLE members (
    id TEXT PRIMARY KEY NOT NULL,
    household_id TEXT NOT NULL REFERENCES households (id),
    name TEXT NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('self', 'spouse', 'child', 'parent', 'relative', 'neighbour', 'official', 'other')),
    id_number TEXT
);
CREATE INDEX members_by_household ON members (household_id);

-- Files are corrected, never overwritten: every change of a field stays.
CREATE TABLE household_changes (
    household_id TEXT NOT NULL REFERENCES households (id),
    version BIGINT NOT NULL,
    field TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    -- null: the command line
    made_by TEXT REFERENCES people (id),
    made_at BIGINT NOT NULL,
    PRIMARY KEY (household_id, version, field)
);
