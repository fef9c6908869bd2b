import{U as a}from"./chunk-XX7WF2EO.js";import"./chunk-VFTQ3NGQ.js";export{a as begin};
