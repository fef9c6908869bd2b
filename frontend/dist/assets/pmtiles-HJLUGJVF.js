import{a,b}from"./chunk-3I3UHPFW.js";import"./chunk-M7AD2PUT.js";export{a as openPMTiles,b as tileID};
