import{S as a}from"./chunk-WTR5DQY5.js";import"./chunk-OFYC7GMF.js";export{a as begin};
