DROP TABLE standard_goods;
DROP TABLE standards;
DROP TABLE campaigns;
DROP TABLE goods;
