DROP INDEX checks_by_state;
DROP TABLE check_asides;
DROP TABLE check_evidence;
