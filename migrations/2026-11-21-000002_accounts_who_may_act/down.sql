DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE team_members;
DROP TABLE teams;
DROP TABLE person_roles;
DROP TABLE people;
DROP TABLE orgs;
