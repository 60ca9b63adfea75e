-- What do the columns of a view mean? In their order.
SELECT column_name AS name, data_type AS type, "comment"
FROM duckdb_columns()
WHERE table_name = $view AND schema_name = 'main' AND database_name = current_database()
ORDER BY column_index
