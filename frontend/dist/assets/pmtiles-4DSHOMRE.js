import{a,b}from"./chunk-WUAZXZ5K.js";import"./chunk-3TJQ3AYF.js";export{a as openPMTiles,b as tileID};
