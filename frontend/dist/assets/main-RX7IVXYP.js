import"./chunk-HKACV4MD.js";
