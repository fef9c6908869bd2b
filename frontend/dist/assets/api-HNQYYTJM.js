import{a,b,c,d,e,f}from"./chunk-B2TNYMDV.js";import"./chunk-M7AD2PUT.js";export{a as RequestError,f as boundsOf,c as getFeature,b as getJSON,d as getRows,e as positions};
