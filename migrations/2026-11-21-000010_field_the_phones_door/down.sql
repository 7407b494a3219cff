DROP TABLE set_aside;
DROP TABLE items;
DROP TABLE devices;
