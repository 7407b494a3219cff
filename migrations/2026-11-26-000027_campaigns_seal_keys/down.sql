DROP TABLE seal_keys;
