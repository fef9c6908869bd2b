import"./chunk-Q2LOE2D6.js";
