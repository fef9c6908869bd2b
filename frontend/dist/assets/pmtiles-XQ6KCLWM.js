import{a,b}from"./chunk-WUAZXZ5K.js";import"./chunk-W2THKBHB.js";export{a as openPMTiles,b as tileID};
