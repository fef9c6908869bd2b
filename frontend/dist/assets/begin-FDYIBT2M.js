import{J as a}from"./chunk-Y55JXKT2.js";import"./chunk-2EEZ3IZ5.js";export{a as begin};
