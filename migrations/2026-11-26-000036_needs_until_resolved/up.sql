-- 件件有着落、事事有回音: where a need stands, and every step that led there.
ALTER TABLE needs ADD COLUMN state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'resolved'));
CREATE INDEX needs_by_campaign ON needs (campaign_id, state, raised_at, visit_id, line);

CREATE TABLE need_steps (
    id TEXT PRIMARY KEY NOT NULL,
    visit_id TEXT NOT NULL,
    line BIGINT NOT NULL,
    -- from 1, without gaps
    place BIGINT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('answer', 'resolve', 'reopen')),
    words TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES people (id),
    made_at BIGINT NOT NULL,
    UNIQUE (visit_id, line, place),
    FOREIGN KEY (visit_id, line) REFERENCES needs (visit_id, line)
);
