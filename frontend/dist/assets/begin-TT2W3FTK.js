import{U as a}from"./chunk-PTFR2ZQT.js";import"./chunk-ULYQULI7.js";export{a as begin};
