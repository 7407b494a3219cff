-- A table of the desk as one person looks at it, under a name of their own: it follows them to another desk.
CREATE TABLE saved_views (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    of_table TEXT NOT NULL CHECK (of_table IN ('households')),
    name TEXT NOT NULL,
    -- filters, columns and order as JSON
    content TEXT NOT NULL,
    is_default BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (person_id, of_table, name)
);
