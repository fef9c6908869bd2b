import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-ZKLNG4TS.js";import"./chunk-5LLWG4U7.js";export{a as openPMTiles,b as tileID};
