-- $1 key to begin at or NULL, $2 how many features of that key were given, $3
-- most features, $4 $5 regions or NULL.
SELECT {key}::text, {postgis}.ST_AsEWKB({postgis}.ST_Transform({geometry}, 4326)){columns}
FROM {relation} AS source
WHERE {key} IS NOT NULL
	AND ($1::text IS NULL OR {key} >= $1::text::{keyType})
	AND ($4::float8[] IS NULL
		OR {postgis}.ST_Intersects({stored}, {region})
		OR {postgis}.ST_Intersects({stored}, {secondRegion})){only}
ORDER BY {key}{tie}
LIMIT $3::int4 OFFSET $2::int4
