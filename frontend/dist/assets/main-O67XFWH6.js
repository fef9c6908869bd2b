import"./chunk-4WP2KRET.js";
