import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-MYD57E7N.js";export{a as openPMTiles,b as tileID};
