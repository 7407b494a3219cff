DROP TABLE entitlement_goods;
DROP TABLE entitlements;
