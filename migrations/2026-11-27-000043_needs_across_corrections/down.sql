DELETE FROM jobs WHERE queue = 'corrections';
DROP INDEX needs_by_thread;
DROP INDEX needs_by_campaign;
ALTER TABLE needs DROP COLUMN correction;
ALTER TABLE needs DROP COLUMN thread;
CREATE INDEX needs_by_campaign ON needs (campaign_id, state, raised_at, visit_id, line);
