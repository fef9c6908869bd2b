import{U as a}from"./chunk-H35C6R7R.js";import"./chunk-VFTQ3NGQ.js";export{a as begin};
