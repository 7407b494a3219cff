DROP TABLE visit_evidence;
DROP TABLE visit_aid;
DROP TABLE visits;
