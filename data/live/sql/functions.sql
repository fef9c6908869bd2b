-- Functions of the schemas $1 that take three integers, or these and a json, and
-- whose first result is a bytea.
SELECT
	n.nspname::text,
	p.proname::text,
	coalesce(obj_description(p.oid, 'pg_proc'), ''),
	has_schema_privilege(n.oid, 'USAGE') AND has_function_privilege(p.oid, 'EXECUTE'),
	CASE WHEN p.pronargs = 4 THEN format_type(p.proargtypes[3], NULL) ELSE '' END,
	coalesce(p.proargnames[1:3], '{}')::text[],
	out.types::text[]
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
CROSS JOIN LATERAL (
	SELECT CASE
		WHEN p.proallargtypes IS NULL THEN ARRAY[format_type(p.prorettype, NULL)]
		ELSE ARRAY(
			SELECT format_type(a.type, NULL)
			FROM unnest(p.proallargtypes, p.proargmodes) WITH ORDINALITY AS a (type, mode, position)
			WHERE a.mode IN ('o', 't', 'b')
			ORDER BY a.position)
	END AS types
) AS out
WHERE n.nspname = ANY ($1::text[])
	AND p.prokind = 'f'
	AND oidvectortypes(p.proargtypes) IN ('integer, integer, integer', 'integer, integer, integer, json', 'integer, integer, integer, jsonb')
	AND out.types[1] = 'bytea'
	AND NOT EXISTS (
		SELECT FROM pg_depend d
		WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
-- The richer of two functions of one name comes first.
ORDER BY n.nspname, p.proname, p.pronargs DESC, 5
