import"./chunk-ZND7AWUL.js";
