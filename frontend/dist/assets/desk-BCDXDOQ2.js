import{a as I,b as N}from"./chunk-EZQLHPET.js";import{a as T,c as R,d as O,f as j}from"./chunk-U7SBENCS.js";import{a as b,b as F,c as v,d as Q,e as m}from"./chunk-IJU7VIYP.js";import{e as V,f as y,g as H}from"./chunk-ZV4OIYPW.js";import"./chunk-NEDCNARV.js";import{d as l,f as E,p as A}from"./chunk-2WOCUOH7.js";import{C as q,D as P,F as L,I as C,J as $,M as D,P as f,R as B,y as M}from"./chunk-IN6ZIHV4.js";import{b as r,x as g}from"./chunk-WGBX5C2V.js";var J=12,K=14,Z=({properties:d})=>String(d.class??O[String(d.state)]??""),x=class{constructor(t,e,s){r(this,"map",t);r(this,"order",e);r(this,"failed",s);r(this,"grid");r(this,"drawn","")}get container(){return this.grid?.getContainer()??null}show(t,e,s,i){let a=m(t);a.delete("by"),a.set("v",e.slice(0,16));let o=t.by==="district"?"district":"village",n=`${o}?${a.toString()}${i?"#":""}`;if(n===this.drawn){this.grid?.restyle(W(s,i),["gaps"]);return}let p=this.grid,c=new D(B(({z:h,x:U,y:X})=>{let S=!i&&h>=J;return`/tiles/gaps/${h}/${U}/${X}.mvt?by=${S?"cell":o}&${a.toString()}${S?"":"&properties=class"}`}),80);if(c.onAnswer=h=>{h||this.failed()},this.drawn=n,this.grid=new $(c,{paint:W(s,i),wanted:["gaps"],maxZoom:K,className:"desk-gaps"}).setZIndex(this.order),this.grid.addTo(this.map),p){let h=()=>p.remove();this.grid.once("load",h),setTimeout(h,3e3)}}get cells(){return this.map.getZoom()-1>=J}remove(){this.grid?.remove(),this.grid=void 0,this.drawn=""}},W=(d,t)=>(e,s,i)=>{e.setTransform(1,0,0,1,0,0),e.clearRect(0,0,e.canvas.width,e.canvas.height);let a=s.get("gaps");if(!a||a.length===0)return;C(e,i);let o=t?Y(a,t):q(a,Z),n=a[0].properties.state!==void 0;for(let p of T){let c=o.get(p.id);if(!c)continue;let h=L(e,R(p,d),i.ratio);typeof h!="string"&&h.setTransform(new DOMMatrix([1/i.scale,0,0,1/i.scale,i.x,i.y])),e.fillStyle=h,e.globalAlpha=n?.62:.85,e.fill(c,"nonzero")}if(e.globalAlpha=1,!(n||i.zoom<9)){e.strokeStyle=d?"#10191d":"#ffffff",e.lineWidth=.8*i.ratio/i.scale;for(let p of o.values())e.stroke(p)}};function Y(d,t){let e=new Map;for(let s of d){let i=t.get(s.id)??Z(s),a=e.get(i);a||e.set(i,a=new Path2D),P(a,s)}return e}var G=`.desk { padding: 0 18px 24px; }
.desk:focus { outline: none; }
.desk .tabs { margin: 0 0 10px; overflow-x: auto; scrollbar-width: none; }
.desk .tabs button { flex: 1 0 auto; gap: 6px; padding: 0 9px; font-size: 14px; }
.desk .tabs .pictogram { width: 18px; height: 18px; }
.desk .tabpanel { padding: 4px 0 16px; }
.desk .tabpanel h2, .desk h3 { display: flex; align-items: center; gap: 4px; margin: 16px 0 8px; font-size: 15px; }
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
.desk-figure dt { min-height: 36px; line-height: 1.2; }
.desk-figure strong { display: block; font-size: 22px; letter-spacing: -0.01em; }
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
.desk-legend button { display: grid; grid-template-columns: auto 1fr 3.5ch 8.5em; align-items: center; gap: 10px; width: 100%; min-height: 36px; padding: 2px 10px; border: 0; border-radius: 10px; background: none; text-align: left; font-variant-numeric: tabular-nums; }
.desk-legend button:hover { background: var(--sunken); }
.desk-legend button[aria-pressed='true'] { background: var(--accent-soft); box-shadow: inset 0 0 0 2px var(--accent); }
.desk-legend strong, .desk-legend button .desk-quiet { text-align: right; }
.desk-legend p { padding: 4px 10px 2px; max-width: 300px; }
.desk-card .actions { padding-bottom: 8px; }
.desk-row-facts { padding: 10px 0; }
.desk-operators { display: grid; gap: 8px; }
.desk-operators > li { padding: 10px 14px; border: 1px solid var(--line); border-radius: 12px; background: var(--raised); }
.desk-operator { display: grid; grid-template-columns: 1fr 9.5em minmax(0, 15em); gap: 2px 14px; align-items: baseline; }
.desk-operator > :last-child { text-align: right; }
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
.desk-divider { position: absolute; top: 0; bottom: 0; z-index: 790; width: 44px; margin-left: -22px; cursor: ew-resize; touch-action: none; }
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
@media print {
  html, body { height: auto; overflow: visible; }
  body.planning { display: block; }
  .stage, .top, .handle, .desk .tabs, .desk-compare, .desk-foot, .desk-find, .desk-info { display: none !important; }
  .panel, .panel-body, .desk-scroll { position: static; max-height: none; height: auto; overflow: visible; }
  .desk-table table { font-size: 10px; }
  .desk-table thead th, .desk-table th:first-child { position: static; }
}
.desk-about { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin: 6px 0 10px; color: var(--quiet); font-size: 14px; }
.desk-filters { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 12px; }
.desk-filters .button { min-height: 40px; padding: 0 14px; font-size: 14px; }
.desk-filters .button[aria-pressed='true'] { background: var(--accent); border-color: var(--accent); color: var(--paper); }
.desk-check { display: inline-flex; align-items: center; gap: 8px; min-height: 40px; font-size: 14px; }
.desk-check input { width: 20px; height: 20px; margin: 0; accent-color: var(--accent); }
.desk-evidence { display: grid; gap: 2px; min-width: 210px; white-space: normal; font-size: 13px; }
.desk-wrap { display: block; min-width: 130px; white-space: normal; line-height: 1.3; }
.desk-table tbody .desk-wrap .desk-quiet { margin-top: 2px; }
.desk .tabpanel > .actions, .desk-table + .actions { padding-top: 12px; }
.desk-missing { margin: 0 0 10px; }
.desk-progress { display: grid; gap: 6px; font-size: 14px; }
.desk-progress li { display: grid; grid-template-columns: 1fr 40%; gap: 12px; align-items: center; }
.desk-progress meter { width: 100%; height: 16px; }
.desk-sliders { margin: 0 0 12px; padding: 10px 16px 12px; border: 1px solid var(--line); border-radius: var(--radius); display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 2px 24px; }
.desk-sliders legend { padding: 0 6px; font-weight: 600; font-size: 14px; }
.desk-slider { display: grid; grid-template-columns: 1fr 110px 3ch; gap: 10px; align-items: center; min-height: 36px; font-size: 14px; }
.desk-slider input { width: 100%; accent-color: var(--accent); }
.desk-slider output { text-align: right; font-variant-numeric: tabular-nums; }
.desk-way { display: flex; gap: 20px; margin: 0; padding: 0; border: 0; }
.desk-fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 10px 14px; align-items: end; margin: 8px 0 14px; }
.desk-fields label, .desk-towers label, .desk-save label { font-size: 13px; color: var(--quiet); line-height: 1.3; }
.desk-fields input, .desk-towers input, .desk-save input { display: block; width: 100%; min-height: 40px; margin-top: 2px; padding: 0 10px; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); color: var(--text); font-size: 15px; }
.desk-searching { display: flex; flex-wrap: wrap; align-items: center; gap: 12px; margin: 8px 0; }
.desk-searching progress { flex: 1; min-width: 140px; height: 12px; accent-color: var(--accent); }
.desk-certificate { padding: 12px 16px; margin-bottom: 10px; border-radius: var(--radius); background: var(--accent-soft); }
.desk-certificate p:first-child { display: flex; align-items: center; justify-content: space-between; font-size: 17px; }
.desk-towers { display: grid; gap: 8px; margin: 0 0 12px; padding: 0; list-style: none; }
.desk-towers > li { padding: 8px 14px 12px; border: 1px solid var(--line); border-radius: 12px; background: var(--raised); }
.desk-tower-head { display: flex; align-items: center; gap: 10px; }
.desk-tower-head .desk-quiet { flex: 1; }
.desk-save { display: grid; grid-template-columns: 1fr auto; gap: 4px 10px; align-items: end; margin: 4px 0 12px; }
.desk-save label, .desk-save > div { grid-column: 1 / 3; }
.desk-difference { margin: 8px 0 16px; display: grid; gap: 8px; }
.desk-plain td .desk-info { margin: 0; }
.desk-kept { display: grid; gap: 8px; }
.desk-kept li { display: grid; gap: 0; padding: 8px 14px; border: 1px solid var(--line); border-radius: 12px; background: var(--raised); }
.desk-kept-actions { display: flex; flex-wrap: wrap; gap: 16px; }
.desk-compared th, .desk-compared td { padding: 6px 12px; }
.desk-compared thead th { max-width: 160px; white-space: normal; }
.desk .desk-series h3 { margin: 8px 0 4px; font-size: 14px; }
.desk-fields select { display: block; width: 100%; min-height: 40px; margin-top: 2px; padding: 0 8px; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); color: var(--text); font-size: 15px; }
.desk-more { margin: 0 0 12px; padding: 0 16px; border: 1px solid var(--line); border-radius: var(--radius); }
.desk-more[open] { padding-bottom: 12px; }
.desk-more summary { min-height: 44px; padding: 10px 0; font-weight: 600; font-size: 14px; cursor: pointer; }
.desk-areas { display: grid; margin: 0; padding: 0; list-style: none; font-size: 14px; }
.desk-areas li { display: flex; align-items: center; justify-content: space-between; border-top: 1px solid var(--line); }
.desk-drawing { padding: 8px 12px; border-radius: 12px; background: var(--accent-soft); font-size: 14px; }
.desk-drawing .actions { padding-bottom: 0; }
.desk-live { position: relative; }
.desk-live[aria-busy='true']::before { content: ''; position: absolute; inset: -4px 0 auto; height: 3px; border-radius: 2px; background: linear-gradient(90deg, transparent, var(--accent), transparent) 0 0 / 40% 100% no-repeat; animation: desk-wait 1s linear infinite; }
.desk-live[aria-busy='true'] td { color: var(--quiet); }
@keyframes desk-wait { from { background-position: -60% 0; } to { background-position: 160% 0; } }
@media (prefers-reduced-motion: reduce) { .desk-live[aria-busy='true']::before { animation: none; background: var(--accent); } }
.desk-side { position: absolute; top: calc(45% + 52px); max-width: 180px; padding: 4px 10px; border-radius: 10px; background: var(--raised); box-shadow: var(--shadow); font-weight: 600; font-size: 13px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; pointer-events: none; }
.desk-side.left { right: 30px; }
.desk-side.right { left: 30px; }
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
  .desk-fields { grid-template-columns: 1fr 1fr; }
  .desk-operator { grid-template-columns: 1fr auto; }
  .desk-operator > :last-child { grid-column: 1 / 3; text-align: left; }
  .desk-progress li { grid-template-columns: 1fr 30%; }
}
`;var w=12,u=class extends M{constructor(){super("desk-spots");r(this,"spots",[]);r(this,"chosen",-1)}show(e,s=-1){this.spots=e,this.chosen=s,this.redraw()}at(e,s,i=w+4){let a=e.latLngToLayerPoint([s.lat,s.lon]);return this.spots.findIndex(o=>e.latLngToLayerPoint([o.lat,o.lon]).distanceTo(a)<=i)}get blank(){return this.spots.length===0}draw(e,s){e.textAlign="center",e.textBaseline="middle",[...this.spots].map((i,a)=>({spot:i,i:a})).reverse().forEach(({spot:i,i:a})=>{let{x:o,y:n}=s.latLngToLayerPoint([i.lat,i.lon]),p=a===this.chosen?w+4:w;e.beginPath(),e.arc(o,n,p,0,2*Math.PI),e.fillStyle=i.colour,e.fill(),e.lineWidth=a===this.chosen?4:2,e.strokeStyle="#fff",e.stroke(),e.fillStyle="#fff",e.font="700 12px system-ui, sans-serif",e.fillText(i.gone?"×":i.text,o,n+.5)})}};var k=class{constructor(t,e,s,i){r(this,"map",t);r(this,"left",e);r(this,"right",s);r(this,"handle",l("div",{class:"desk-divider",role:"slider",tabindex:"0","aria-valuemin":"0","aria-valuemax":"100","aria-orientation":"horizontal"},l("span",{class:"desk-divider-grip","aria-hidden":"true"})));r(this,"names",[l("span",{class:"desk-side left"}),l("span",{class:"desk-side right"})]);r(this,"part",.5);r(this,"follow",()=>this.draw());this.handle.setAttribute("aria-label",i),this.handle.append(...this.names),this.handle.addEventListener("keydown",a=>{let o={ArrowLeft:-.02,ArrowRight:.02,PageDown:-.1,PageUp:.1,Home:-1,End:1}[a.key];o&&(a.preventDefault(),a.stopPropagation(),this.put(this.part+o))});for(let a of["click","dblclick","mousedown","touchstart"])this.handle.addEventListener(a,o=>o.stopPropagation());this.handle.addEventListener("pointerdown",a=>{a.preventDefault(),a.stopPropagation(),this.handle.focus(),this.handle.setPointerCapture(a.pointerId);let o=p=>{let c=t.getContainer().getBoundingClientRect();this.put((p.clientX-c.left)/c.width)},n=()=>this.handle.removeEventListener("pointermove",o);this.handle.addEventListener("pointermove",o),this.handle.addEventListener("pointerup",n,{once:!0}),this.handle.addEventListener("pointercancel",n,{once:!0})}),t.getContainer().append(this.handle),t.on("move zoom moveend zoomend resize viewreset layeradd",this.follow),this.draw()}name(t,e){[this.names[0].textContent,this.names[1].textContent]=[t,e],this.handle.setAttribute("aria-valuetext",`${t} | ${e}`)}draw(){let t=this.map.getSize(),e=this.map.containerPointToLayerPoint([0,0]),s=this.map.containerPointToLayerPoint(t),i=e.x+t.x*this.part,a=(o,n)=>`polygon(${o}px ${e.y}px, ${n}px ${e.y}px, ${n}px ${s.y}px, ${o}px ${s.y}px)`;for(let[o,n,p]of[[this.left,e.x,i],[this.right,i,s.x]])o.container&&(o.container.style.clipPath=a(n,p));this.handle.style.left=`${Math.round(t.x*this.part)}px`,this.handle.setAttribute("aria-valuenow",String(Math.round(this.part*100)))}remove(){this.map.off("move zoom moveend zoomend resize viewreset layeradd",this.follow),this.handle.remove();for(let{container:t}of[this.left,this.right])t&&(t.style.clipPath="")}put(t){this.part=Math.min(.98,Math.max(.02,t)),this.draw()}};var ee={gaps:"M3 17V9M8 17V5M13 17v-6M18 17V3",reconcile:"M4 7h9l-3-3M16 13H7l3 3",scenarios:"M10 18V9M6 5a5 5 0 0 0 0 7M14 5a5 5 0 0 1 0 7M10 8.5h.1",sites:"M10 18s6-5.5 6-10a6 6 0 0 0-12 0c0 4.5 6 10 6 10zM10 6v4M8 8h4",priorities:"M4 5h12M4 10h8M4 15h4"},te={gaps:"panelGaps",reconcile:"panelReconcile",scenarios:"panelScenarios",sites:"panelSites",priorities:"panelPriorities"},Ae=(d,t)=>new z(d,t),z=class{constructor(t,e){r(this,"frame",t);r(this,"context",e);r(this,"state");r(this,"answer");r(this,"against");r(this,"error");r(this,"loading",!1);r(this,"spots",new u);r(this,"map");r(this,"other");r(this,"swipe");r(this,"tabs");r(this,"question",l("section",{class:"desk-question"}));r(this,"card",l("article",{class:"desk-card",hidden:!0}));r(this,"legend",l("aside",{class:"desk-legend"}));r(this,"sheet",new CSSStyleSheet);r(this,"panel");r(this,"sides");r(this,"request");r(this,"explaining");r(this,"written","");r(this,"redraw",()=>this.renderMap());r(this,"replace",()=>this.placeLegend());this.state=v(e.store.state.desk),this.sheet.replaceSync(G),document.adoptedStyleSheets=[...document.adoptedStyleSheets,this.sheet];let s=()=>e.announce(this.say("mapFailed"),!0);this.map=new x(e.view.map,3,s),this.other=new x(e.view.map,4,s),this.tabs=new A(F.map(i=>({id:i,icon:ee[i]})),i=>{t.sheet.reveal(),this.set({panel:i,at:""})}),t.desk.replaceChildren(this.tabs.bar,this.question,this.card,...this.tabs.panels.values()),this.offer(),this.placeLegend(),g.addEventListener("change",this.replace),this.spots.addTo(e.view.map),e.view.map.on("zoomend",this.redraw),f.addEventListener("change",this.redraw),t.sheet.reveal();for(let i of["villages","coverage","towers"])e.attributes.load(i).then(()=>this.renderQuestion());this.open(),this.render(),this.state.at&&this.explain()}get say(){return I(this.context.store.state.language)}get language(){return this.context.store.state.language}set(t){let e=this.state;this.state={...e,...t},this.written=Q(this.state),this.context.store.set({desk:this.written}),this.changed(e)}ask(t){this.set({question:{...this.state.question,...t}})}option(t){this.set({options:{...this.state.options,...t}})}follow(t){if(t===this.written)return;let e=this.state;this.state=v(t),this.written=t,this.changed(e)}point(t){this.panel?.point?.(t)||(this.frame.sheet.reveal(),this.set({at:`${t.lon.toFixed(6)},${t.lat.toFixed(6)}`}))}render(){this.renderQuestion(),this.tabs.bar.setAttribute("aria-label",this.say("panels"));for(let[t,e]of Object.entries(te))this.tabs.label(t,this.say(e));this.panel?.render(),this.load(),this.state.at&&this.explain()}close(){this.request?.abort(),this.explaining?.abort(),this.panel?.close(),this.swipe?.remove(),this.map.remove(),this.other.remove(),this.spots.remove(),this.legend.remove(),this.context.view.map.off("zoomend",this.redraw),f.removeEventListener("change",this.redraw),g.removeEventListener("change",this.replace),this.context.view.hover(void 0),document.adoptedStyleSheets=document.adoptedStyleSheets.filter(t=>t!==this.sheet),this.frame.desk.replaceChildren()}load(){this.request?.abort();let t=this.request=new AbortController,{question:e,against:s}=this.state;this.loading=!0,this.panel?.render(),this.renderMap();let i=a=>`/api/coverage/gaps?${m(a)}&limit=10000`;Promise.all([y(i(e),{signal:t.signal}),s&&y(i({...e,...s}),{signal:t.signal})]).then(([a,o])=>{[this.answer,this.against,this.error]=[a,o,void 0],this.settled()}).catch(a=>{t.signal.aborted||H(a)||(this.error=a,this.settled())})}overlay(t){this.sides=t,this.renderMap()}settled(){this.loading=!1,this.renderMap(),this.panel?.render()}changed(t){let{state:e}=this;e.panel!==t.panel&&this.open(),JSON.stringify([e.question,e.against])!==JSON.stringify([t.question,t.against])?(this.renderQuestion(),this.load(),e.at&&this.explain()):this.panel?.render(),e.classes!==t.classes&&this.renderMap(),e.at!==t.at&&this.explain()}open(){let{panel:t}=this.state;this.panel?.close(),this.panel=void 0,this.spots.show([]),this.tabs.choose(t);let e=this.tabs.panels.get(t);e.childElementCount===0&&e.replaceChildren(l("p",{class:"loading",role:"status"},this.say("loading")));let s={gaps:()=>import("./gaps-panel-JT2I6CRU.js").then(i=>i.gapsPanel),reconcile:()=>import("./reconcile-panel-K4VLQ4QY.js").then(i=>i.reconcilePanel),scenarios:()=>import("./scenario-panel-YKYN26BB.js").then(i=>i.scenarioPanel),sites:()=>import("./sites-panel-H2NDNZTF.js").then(i=>i.sitesPanel),priorities:()=>import("./priorities-panel-7KHVR6CO.js").then(i=>i.prioritiesPanel)}[t];s().then(i=>{this.state.panel!==t||this.panel||(e.replaceChildren(),this.panel=i(this,e),this.panel.render())})}renderQuestion(){let{say:t,state:e}=this,s=document.activeElement?.id;this.question.setAttribute("aria-label",t("question"));let i=a=>this.ask(a);this.question.replaceChildren(N(t("sentence"),this.context,t,e.question,"q",i)),JSON.stringify(e.question)!==JSON.stringify(b)&&this.question.append(l("button",{type:"button",class:"desk-link",onclick:()=>this.set({question:b})},t("reset"))),s?.startsWith("q-")&&document.getElementById(s)?.focus()}renderMap(){let{state:t,context:e}=this,{version:s}=e.app(),{sides:i}=this;this.map.show(t.question,s,f.matches,i?.left),t.against||i?(this.other.show({...t.question,...i?{}:t.against},s,f.matches,i?.right),this.swipe??(this.swipe=new k(e.view.map,this.map,this.other,this.say("divider"))),this.swipe.name(...i?.names??[this.say("left"),this.say("right")]),this.swipe.draw()):this.swipe&&(this.swipe.remove(),this.swipe=void 0,this.other.remove()),j(this.legend,this.answer?.rows??[],t.classes,this.map.cells,a=>this.set({classes:a}),this.say,this.language)}async offer(){let t=s=>document.getElementById(`tab-${s}`);for(let s of["sites","priorities"])t(s).hidden=!0;let e=await V("/api/openapi").then(s=>s.text(),()=>"");for(let s of["sites","priorities"])t(s)&&(t(s).hidden=!e.includes(`/coverage/${s}`))}placeLegend(){g.matches?this.question.after(this.legend):this.frame.stage.append(this.legend)}explain(){this.explaining?.abort();let{at:t}=this.state,e=t!=="";if(this.card.hidden=!e,this.question.hidden=e,this.legend.hidden=e&&g.matches,this.tabs.bar.hidden=e,this.tabs.panels.get(this.state.panel).hidden=e,!e){this.card.replaceChildren(),this.context.view.select(void 0);return}let[s=0,i=0]=t.split(",").map(Number),a=this.explaining=new AbortController;import("./why-QTNQNNQG.js").then(({renderWhy:o})=>o(this.card,{place:{lon:s,lat:i},question:this.state.question,row:n=>this.answer?.rows.find(p=>p.code===n),say:this.say,language:this.language,signal:a.signal,close:()=>this.set({at:""}),openVillage:n=>this.context.open("villages",n),addTower:n=>this.set({panel:"scenarios",at:"",draft:`${n.lon.toFixed(5)},${n.lat.toFixed(5)},0,0`})})).then(o=>{a.signal.aborted||(o?.village&&this.context.view.select({collection:"villages",id:o.village.code}),document.getElementById("desk-why")?.focus({preventScroll:!0}),this.frame.sheet.body.scrollTop=0)})}},Te=(d,t,e)=>l("button",{type:"button",class:"button",onclick:e},E(d),t);export{z as Desk,Te as action,Ae as openDesk};
