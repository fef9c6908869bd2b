import{q as a}from"./chunk-Y3ICD43W.js";import"./chunk-JYUZVDOT.js";import"./chunk-Q3RHOJUJ.js";export{a as startApp};
