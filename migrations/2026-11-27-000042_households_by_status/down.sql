DROP INDEX households_by_status;
