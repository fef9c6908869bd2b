import{a,b}from"./chunk-WUAZXZ5K.js";import"./chunk-WFORSGS2.js";export{a as openPMTiles,b as tileID};
