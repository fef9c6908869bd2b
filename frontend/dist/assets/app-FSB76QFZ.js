import{q as a}from"./chunk-5UIAV77G.js";import"./chunk-27WZP5GZ.js";import"./chunk-Q3RHOJUJ.js";export{a as startApp};
