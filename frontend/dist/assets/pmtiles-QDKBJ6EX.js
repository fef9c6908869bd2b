import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-XX7WF2EO.js";import"./chunk-VFTQ3NGQ.js";export{a as openPMTiles,b as tileID};
