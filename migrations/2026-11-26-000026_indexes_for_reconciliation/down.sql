DROP INDEX links_by_device;
CREATE INDEX links_by_device ON links (device_id, sequence, item_id);
DROP INDEX jobs_by_due;
CREATE INDEX jobs_by_due ON jobs (queue, due_at);
