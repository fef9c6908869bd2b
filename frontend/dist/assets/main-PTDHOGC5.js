import"./chunk-3TJQ3AYF.js";
