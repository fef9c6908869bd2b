var e="petadesa.saved";function t(){try{return Number(localStorage.getItem(e)??0)>0}catch{return!1}}export{e as a,t as b};
