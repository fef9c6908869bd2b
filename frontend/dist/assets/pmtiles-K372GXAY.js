import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-UVFQKCCM.js";import"./chunk-BLGVGLKX.js";import"./chunk-WGBX5C2V.js";export{a as openPMTiles,b as tileID};
