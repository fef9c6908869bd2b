import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-2WOCUOH7.js";import"./chunk-IN6ZIHV4.js";import"./chunk-WGBX5C2V.js";export{a as openPMTiles,b as tileID};
