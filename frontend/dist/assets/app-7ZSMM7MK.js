import{q as a}from"./chunk-3KRTQFZP.js";import"./chunk-SRLBGSVZ.js";import"./chunk-Q3RHOJUJ.js";export{a as startApp};
