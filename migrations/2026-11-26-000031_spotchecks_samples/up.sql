-- A draw of a campaign, or a choice of single households; never changed, never undone.
CREATE TABLE samples (
    id TEXT PRIMARY KEY NOT NULL,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    kind TEXT NOT NULL CHECK (kind IN ('assisted', 'not_reached', 'escalation', 'targeted')),
    -- the how-manieth of its kind in the campaign, from 1
    k BIGINT NOT NULL,
    -- of a full check of one team
    team_id TEXT REFERENCES teams (id),
    -- why these were chosen; empty where chance chose
    words TEXT NOT NULL,
    rate_ppm BIGINT NOT NULL,
    min_per_stratum BIGINT NOT NULL,
    policy_version BIGINT NOT NULL,
    -- in the frame
    households BIGINT NOT NULL,
    -- the share of the frame, before the least of each stratum is added
    size BIGINT NOT NULL,
    -- drawn
    seats BIGINT NOT NULL,
    -- what the households of the frame had received, in fen: cash, and what goods are worth
    handed_fen BIGINT NOT NULL,
    -- null where nothing was drawn by chance
    root TEXT,
    draw_seed TEXT,
    drawn_by TEXT NOT NULL REFERENCES people (id),
    drawn_at BIGINT NOT NULL,
    UNIQUE (campaign_id, kind, k)
);

CREATE TABLE sample_strata (
    sample_id TEXT NOT NULL REFERENCES samples (id),
    stratum TEXT NOT NULL,
    households BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    handed_fen BIGINT NOT NULL,
    PRIMARY KEY (sample_id, stratum)
);

-- The frame as it was frozen: all that could be drawn.
CREATE TABLE sample_frame (
    sample_id TEXT NOT NULL REFERENCES samples (id),
    household_id TEXT NOT NULL REFERENCES households (id),
    stratum TEXT NOT NULL,
    PRIMARY KEY (sample_id, household_id)
);
