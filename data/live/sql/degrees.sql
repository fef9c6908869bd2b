-- The bounds in degrees of the box that the query in it answers.
SELECT {postgis}.ST_XMin(d.box), {postgis}.ST_YMin(d.box), {postgis}.ST_XMax(d.box), {postgis}.ST_YMax(d.box)
FROM ({box}) AS b (box)
CROSS JOIN LATERAL (
	SELECT {postgis}.ST_Transform({postgis}.ST_Segmentize(b.box, greatest({postgis}.ST_XMax(b.box) - {postgis}.ST_XMin(b.box), {postgis}.ST_YMax(b.box) - {postgis}.ST_YMin(b.box), 1e-6) / 16), 4326) AS box
) AS d
WHERE b.box IS NOT NULL
