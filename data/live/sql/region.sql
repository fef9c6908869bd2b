-- Smallest longitude and latitude, greatest, and the longest straight piece of
-- the outline, all in degrees: a straight edge here is a curve there.
{postgis}.ST_Transform({postgis}.ST_Segmentize({postgis}.ST_MakeEnvelope(({box})[1], ({box})[2], ({box})[3], ({box})[4], 4326), ({box})[5]), {srid})
