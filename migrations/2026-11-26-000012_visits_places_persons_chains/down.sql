DROP TABLE links;
DROP TABLE visit_persons;
DROP TABLE visit_places;
