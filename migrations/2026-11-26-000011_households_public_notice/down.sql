DROP INDEX members_by_id_number;
DROP TABLE objections;
DROP TABLE notices;
