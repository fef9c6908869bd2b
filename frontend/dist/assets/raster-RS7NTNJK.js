import{r as e}from"./chunk-MYD57E7N.js";function p(a,t){new e(t.url,{zIndex:0,maxZoom:19,className:"raster"}).addTo(a),a.getContainer().classList.add("with-raster")}export{p as addRaster};
