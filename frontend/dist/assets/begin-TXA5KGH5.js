import{U as a}from"./chunk-ZKLNG4TS.js";import"./chunk-5LLWG4U7.js";export{a as begin};
