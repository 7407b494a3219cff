DROP TABLE draw_seeds;
