-- Relations of the schemas $1 that have a geometry, each with its columns.
-- A domain counts as the type it is made of.
WITH RECURSIVE resolved (oid, base, typmod) AS (
	SELECT oid, oid, -1 FROM pg_type WHERE typtype <> 'd'
	UNION ALL
	SELECT d.oid, r.base, CASE WHEN d.typtypmod <> -1 THEN d.typtypmod ELSE r.typmod END
	FROM pg_type d JOIN resolved r ON r.oid = d.typbasetype
	WHERE d.typtype = 'd'
),
spatial (oid, typname) AS (
	SELECT oid, typname FROM pg_type
	WHERE typname IN ('geometry', 'geography') AND typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $2::text)
),
columns AS (
	SELECT a.attrelid, json_agg(json_build_object(
		'name', a.attname,
		'type', t.typname,
		'typeSchema', tn.nspname,
		'category', t.typcategory,
		'spatial', coalesce(s.typname, ''),
		'srid', CASE WHEN s.oid IS NOT NULL THEN {postgis}.postgis_typmod_srid(m.typmod) ELSE 0 END,
		'shape', CASE WHEN s.oid IS NOT NULL THEN {postgis}.postgis_typmod_type(m.typmod) ELSE '' END,
		'readable', has_column_privilege(a.attrelid, a.attnum, 'SELECT'),
		'indexed', EXISTS (
			SELECT FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am am ON am.oid = ic.relam
			WHERE i.indrelid = a.attrelid AND i.indkey[0] = a.attnum AND i.indpred IS NULL AND i.indisvalid AND am.amname = 'gist'),
		'primary', EXISTS (
			SELECT FROM pg_index i
			WHERE i.indrelid = a.attrelid AND i.indisprimary AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum),
		'unique', EXISTS (
			SELECT FROM pg_index i
			WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
				AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum AND (a.attnotnull OR c.relkind = 'm'))
	) ORDER BY a.attnum) AS described
	FROM pg_attribute a
	JOIN pg_class c ON c.oid = a.attrelid
	JOIN pg_namespace n ON n.oid = c.relnamespace
	JOIN resolved r ON r.oid = a.atttypid
	JOIN pg_type t ON t.oid = r.base
	JOIN pg_namespace tn ON tn.oid = t.typnamespace
	LEFT JOIN spatial s ON s.oid = r.base
	CROSS JOIN LATERAL (SELECT CASE WHEN a.atttypmod <> -1 THEN a.atttypmod ELSE r.typmod END AS typmod) m
	WHERE n.nspname = ANY ($1::text[]) AND a.attnum > 0 AND NOT a.attisdropped
	GROUP BY a.attrelid
	HAVING bool_or(s.oid IS NOT NULL)
)
SELECT
	n.nspname::text,
	c.relname::text,
	c.relkind::text,
	c.reltuples::float8,
	coalesce(obj_description(c.oid, 'pg_class'), ''),
	has_schema_privilege(n.oid, 'USAGE'),
	k.described
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN columns k ON k.attrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
	AND NOT c.relispartition
	AND NOT EXISTS (
		SELECT FROM pg_depend d
		WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
