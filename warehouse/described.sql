-- What stands in the open database, with its comments: tables, views, macros that ask and macros that compute?
WITH columns AS (
    SELECT schema_name, table_name, list({
        'name': column_name,
        'type': data_type,
        'comment': coalesce("comment", ''),
        'always': NOT is_nullable
    } ORDER BY column_index) AS columns
    FROM duckdb_columns()
    WHERE NOT internal AND database_name = current_database()
    GROUP BY schema_name, table_name
),
named AS (
    SELECT 'table' AS kind, schema_name, table_name AS name, "comment", NULL AS parameters
    FROM duckdb_tables()
    WHERE NOT internal AND database_name = current_database()
    UNION ALL
    SELECT 'view', schema_name, view_name, "comment", NULL
    FROM duckdb_views()
    WHERE NOT internal AND database_name = current_database()
    UNION ALL
    SELECT CASE function_type WHEN 'table_macro' THEN 'macro' ELSE 'function' END, schema_name, function_name, "comment",
        parameters
    FROM duckdb_functions()
    WHERE NOT internal AND database_name = current_database() AND function_type IN ('table_macro', 'macro')
)
SELECT n.kind, n.schema_name, n.name, coalesce(n."comment", '') AS "comment", n.parameters, c.columns
FROM named AS n
LEFT JOIN columns AS c ON n.kind IN ('table', 'view') AND c.schema_name = n.schema_name AND c.table_name = n.name
ORDER BY n.schema_name, n.name;
