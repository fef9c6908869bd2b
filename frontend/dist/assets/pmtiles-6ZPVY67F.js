import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-2SPONSSJ.js";import"./chunk-SVZKC42C.js";import"./chunk-WGBX5C2V.js";export{a as openPMTiles,b as tileID};
