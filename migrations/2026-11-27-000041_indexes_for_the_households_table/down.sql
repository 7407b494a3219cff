DROP INDEX entitlements_by_cash;
DROP INDEX households_by_address;
DROP INDEX households_by_name;
