-- Who waits to be appraised, made public or approved: a few among very many. Those approved are too many for an index to lead.
CREATE INDEX households_by_status ON households (status, id) WHERE status <> 'approved';
