-- What is due is taken in this order: without the subject, all that are due at one time were sorted anew for each lot.
DROP INDEX jobs_by_due;
CREATE INDEX jobs_by_due ON jobs (queue, due_at, subject);
-- With the time a phone held, so that the newest of some links is found in the index alone.
DROP INDEX links_by_device;
CREATE INDEX links_by_device ON links (device_id, sequence, item_id, not_before_at);
