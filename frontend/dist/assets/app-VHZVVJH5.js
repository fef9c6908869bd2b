import{q as a}from"./chunk-T3VQUGIU.js";import"./chunk-HHDVTTKR.js";import"./chunk-WGBX5C2V.js";export{a as startApp};
