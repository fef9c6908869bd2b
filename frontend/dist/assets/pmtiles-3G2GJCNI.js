import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-W2SGRO3G.js";import"./chunk-WTR5DQY5.js";import"./chunk-OFYC7GMF.js";export{a as openPMTiles,b as tileID};
