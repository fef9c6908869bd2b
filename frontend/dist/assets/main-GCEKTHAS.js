import"./chunk-MFNUF5XK.js";
