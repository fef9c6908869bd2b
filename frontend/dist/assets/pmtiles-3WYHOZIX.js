import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-Y3ICD43W.js";import"./chunk-JYUZVDOT.js";import"./chunk-Q3RHOJUJ.js";export{a as openPMTiles,b as tileID};
