import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-ZND7AWUL.js";export{a as openPMTiles,b as tileID};
