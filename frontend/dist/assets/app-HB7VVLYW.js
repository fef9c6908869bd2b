import{q as a}from"./chunk-UVFQKCCM.js";import"./chunk-BLGVGLKX.js";import"./chunk-WGBX5C2V.js";export{a as startApp};
