SELECT {postgis}.ST_SetSRID({postgis}.ST_Extent(sample.shape)::{postgis}.geometry, {srid})
FROM (SELECT {stored} AS shape FROM {relation} AS source WHERE {stored} IS NOT NULL{only} LIMIT 1000) AS sample
