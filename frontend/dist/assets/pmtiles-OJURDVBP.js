import{a,b}from"./chunk-WUAZXZ5K.js";import"./chunk-MFNUF5XK.js";export{a as openPMTiles,b as tileID};
