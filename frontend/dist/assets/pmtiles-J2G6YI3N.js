import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-3KRTQFZP.js";import"./chunk-SRLBGSVZ.js";import"./chunk-Q3RHOJUJ.js";export{a as openPMTiles,b as tileID};
