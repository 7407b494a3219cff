-- A name is made public for some days before the file is approved (公示).
CREATE TABLE notices (
    household_id TEXT NOT NULL REFERENCES households (id),
    published_at BIGINT NOT NULL,
    published_by TEXT NOT NULL REFERENCES people (id),
    PRIMARY KEY (household_id, published_at)
);

-- What somebody said against it (异议), until it is answered.
CREATE TABLE objections (
    id TEXT PRIMARY KEY NOT NULL,
    household_id TEXT NOT NULL REFERENCES households (id),
    words TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    -- who wrote it down
    raised_by TEXT NOT NULL REFERENCES people (id),
    answered_at BIGINT,
    answered_by TEXT REFERENCES people (id),
    upheld BOOLEAN,
    answer TEXT
);
CREATE INDEX objections_by_household ON objections (household_id, raised_at);

-- One number, one person: looked up across all files.
CREATE INDEX members_by_id_number ON members (id_number) WHERE id_number IS NOT NULL;
