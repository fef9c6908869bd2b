SELECT {postgis}.ST_SetSRID({postgis}.ST_Extent({stored})::{postgis}.geometry, {srid}) FROM {relation} AS source WHERE true{only}
