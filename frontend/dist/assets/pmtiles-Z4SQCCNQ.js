import{a,b}from"./chunk-WUAZXZ5K.js";import"./chunk-4WP2KRET.js";export{a as openPMTiles,b as tileID};
