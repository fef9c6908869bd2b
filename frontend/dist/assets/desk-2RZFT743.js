import{a as N,b as I}from"./chunk-Y5KOOULT.js";import{a as O,c as R,d as Q,e as k,f as F,g as y,h as V,i as m,n as j,p as w,q as H}from"./chunk-5OTDCUDH.js";import{a as q,c as L,h as $,i as A,j as g,l as T}from"./chunk-V3P3KG72.js";import{a as P,d as C}from"./chunk-CCHUXQ2V.js";import"./chunk-MQ3BRA3I.js";import"./chunk-MZR4FLWP.js";import"./chunk-7HCMS5ZW.js";import"./chunk-COXGVMLX.js";import"./chunk-D5ND7J34.js";import"./chunk-CBDTG5YR.js";import{b as E}from"./chunk-5IBGURTN.js";import{a as f}from"./chunk-6WNNB7MU.js";import"./chunk-N7E4DRLB.js";import"./chunk-WLC5VTOW.js";import{a as p,c as D}from"./chunk-MN5HLIPK.js";import"./chunk-7R73SLUY.js";import{b as a}from"./chunk-M7AD2PUT.js";var B=12,G=14,U=({properties:d})=>String(d.class??Q[String(d.state)]??""),u=class{constructor(e,t,i){a(this,"map",e);a(this,"order",t);a(this,"failed",i);a(this,"grid");a(this,"drawn","")}get container(){return this.grid?.getContainer()??null}show(e,t,i,s={}){let o=m(e);o.delete("by");for(let[c,v]of Object.entries({...s,v:t.slice(0,16)}))o.set(c,v);let r=e.by==="district"?"district":"village",n=`${r}?${o.toString()}`;if(n===this.drawn){this.grid?.restyle(J(i),["gaps"]);return}let l=this.grid,h=new L(q(({z:c,x:v,y:Z})=>{let M=c>=B;return`/tiles/gaps/${c}/${v}/${Z}.mvt?by=${M?"cell":r}&${o.toString()}${M?"":"&properties=class"}`}),80);if(h.onAnswer=c=>{c||this.failed()},this.drawn=n,this.grid=new A(h,{paint:J(i),wanted:["gaps"],maxZoom:G,className:"desk-gaps"}).setZIndex(this.order),this.grid.addTo(this.map),l){let c=()=>l.remove();this.grid.once("load",c),setTimeout(c,3e3)}}get cells(){return this.map.getZoom()-1>=B}remove(){this.grid?.remove(),this.grid=void 0,this.drawn=""}},J=d=>(e,t,i)=>{e.setTransform(1,0,0,1,0,0),e.clearRect(0,0,e.canvas.width,e.canvas.height);let s=t.get("gaps");if(!s||s.length===0)return;$(e,i);let o=P(s,U),r=s[0].properties.state!==void 0;for(let n of O){let l=o.get(n.id);if(!l)continue;let h=E(e,R(n,d),i.ratio);typeof h!="string"&&h.setTransform(new DOMMatrix([1/i.scale,0,0,1/i.scale,i.x,i.y])),e.fillStyle=h,e.globalAlpha=r?.62:.85,e.fill(l,"nonzero")}if(e.globalAlpha=1,!(r||i.zoom<9)){e.strokeStyle=d?"#10191d":"#ffffff",e.lineWidth=.8*i.ratio/i.scale;for(let n of o.values())e.stroke(n)}};var W=`.desk { padding: 0 18px 24px; }
.desk:focus { outline: none; }
.desk .tabs { margin: 0 0 10px; overflow-x: auto; scrollbar-width: none; }
.desk .tabs button { flex: 1 0 auto; gap: 6px; padding: 0 9px; font-size: 14px; }
.desk .tabs .pictogram { width: 18px; height: 18px; }
.desk .tabpanel { padding: 4px 0 16px; }
.desk h3 { display: flex; align-items: center; gap: 4px; margin: 16px 0 8px; font-size: 15px; }
.desk-question { padding: 8px 16px 10px; border-radius: var(--radius); background: var(--sunken); }
.desk-sentence { font-size: 16px; line-height: 2.15; }
.desk-sentence select { field-sizing: content; }
.desk-sentence select, .desk-sentence input { max-width: 100%; min-height: 30px; padding: 0 2px 0 6px; border: 0; border-bottom: 2px solid var(--accent); border-radius: 6px 6px 0 0; background: var(--raised); color: var(--accent); font-weight: 600; font-size: 15px; text-overflow: ellipsis; }
.desk-sentence input { width: 7em; margin-right: 4px; }
.desk-link { min-height: 32px; padding: 0; border: 0; background: none; color: var(--accent); font-size: 14px; text-decoration: underline; }
.desk-quiet { color: var(--quiet); font-size: 13px; font-weight: 400; }
.desk-unknown { color: var(--note); font-weight: 600; }
.desk-status .note { margin-top: 10px; }
.desk-status code, .desk code { font: 13px/1.5 ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.desk-trouble { display: grid; gap: 6px; justify-items: start; }
.desk-totals { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1px; margin: 10px 0; border: 1px solid var(--line); border-radius: var(--radius); background: var(--line); overflow: hidden; }
.desk-figure { padding: 8px 12px 10px; background: var(--raised); }
.desk-figure dt { display: flex; align-items: center; justify-content: space-between; color: var(--quiet); font-size: 14px; }
.desk-figure dd { font-variant-numeric: tabular-nums; line-height: 1.35; }
.desk-figure strong { font-size: 22px; letter-spacing: -0.01em; }
.desk-figure dd > span:not(.desk-unknown) { color: var(--quiet); font-size: 14px; }
.desk-info { display: inline-grid; place-items: center; width: 32px; height: 32px; flex: none; margin: -4px -6px -4px 0; padding: 0; border: 0; border-radius: 16px; background: none; color: var(--quiet); }
.desk-info:hover { background: var(--accent-soft); color: var(--accent); }
.desk-compare { margin-bottom: 12px; }
.desk-against { display: grid; gap: 8px; justify-items: start; padding: 12px 16px; border: 1px solid var(--line); border-radius: var(--radius); }
.desk-plain { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
.desk-plain th, .desk-plain td { padding: 4px 14px 4px 0; text-align: right; }
.desk-plain th[scope='row'] { text-align: left; font-weight: 400; color: var(--quiet); }
.desk-stale { opacity: 0.6; }
.desk-table-top { display: flex; flex-wrap: wrap; align-items: center; gap: 12px; margin-bottom: 8px; }
.desk-find { flex: 1; min-width: 160px; min-height: 44px; padding: 0 14px; border: 1px solid var(--line); border-radius: 22px; background: var(--raised); font-size: 15px; }
.desk-count { color: var(--quiet); font-size: 14px; }
.desk-scroll { max-height: min(70dvh, 640px); overflow: auto; border: 1px solid var(--line); border-radius: var(--radius); background: var(--raised); scrollbar-width: thin; }
.desk-table table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: 14px; font-variant-numeric: tabular-nums; }
.desk-table thead th { position: sticky; top: 0; z-index: 2; padding: 0; background: var(--sunken); vertical-align: bottom; }
.desk-table thead button { position: relative; width: 100%; min-height: 44px; padding: 6px 18px 6px 10px; border: 0; background: none; color: var(--text); font-size: 13px; font-weight: 600; line-height: 1.2; text-align: left; }
.desk-table thead .numeric button { text-align: right; }
.desk-table [aria-sort='ascending'] button::after { content: '▲'; }
.desk-table [aria-sort='descending'] button::after { content: '▼'; }
.desk-table thead button::after { position: absolute; right: 4px; bottom: 8px; font-size: 9px; }
.desk-table tbody th, .desk-table tbody td { padding: 7px 10px; border-top: 1px solid var(--line); text-align: left; font-weight: 400; white-space: nowrap; }
.desk-table th:first-child { position: sticky; left: 0; z-index: 1; max-width: 220px; background: var(--raised); white-space: normal; }
.desk-table thead th:first-child { z-index: 3; background: var(--sunken); }
.desk-table .numeric { text-align: right; }
.desk-table tbody .desk-quiet { display: block; line-height: 1.2; }
.desk-table tbody tr { cursor: pointer; }
.desk-table tbody tr:hover > *, .desk-table tbody tr[aria-selected='true'] > * { background: var(--accent-soft); }
.desk-table tbody tr:focus-visible { outline-offset: -3px; }
.desk-class { display: inline-flex; align-items: center; gap: 8px; }
.desk-swatch { width: 24px; height: 16px; flex: none; border-radius: 3px; }
.desk-legend { position: absolute; left: 16px; bottom: 28px; z-index: 900; padding: 8px; border-radius: var(--radius); background: var(--raised); box-shadow: var(--shadow); font-size: 14px; }
.desk-legend button { display: grid; grid-template-columns: auto 1fr auto minmax(6em, auto); align-items: center; gap: 10px; width: 100%; min-height: 36px; padding: 2px 10px; border: 0; border-radius: 10px; background: none; text-align: left; font-variant-numeric: tabular-nums; }
.desk-legend button:hover { background: var(--sunken); }
.desk-legend button[aria-pressed='true'] { background: var(--accent-soft); box-shadow: inset 0 0 0 2px var(--accent); }
.desk-legend strong, .desk-legend button .desk-quiet { text-align: right; }
.desk-legend p { padding: 4px 10px 2px; max-width: 300px; }
.desk-card .actions { padding-bottom: 8px; }
.desk-row-facts { padding: 10px 0; }
.desk-operators { display: grid; gap: 8px; }
.desk-operators > li { padding: 10px 14px; border: 1px solid var(--line); border-radius: 12px; background: var(--raised); }
.desk-operator { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; justify-content: space-between; }
.desk-why-text { margin-top: 4px; font-size: 14px; }
.desk-state { display: inline-flex; align-items: center; gap: 6px; font-weight: 600; font-size: 14px; }
.desk-state .dot { width: 12px; height: 12px; border-radius: 6px; border: 2px solid #7b8487; }
.desk-state[data-state='covered'] .dot { border-color: #1c7f78; background: #1c7f78; }
.desk-state[data-state='not covered'] .dot { border-radius: 2px; border-color: #b23a1e; background: #b23a1e; }
.desk-tests { display: grid; gap: 4px; font-size: 14px; }
.desk-operator-more summary { min-height: 36px; padding: 8px 0; color: var(--accent); font-weight: 600; font-size: 14px; cursor: pointer; }
.desk-profile { margin: 4px 0 0; }
.desk-profile svg { display: block; width: 100%; height: auto; }
.desk-profile text { fill: var(--quiet); font-size: 12px; }
.desk-profile .grid { stroke: var(--line); }
.desk-profile .ground { fill: #b9a98a; stroke: #6d5f45; stroke-width: 1.5; }
.desk-profile .zone { fill: #2f67a3; fill-opacity: 0.16; }
.desk-profile .sight { fill: none; stroke: #2f67a3; stroke-width: 2; stroke-dasharray: 6 4; }
.desk-profile line.ridge { stroke: #b23a1e; stroke-width: 2.5; }
.desk-profile circle.ridge { fill: #b23a1e; stroke: #fff; stroke-width: 2; }
.desk-profile figcaption { margin-top: 6px; font-size: 13px; color: var(--quiet); }
.desk-profile figcaption strong { color: var(--text); }
.desk-divider { position: absolute; top: 0; bottom: 0; z-index: 850; width: 44px; margin-left: -22px; cursor: ew-resize; touch-action: none; }
.desk-divider::before { content: ''; position: absolute; left: 20px; top: 0; bottom: 0; width: 4px; background: var(--raised); box-shadow: 0 0 0 1px rgb(31 43 48 / 45%); }
.desk-divider-grip { position: absolute; left: 2px; top: 45%; width: 40px; height: 40px; border-radius: 20px; background: var(--raised); box-shadow: var(--shadow); }
.desk-divider-grip::after { content: '⇆'; display: grid; place-items: center; height: 100%; font-size: 18px; color: var(--accent); }
.desk-dialog { width: min(640px, calc(100vw - 24px)); max-height: 84dvh; padding: 18px 22px 24px; border: 0; border-radius: 18px; background: var(--paper); color: var(--text); box-shadow: var(--shadow); }
.desk-dialog::backdrop { background: rgb(15 24 28 / 45%); }
.desk-dialog-head { display: flex; align-items: center; justify-content: space-between; gap: 12px; margin-bottom: 8px; }
.desk-dialog h2 { font-size: 19px; line-height: 1.25; }
.desk-dialog .facts { margin-top: 10px; }
.desk-dialog .facts div { grid-template-columns: 30% 1fr; }
.desk-dialog .facts dt, .desk-dialog .facts dd { font-size: 14px; }
.desk-exports .actions { padding-bottom: 0; }
.desk a.button { text-decoration: none; }
@media (prefers-color-scheme: dark) {
  .desk-profile .ground { fill: #5b523f; stroke: #b9a98a; }
  .desk-profile .sight { stroke: #8fbcf0; }
  .desk-profile .zone { fill: #8fbcf0; }
  .desk-state[data-state='covered'] .dot { border-color: #6fcac2; background: #6fcac2; }
  .desk-state[data-state='not covered'] .dot { border-color: #ff9d85; background: #ff9d85; }
}
@media (max-width: 760px) {
  .desk { padding: 0 14px 24px; }
  .desk-sentence { font-size: 16px; line-height: 2.3; }
  .desk-sentence select { min-height: 36px; }
  .desk-totals { grid-template-columns: 1fr 1fr; }
  .desk-figure { padding: 8px 10px; }
  .desk-figure strong { font-size: 19px; }
  .desk-legend { position: static; margin-top: 10px; padding: 4px; box-shadow: none; border: 1px solid var(--line); }
  .desk-legend p { max-width: none; }
  .desk-table th:first-child { max-width: 130px; }
}
@media print {
  html, body { height: auto; overflow: visible; }
  body.planning { display: block; }
  .stage, .top, .handle, .desk .tabs, .desk-compare, .desk-foot, .desk-find, .desk-info { display: none !important; }
  .panel, .panel-body, .desk-scroll { position: static; max-height: none; height: auto; overflow: visible; }
  .desk-table table { font-size: 10px; }
  .desk-table thead th, .desk-table th:first-child { position: static; }
}
`;var z=12,x=class extends C{constructor(){super("desk-spots");a(this,"spots",[]);a(this,"chosen",-1)}show(t,i=-1){this.spots=t,this.chosen=i,this.redraw()}at(t,i,s=z+4){let o=t.latLngToLayerPoint([i.lat,i.lon]);return this.spots.findIndex(r=>t.latLngToLayerPoint([r.lat,r.lon]).distanceTo(o)<=s)}get blank(){return this.spots.length===0}draw(t,i){t.textAlign="center",t.textBaseline="middle",[...this.spots].map((s,o)=>({spot:s,i:o})).reverse().forEach(({spot:s,i:o})=>{let{x:r,y:n}=i.latLngToLayerPoint([s.lat,s.lon]),l=o===this.chosen?z+4:z;t.beginPath(),t.arc(r,n,l,0,2*Math.PI),t.fillStyle=s.colour,t.fill(),t.lineWidth=o===this.chosen?4:2,t.strokeStyle="#fff",t.stroke(),t.fillStyle="#fff",t.font="700 12px system-ui, sans-serif",t.fillText(s.gone?"×":s.text,r,n+.5)})}};var b=class{constructor(e,t,i,s){a(this,"map",e);a(this,"left",t);a(this,"right",i);a(this,"handle",p("div",{class:"desk-divider",role:"slider",tabindex:"0","aria-valuemin":"0","aria-valuemax":"100","aria-orientation":"horizontal"},p("span",{class:"desk-divider-grip","aria-hidden":"true"})));a(this,"part",.5);a(this,"follow",()=>this.draw());this.handle.setAttribute("aria-label",s),this.handle.addEventListener("keydown",o=>{let r={ArrowLeft:-.02,ArrowRight:.02,PageDown:-.1,PageUp:.1,Home:-1,End:1}[o.key];r&&(o.preventDefault(),o.stopPropagation(),this.put(this.part+r))});for(let o of["click","dblclick","mousedown","touchstart"])this.handle.addEventListener(o,r=>r.stopPropagation());this.handle.addEventListener("pointerdown",o=>{o.preventDefault(),o.stopPropagation(),this.handle.focus(),this.handle.setPointerCapture(o.pointerId);let r=l=>{let h=e.getContainer().getBoundingClientRect();this.put((l.clientX-h.left)/h.width)},n=()=>this.handle.removeEventListener("pointermove",r);this.handle.addEventListener("pointermove",r),this.handle.addEventListener("pointerup",n,{once:!0}),this.handle.addEventListener("pointercancel",n,{once:!0})}),e.getContainer().append(this.handle),e.on("move zoom moveend zoomend resize viewreset layeradd",this.follow),this.draw()}draw(){let e=this.map.getSize(),t=this.map.containerPointToLayerPoint([0,0]),i=this.map.containerPointToLayerPoint(e),s=t.x+e.x*this.part,o=(r,n)=>`polygon(${r}px ${t.y}px, ${n}px ${t.y}px, ${n}px ${i.y}px, ${r}px ${i.y}px)`;for(let[r,n,l]of[[this.left,t.x,s],[this.right,s,i.x]])r.container&&(r.container.style.clipPath=o(n,l));this.handle.style.left=`${Math.round(e.x*this.part)}px`,this.handle.setAttribute("aria-valuenow",String(Math.round(this.part*100)))}remove(){this.map.off("move zoom moveend zoomend resize viewreset layeradd",this.follow),this.handle.remove();for(let{container:e}of[this.left,this.right])e&&(e.style.clipPath="")}put(e){this.part=Math.min(.98,Math.max(.02,e)),this.draw()}};var K={gaps:"M3 17V9M8 17V5M13 17v-6M18 17V3",reconcile:"M4 7h9l-3-3M16 13H7l3 3",scenarios:"M10 18V9M6 5a5 5 0 0 0 0 7M14 5a5 5 0 0 1 0 7M10 8.5h.1",sites:"M10 18s6-5.5 6-10a6 6 0 0 0-12 0c0 4.5 6 10 6 10zM10 6v4M8 8h4",priorities:"M4 5h12M4 10h8M4 15h4"},Y={gaps:"panelGaps",reconcile:"panelReconcile",scenarios:"panelScenarios",sites:"panelSites",priorities:"panelPriorities"},Ce=(d,e)=>new S(d,e),S=class{constructor(e,t){a(this,"frame",e);a(this,"context",t);a(this,"state");a(this,"answer");a(this,"against");a(this,"error");a(this,"loading",!1);a(this,"spots",new x);a(this,"map");a(this,"other");a(this,"swipe");a(this,"tabs");a(this,"question",p("section",{class:"desk-question"}));a(this,"card",p("article",{class:"desk-card",hidden:!0}));a(this,"legend",p("aside",{class:"desk-legend"}));a(this,"sheet",new CSSStyleSheet);a(this,"panel");a(this,"request");a(this,"explaining");a(this,"written","");a(this,"redraw",()=>this.renderMap());a(this,"replace",()=>this.placeLegend());this.state=y(t.store.state.desk),this.sheet.replaceSync(W),document.adoptedStyleSheets=[...document.adoptedStyleSheets,this.sheet];let i=()=>t.announce(this.say("mapFailed"),!0);this.map=new u(t.view.map,3,i),this.other=new u(t.view.map,4,i),this.tabs=new T(F.map(s=>({id:s,icon:K[s]})),s=>{e.sheet.reveal(),this.set({panel:s,at:""})}),e.desk.replaceChildren(this.tabs.bar,this.question,this.card,...this.tabs.panels.values()),this.placeLegend(),g.addEventListener("change",this.replace),this.spots.addTo(t.view.map),t.view.map.on("zoomend",this.redraw),f.addEventListener("change",this.redraw),e.sheet.reveal();for(let s of["villages","coverage","towers"])t.attributes.load(s).then(()=>this.renderQuestion());this.open(),this.render(),this.state.at&&this.explain()}get say(){return N(this.context.store.state.language)}get language(){return this.context.store.state.language}set(e){let t=this.state;this.state={...t,...e},this.written=V(this.state),this.context.store.set({desk:this.written}),this.changed(t)}ask(e){this.set({question:{...this.state.question,...e}})}follow(e){if(e===this.written)return;let t=this.state;this.state=y(e),this.written=e,this.changed(t)}point(e){this.panel?.point?.(e)||(this.frame.sheet.reveal(),this.set({at:`${e.lon.toFixed(6)},${e.lat.toFixed(6)}`}))}render(){this.renderQuestion(),this.tabs.bar.setAttribute("aria-label",this.say("panels"));for(let[e,t]of Object.entries(Y))this.tabs.label(e,this.say(t));this.panel?.render(),this.load(),this.state.at&&this.explain()}close(){this.request?.abort(),this.explaining?.abort(),this.panel?.close(),this.swipe?.remove(),this.map.remove(),this.other.remove(),this.spots.remove(),this.legend.remove(),this.context.view.map.off("zoomend",this.redraw),f.removeEventListener("change",this.redraw),g.removeEventListener("change",this.replace),this.context.view.hover(void 0),document.adoptedStyleSheets=document.adoptedStyleSheets.filter(e=>e!==this.sheet),this.frame.desk.replaceChildren()}load(){this.request?.abort();let e=this.request=new AbortController,{question:t,against:i}=this.state;this.loading=!0,this.panel?.render(),this.renderMap();let s=o=>`/api/coverage/gaps?${m(o)}&limit=10000`;Promise.all([w(s(t),{signal:e.signal}),i&&w(s({...t,...i}),{signal:e.signal})]).then(([o,r])=>{[this.answer,this.against,this.error]=[o,r,void 0],this.settled()}).catch(o=>{e.signal.aborted||H(o)||(this.error=o,this.settled())})}settled(){this.loading=!1,this.renderMap(),this.panel?.render()}changed(e){let{state:t}=this;t.panel!==e.panel&&this.open(),JSON.stringify([t.question,t.against])!==JSON.stringify([e.question,e.against])?(this.renderQuestion(),this.load(),t.at&&this.explain()):this.panel?.render(),t.classes!==e.classes&&this.renderMap(),t.at!==e.at&&this.explain()}open(){let{panel:e}=this.state;this.panel?.close(),this.panel=void 0,this.spots.show([]),this.tabs.choose(e);let t=this.tabs.panels.get(e);t.childElementCount===0&&t.replaceChildren(p("p",{class:"loading",role:"status"},this.say("loading")));let i={gaps:()=>import("./gaps-panel-Q7W7SIMR.js").then(s=>s.gapsPanel)}[e];i().then(s=>{this.state.panel!==e||this.panel||(t.replaceChildren(),this.panel=s(this,t),this.panel.render())})}renderQuestion(){let{say:e,state:t}=this,i=document.activeElement?.id;this.question.setAttribute("aria-label",e("question"));let s=o=>this.ask(o);this.question.replaceChildren(I(e("sentence"),this.context,e,t.question,"q",s)),JSON.stringify(t.question)!==JSON.stringify(k)&&this.question.append(p("button",{type:"button",class:"desk-link",onclick:()=>this.set({question:k})},e("reset"))),i?.startsWith("q-")&&document.getElementById(i)?.focus()}renderMap(){let{state:e,context:t}=this,{version:i}=t.app();this.map.show(e.question,i,f.matches),e.against?(this.other.show({...e.question,...e.against},i,f.matches),this.swipe??(this.swipe=new b(t.view.map,this.map,this.other,this.say("divider"))),this.swipe.draw()):this.swipe&&(this.swipe.remove(),this.swipe=void 0,this.other.remove()),j(this.legend,this.answer?.rows??[],e.classes,this.map.cells,s=>this.set({classes:s}),this.say,this.language)}placeLegend(){g.matches?this.question.after(this.legend):this.frame.stage.append(this.legend)}explain(){this.explaining?.abort();let{at:e}=this.state,t=e!=="";if(this.card.hidden=!t,this.question.hidden=t,this.legend.hidden=t&&g.matches,this.tabs.bar.hidden=t,this.tabs.panels.get(this.state.panel).hidden=t,!t){this.card.replaceChildren(),this.context.view.select(void 0);return}let[i=0,s=0]=e.split(",").map(Number),o=this.explaining=new AbortController;import("./why-6T4UXVOD.js").then(({renderWhy:r})=>r(this.card,{place:{lon:i,lat:s},question:this.state.question,row:n=>this.answer?.rows.find(l=>l.code===n),say:this.say,language:this.language,signal:o.signal,close:()=>this.set({at:""}),openVillage:n=>this.context.open("villages",n),addTower:()=>this.set({panel:"scenarios",at:""})})).then(r=>{o.signal.aborted||(r?.village&&this.context.view.select({collection:"villages",id:r.village.code}),document.getElementById("desk-why")?.focus({preventScroll:!0}),this.frame.sheet.body.scrollTop=0)})}},Ee=(d,e,t)=>p("button",{type:"button",class:"button",onclick:t},D(d),e);export{S as Desk,Ee as action,Ce as openDesk};
