-- $1 $2 $3 z, x, y; $4 layer; $5 $6 names of geometry and id among the columns
-- of a feature; $7 region or NULL; $8 which properties; $9 most features; $10
-- most bytes.
--
-- LIMIT and OFFSET fence the subquery: each geometry is cut once.
SELECT CASE WHEN octet_length(tile.mvt) <= $10::int4 THEN tile.mvt END, octet_length(tile.mvt), tile.features
FROM (
	SELECT {postgis}.ST_AsMVT(cut.*, $4::text, 4096, $5::text, $6::text) AS mvt, count(*) AS features
	FROM (
		SELECT
			{postgis}.ST_AsMVTGeom(
				{postgis}.ST_Transform({geometry}, 3857),
				{postgis}.ST_TileEnvelope($1::int4, $2::int4, $3::int4),
				4096, 64, true
			) AS {geometryName}{id}{columns}
		FROM {relation} AS source
		WHERE ($7::float8[] IS NULL OR {stored} OPERATOR({postgis}.&&) {region})
			AND $8::bool[] IS NOT NULL{only}
		{order}
		LIMIT $9::int4 OFFSET 0
	) AS cut
) AS tile
