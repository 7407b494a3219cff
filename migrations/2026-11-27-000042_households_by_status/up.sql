-- Who waits to be appraised, made public or approved: a few among very many.
CREATE INDEX households_by_status ON households (status, id);
