import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-3K7QL2WL.js";import"./chunk-5LLWG4U7.js";export{a as openPMTiles,b as tileID};
