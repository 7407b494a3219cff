-- Who brought what another's phone recorded, from its saved outbox; null: it came from the phone itself.
ALTER TABLE items ADD COLUMN brought_by TEXT;
