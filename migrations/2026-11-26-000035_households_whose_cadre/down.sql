DROP INDEX standings_by_last_try;
ALTER TABLE households DROP COLUMN cadre_id;
