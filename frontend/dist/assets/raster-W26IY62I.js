import{r as e}from"./chunk-Q2LOE2D6.js";function p(a,t){new e(t.url,{zIndex:0,maxZoom:19,className:"raster"}).addTo(a),a.getContainer().classList.add("with-raster")}export{p as addRaster};
