import{q as a}from"./chunk-2WOCUOH7.js";import"./chunk-IN6ZIHV4.js";import"./chunk-WGBX5C2V.js";export{a as startApp};
