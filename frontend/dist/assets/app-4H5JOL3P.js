import{q as a}from"./chunk-2SPONSSJ.js";import"./chunk-SVZKC42C.js";import"./chunk-WGBX5C2V.js";export{a as startApp};
