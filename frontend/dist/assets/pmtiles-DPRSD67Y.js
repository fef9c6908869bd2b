import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-Q2LOE2D6.js";export{a as openPMTiles,b as tileID};
