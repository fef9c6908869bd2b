import"./chunk-W2THKBHB.js";
