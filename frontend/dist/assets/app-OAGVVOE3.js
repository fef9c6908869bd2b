import{q as a}from"./chunk-4SBJPSCH.js";import"./chunk-B3HNMATB.js";import"./chunk-AXTMZ2AV.js";export{a as startApp};
