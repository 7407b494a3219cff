CREATE TABLE orgs (
    id TEXT PRIMARY KEY NOT NULL,
    parent_id TEXT REFERENCES orgs (id),
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('federation', 'district', 'station')),
    -- '/<root>/…/<own id>/': a subtree is a prefix.
    path TEXT NOT NULL UNIQUE,
    -- the reporting org whose event chain this org writes to
    chain TEXT NOT NULL,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE people (
    id TEXT PRIMARY KEY NOT NULL,
    org_id TEXT NOT NULL REFERENCES orgs (id),
    username TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
    disabled_at BIGINT,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX people_by_org ON people (org_id, id);

CREATE TABLE person_roles (
    person_id TEXT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('cadre', 'lead', 'supervisor', 'centre', 'auditor', 'admin')),
    PRIMARY KEY (person_id, role)
);

CREATE TABLE teams (
    id TEXT PRIMARY KEY NOT NULL,
    org_id TEXT NOT NULL REFERENCES orgs (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (org_id, code)
);

CREATE TABLE team_members (
    team_id TEXT NOT NULL REFERENCES teams (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    is_lead BOOLEAN NOT NULL,
    PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_members_by_person ON team_members (person_id);

-- A session is a family of refresh tokens. `generation` and `token_hash` name the newest token that has been used.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    generation BIGINT NOT NULL,
    token_hash TEXT,
    made_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_why TEXT CHECK (ended_why IN ('signed_out', 'signed_out_everywhere', 'disabled', 'password_changed', 'reused_token'))
);
CREATE INDEX sessions_by_person ON sessions (person_id, ended_at);

CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    generation BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id, generation);
