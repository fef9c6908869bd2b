import{p as a}from"./chunk-SKMJPKUO.js";import"./chunk-Y55JXKT2.js";import"./chunk-2EEZ3IZ5.js";export{a as startApp};
