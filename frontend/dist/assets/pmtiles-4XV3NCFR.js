import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-H35C6R7R.js";import"./chunk-VFTQ3NGQ.js";export{a as openPMTiles,b as tileID};
