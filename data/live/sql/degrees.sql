-- The bounds in degrees of the box that the query in it answers: of a lattice
-- over it, since a box around a pole has its extremes inside.
SELECT {postgis}.ST_XMin(d.bounds), {postgis}.ST_YMin(d.bounds), {postgis}.ST_XMax(d.bounds), {postgis}.ST_YMax(d.bounds)
FROM (
	SELECT {postgis}.ST_Extent({postgis}.ST_Transform({postgis}.ST_SetSRID({postgis}.ST_MakePoint(
		{postgis}.ST_XMin(b.box) + ({postgis}.ST_XMax(b.box) - {postgis}.ST_XMin(b.box)) * i / 16,
		{postgis}.ST_YMin(b.box) + ({postgis}.ST_YMax(b.box) - {postgis}.ST_YMin(b.box)) * j / 16
	), {srid}), 4326)) AS bounds
	FROM (SELECT * FROM ({box}) AS found OFFSET 0) AS b (box) -- fenced: found once
	CROSS JOIN generate_series(0, 16) AS i
	CROSS JOIN generate_series(0, 16) AS j
	WHERE b.box IS NOT NULL
) AS d
WHERE d.bounds IS NOT NULL
