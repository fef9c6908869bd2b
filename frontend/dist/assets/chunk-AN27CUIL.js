import{c as i}from"./chunk-2WOCUOH7.js";async function d(r,t,e){let c=i(e.store),a=t?`
${t.lat.toFixed(5)}, ${t.lon.toFixed(5)}`:"",o=location.href;if(navigator.share&&matchMedia("(pointer: coarse)").matches)try{await navigator.share({title:r,text:r+a,url:o});return}catch(s){if(s.name==="AbortError")return}let n=`${r}${a}
${o}`;try{await navigator.clipboard.writeText(n),e.announce(c("copied"),!0)}catch{e.announce(n,!0)}}export{d as a};
