var g=["id","en"],i=(t,n)=>({id:t,en:n});function o(t,n){return t.replace(/\{(\w+)\}/g,(r,e)=>e in n?String(n[e]):r)}export{g as a,i as b,o as c};
