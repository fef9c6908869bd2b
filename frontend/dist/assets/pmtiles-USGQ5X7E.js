import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-4SBJPSCH.js";import"./chunk-B3HNMATB.js";import"./chunk-AXTMZ2AV.js";export{a as openPMTiles,b as tileID};
