import"./chunk-WFORSGS2.js";
