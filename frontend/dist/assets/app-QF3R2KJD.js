import{q as a}from"./chunk-W2SGRO3G.js";import"./chunk-WTR5DQY5.js";import"./chunk-OFYC7GMF.js";export{a as startApp};
