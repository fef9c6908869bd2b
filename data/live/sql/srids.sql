-- The reference systems of some of the geometries.
SELECT DISTINCT {postgis}.ST_SRID(sample.shape)
FROM (SELECT {stored} AS shape FROM {relation} AS source WHERE {stored} IS NOT NULL LIMIT 100) AS sample
ORDER BY 1
