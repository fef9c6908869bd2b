import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-PTFR2ZQT.js";import"./chunk-ULYQULI7.js";export{a as openPMTiles,b as tileID};
