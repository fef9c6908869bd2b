import"./chunk-MYD57E7N.js";
