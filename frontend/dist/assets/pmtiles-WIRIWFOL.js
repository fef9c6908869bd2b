import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-SKMJPKUO.js";import"./chunk-Y55JXKT2.js";import"./chunk-2EEZ3IZ5.js";export{a as openPMTiles,b as tileID};
