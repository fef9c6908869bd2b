-- $1 $2 $3 z, x, y; $4 most bytes; $5 the parameters of the request.
SELECT CASE WHEN octet_length(tile.mvt) <= $4::int4 THEN tile.mvt END, octet_length(tile.mvt), tile.key
FROM (
	SELECT coalesce(string_agg(made.mvt, ''::bytea), ''::bytea) AS mvt, {key} AS key
	FROM {function}($1::int4, $2::int4, $3::int4{query}) AS made ({results})
) AS tile
