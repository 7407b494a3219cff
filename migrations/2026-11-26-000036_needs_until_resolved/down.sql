DROP TABLE need_steps;
DROP INDEX needs_by_campaign;
ALTER TABLE needs DROP COLUMN state;
