-- The event log: audit trail and change feed in one. One chain per reporting org; `sequence` is commit order.
-- Every `*_at` column in this schema is BIGINT: milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE chains (
    chain TEXT PRIMARY KEY NOT NULL,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TABLE log (
    chain TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT,
    verb TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    facts TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, sequence)
);
CREATE INDEX log_by_subject ON log (subject, chain, sequence);

-- Work that may wait: claimed by any worker of any server, done again when a claim runs out.
CREATE TABLE jobs (
    queue TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (queue, subject)
);
CREATE INDEX jobs_by_due ON jobs (queue, due_at);
