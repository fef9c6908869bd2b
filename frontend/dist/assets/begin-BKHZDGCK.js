import{U as a}from"./chunk-3K7QL2WL.js";import"./chunk-5LLWG4U7.js";export{a as begin};
