import{a,b}from"./chunk-2JWUYGLN.js";import"./chunk-5UIAV77G.js";import"./chunk-27WZP5GZ.js";import"./chunk-Q3RHOJUJ.js";export{a as openPMTiles,b as tileID};
