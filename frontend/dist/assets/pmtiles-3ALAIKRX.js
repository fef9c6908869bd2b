import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-T3VQUGIU.js";import"./chunk-HHDVTTKR.js";import"./chunk-WGBX5C2V.js";export{a as openPMTiles,b as tileID};
