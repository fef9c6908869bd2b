import{a,b}from"./chunk-WUAZXZ5K.js";import"./chunk-HKACV4MD.js";export{a as openPMTiles,b as tileID};
