-- Of the column $3 of the table $1.$2: from its index, or else its statistics.
SELECT {postgis}.ST_SetSRID({postgis}.ST_EstimatedExtent($1::text, $2::text, $3::text)::{postgis}.geometry, {srid})
