(function(){function e(e,t){return e.replace(/\{(\w+)\}/g,(e,n)=>String(t[n]??e))}var t={label:`A question?`,open:`Open the chat with the Qu\u00e9bec ville \u00e9tudes assistant`,close:`Close the chat`,unread:`{count} new messages`,unreadOne:`1 new message`,failed:`The chat could not open. Check your connection, then try again.`},n={label:`Une question?`,open:`Ouvrir la discussion avec l\u2019assistant de Qu\u00e9bec ville \u00e9tudes`,close:`Fermer la discussion`,unread:`{count} nouveaux messages`,unreadOne:`1 nouveau message`,failed:`La discussion n\u2019a pas pu s\u2019ouvrir. V\u00e9rifiez votre connexion, puis r\u00e9essayez.`},r=class{#e=new Map;add(e,t){let n=this.#e.get(e)??new Set;return this.#e.set(e,n.add(t)),()=>n.delete(t)}tell(e,t){for(let n of this.#e.get(e)??[])try{n(t)}catch(e){reportError(e)}}},i=`quebec-ville-etudes:ready`,a=new Map;function o(e,t){let{trustedTypes:n}=globalThis;if(!n)return t;let r=e=>e,i=a.get(e)??n.createPolicy(e,{createHTML:r,createScriptURL:r});return a.set(e,i),e===`quebec-ville-etudes`?i.createScriptURL(t):i.createHTML(t)}function s(e,t){return new Promise((n,r)=>{let a=document.createElement(`script`);a.addEventListener(i,e=>n(e.detail),{once:!0}),a.addEventListener(`load`,()=>a.remove()),a.addEventListener(`error`,()=>{a.remove(),r(Error(`could not load ${e}`))}),t&&(a.nonce=t),a.async=!0,a.src=o(`quebec-ville-etudes`,e),document.head.append(a)})}var c=`http://www.w3.org/2000/svg`;function l(){return d(`chat`,`M12 3C6.9 3 3 6.4 3 10.7c0 2.4 1.2 4.5 3.1 5.9-.1 1.2-.6 2.4-1.4 3.4-.2.3 0 .8.4.7 2-.2 3.8-1 5.1-2.2.6.1 1.2.1 1.8.1 5.1 0 9-3.4 9-7.8S17.1 3 12 3Z M8 9.5h8 M8 12.8h5`)}function u(){return d(`close`,`M6 9l6 6 6-6`)}function d(e,t){let n=document.createElementNS(c,`svg`);n.setAttribute(`viewBox`,`0 0 24 24`),n.setAttribute(`class`,`icon ${e}`),n.setAttribute(`aria-hidden`,`true`);let r=document.createElementNS(c,`path`);return r.setAttribute(`d`,t),n.append(r),n}var f=`
  --qve-primary: #0b3a82;
  --qve-primary-strong: #082a60;
  --qve-on-primary: #ffffff;
  --qve-header: #0b2f6b;
  --qve-header-end: #14539f;
  --qve-on-header: #ffffff;
  --qve-accent: #a83c0c;
  --qve-on-accent: #ffffff;
  --qve-surface: #ffffff;
  --qve-surface-soft: #f3f6fb;
  --qve-text: #16213a;
  --qve-text-soft: #535f7a;
  --qve-line: #d9e0ec;
  --qve-line-strong: #7b879f;
  --qve-bot: #eef3fb;
  --qve-person: #0b3a82;
  --qve-on-person: #ffffff;
  --qve-adviser: #fdf0e6;
  --qve-adviser-line: #e6b48c;
  --qve-danger: #a3172b;
  --qve-shadow: 0 18px 48px rgb(9 26 60 / .26), 0 2px 8px rgb(9 26 60 / .14);
  color-scheme: light !important;
`,p=`
  --qve-primary: #8db8ff;
  --qve-primary-strong: #b5d0ff;
  --qve-on-primary: #0a1934;
  --qve-header: #0c2350;
  --qve-header-end: #123c7a;
  --qve-on-header: #ffffff;
  --qve-accent: #ffae78;
  --qve-on-accent: #2a1203;
  --qve-surface: #0f172a;
  --qve-surface-soft: #172239;
  --qve-text: #e9eef8;
  --qve-text-soft: #aab6ce;
  --qve-line: #2a3855;
  --qve-line-strong: #7486a8;
  --qve-bot: #1b2842;
  --qve-person: #1d4f9f;
  --qve-on-person: #ffffff;
  --qve-adviser: #33261d;
  --qve-adviser-line: #8a5f3f;
  --qve-danger: #ff9aa6;
  --qve-shadow: 0 18px 48px rgb(0 0 0 / .6), 0 0 0 1px rgb(255 255 255 / .08);
  color-scheme: dark !important;
`,m=`
:host {
  ${f}
  --qve-radius: 1.1em;
  --qve-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif;
  --qve-right: 1.25em;
  --qve-bottom: 1.25em;
  /* Important, and inside: whatever a rule of the page says of every element, it does not reach here. Variables do. */
  all: initial !important;
  position: fixed !important;
  z-index: 2147483000 !important;
  right: max(var(--qve-right), env(safe-area-inset-right)) !important;
  bottom: max(var(--qve-bottom), env(safe-area-inset-bottom)) !important;
  display: flex !important;
  flex-direction: column !important;
  align-items: flex-end !important;
  gap: .75em !important;
  max-width: calc(100vw - 2.5em) !important;
  font: medium/1.5 var(--qve-font) !important;
  color: var(--qve-text) !important;
}
:host([hidden]) { display: none !important; }
@media (prefers-color-scheme: dark) { :host(:not([data-theme="light"])) { ${p} } }
:host([data-theme="dark"]) { ${p} }
button {
  position: relative;
  display: inline-flex;
  align-items: center;
  gap: .6em;
  box-sizing: border-box;
  min-width: 3.5em;
  min-height: 3.5em;
  padding: 0 1.25em 0 1em;
  border: 2px solid transparent;
  border-radius: 999px;
  background: linear-gradient(135deg, var(--qve-header), var(--qve-header-end));
  color: var(--qve-on-header);
  font: 600 1em/1.2 var(--qve-font);
  cursor: pointer;
  box-shadow: 0 6px 20px rgb(9 26 60 / .32), 0 0 0 1px rgb(255 255 255 / .14);
  transition: transform .15s ease, box-shadow .15s ease;
}
button:hover { transform: translateY(-2px); box-shadow: 0 10px 26px rgb(9 26 60 / .4), 0 0 0 1px rgb(255 255 255 / .2); }
button:focus-visible { outline: 3px solid var(--qve-accent); outline-offset: 3px; }
button[aria-busy] .icon { animation: beat 1s ease-in-out infinite alternate; }
.icon { width: 1.6em; height: 1.6em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.close, :host([data-open]) .chat, :host([data-open]) .label { display: none; }
:host([data-open]) .close { display: block; }
:host([data-open]) button { padding: 0; justify-content: center; }
.badge {
  position: absolute;
  top: -.5em;
  right: -.25em;
  min-width: 1.1em;
  padding: .1em .35em;
  border-radius: 999px;
  background: var(--qve-accent);
  color: var(--qve-on-accent);
  border: 2px solid var(--qve-surface);
  font-size: .8em;
  text-align: center;
}
.badge[hidden], :host([data-page][data-open]) button { display: none; }
.alert { margin: 0; max-width: 20em; padding: .75em 1em; border-radius: .75em; background: var(--qve-surface); color: var(--qve-text); border: 1px solid var(--qve-line); box-shadow: var(--qve-shadow); }
.alert:empty { display: none; }
@keyframes beat { to { opacity: .45; transform: scale(.92); } }
@media (max-width: 600px) {
  :host { --qve-right: 1em; --qve-bottom: 1em; }
  .label { display: none; }
  button { padding: 0; justify-content: center; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } button:hover { transform: none; } }
@media (forced-colors: active) { button { border-color: ButtonText; background: ButtonFace; } .badge { border-color: Canvas; } }
@media print { :host { display: none !important; } }
`;function h(e){if(`adoptedStyleSheets`in e){let t=new CSSStyleSheet;t.replaceSync(m),e.adoptedStyleSheets=[t]}else{let t=document.createElement(`style`);t.textContent=m,e.append(t)}}var g=20,_=[0,0,0],v=[1,1,1];function y(e){let[,t,n=``]=/^(rgba?|color)\(\s*(?:srgb )?([^)]+)\)$/.exec(e.trim())??[],r=n.split(/[\s,/]+/).slice(0,3).map(Number);if(!t||r.length<3||r.some(Number.isNaN))return null;let[i=0,a=0,o=0]=r.map(e=>Math.min(1,Math.max(0,t===`color`?e:e/255)));return[i,a,o]}function b(e,t){let[n=1,r=1]=[w(e),w(t)].sort((e,t)=>t-e);return(n+.05)/(r+.05)}function x(e,t,n){let r=e=>Math.min(...t.map(t=>b(e,t)));if(r(e)>=n)return e;for(let t=1;t<=g;t+=1)for(let i of[_,v]){let a=C(e,i,t/g);if(r(a)>=n)return a}return r(_)>r(v)?_:v}function S(e){return`rgb(${e.map(e=>Math.round(e*255)).join(` `)})`}function C(e,t,n){let[r,i,a]=e.map((e,r)=>e+((t[r]??0)-e)*n);return[r,i,a]}function w(e){let[t=0,n=0,r=0]=e.map(e=>e<=.04045?e/12.92:((e+.055)/1.055)**2.4);return .2126*t+.7152*n+.0722*r}var T=[[`text`,[`surface`,`surface-soft`,`bot`,`adviser`],4.5],[`text-soft`,[`surface`,`surface-soft`,`adviser`],4.5],[`primary`,[`surface`,`surface-soft`,`bot`,`adviser`],4.5],[`accent`,[`surface`,`adviser`],4.5],[`danger`,[`surface`],4.5],[`line-strong`,[`surface`],3],[`on-primary`,[`primary`,`primary-strong`],4.5],[`on-header`,[`header`,`header-end`],5.5],[`on-accent`,[`accent`],4.5],[`on-person`,[`person`],4.5]],E=class{#e=new CSSStyleSheet;#t=document.createElement(`i`);constructor(e){e.adoptedStyleSheets=[...e.adoptedStyleSheets,this.#e],this.#t.hidden=!0,e.append(this.#t),matchMedia(`(prefers-color-scheme: dark)`).addEventListener(`change`,()=>this.correct()),new MutationObserver(()=>this.correct()).observe(e.host,{attributeFilter:[`style`,`class`,`data-theme`]})}correct(){this.#e.replaceSync(``);let e=new Map,t=t=>(e.has(t)||e.set(t,this.#n(t)),e.get(t)??null),n=``;for(let[r,i,a]of T){let o=t(r),s=i.map(t).filter(e=>e!==null);if(!o||!s.length)continue;let c=x(o,s,a);c!==o&&(e.set(r,c),n+=`--qve-${r}: ${S(c)} !important;`)}n&&this.#e.replaceSync(`:host { ${n} }`)}#n(e){let t=`var(--qve-${e})`;return this.#t.style.color=t,this.#t.style.color=`color-mix(in srgb, ${t}, ${t})`,y(getComputedStyle(this.#t).color)}},D=class{setting;#e;#t=document.createElement(`quebec-ville-etudes`);#n=this.#t.attachShadow({mode:`open`});#r=document.createElement(`button`);#i=document.createElement(`span`);#a=document.createElement(`span`);#o=document.createElement(`p`);#s=new r;#c=null;#l=null;#u=0;constructor(e){this.setting=e,this.#e=e.language===`en`?t:n,this.#t.lang=e.language,e.theme&&(this.#t.dataset.theme=e.theme),this.#t.toggleAttribute(`data-page`,e.isPage),this.#d()}show(){let{isPage:e}=this.setting;if((e&&document.querySelector(`main`)||document.body).append(this.#t),`adoptedStyleSheets`in this.#n){let e=new E(this.#n);requestAnimationFrame(()=>e.correct())}e&&this.#m(e=>e.open())}api(){return{open:()=>void this.#m(e=>e.open()),close:()=>this.#l?.close(),ask:e=>void this.#m(t=>t.ask(String(e))),on:(e,t)=>this.#s.add(e,t)}}#d(){h(this.#n),this.#r.type=`button`,this.#i.className=`label`,this.#i.textContent=this.#e.label,this.#a.className=`badge`,this.#a.hidden=!0,this.#o.className=`alert`,this.#o.setAttribute(`role`,`alert`),this.#r.append(l(),u(),this.#i,this.#a),this.#n.append(this.#o,this.#r),this.#_();for(let e of[`pointerenter`,`focus`])this.#r.addEventListener(e,()=>this.#p(),{once:!0});this.#r.addEventListener(`click`,()=>void this.#f())}#f(){this.#l?.isOpen?this.#l.close():this.#m(e=>e.open())}#p(){return this.#c??=s(this.setting.script,this.setting.nonce),this.#c.catch(()=>this.#c=null),this.#c}async#m(e){this.#o.textContent=``,this.#r.setAttribute(`aria-busy`,`true`);try{let t=await this.#p();this.#l??=t(this.#h()),e(this.#l)}catch{this.#o.textContent=this.#e.failed}finally{this.#r.removeAttribute(`aria-busy`)}}#h(){let{origin:e,language:t,topic:n,campaign:r,isPage:i}=this.setting;return{root:this.#n,origin:e,language:t,topic:n,campaign:r,isPage:i,tell:(e,t)=>this.#g(e,t)}}#g(e,t){e===`unread`&&(this.#u=t),this.#_(),this.#s.tell(e,t)}#_(){let t=this.#l?.isOpen??!1,{open:n,close:r,label:i,unread:a,unreadOne:o}=this.#e,s=this.#u>99?`99+`:String(this.#u),c=this.#u===1?o:e(a,{count:s});this.#t.toggleAttribute(`data-open`,t),this.#r.setAttribute(`aria-expanded`,String(t)),this.#r.setAttribute(`aria-haspopup`,`dialog`),this.#r.setAttribute(`aria-label`,t?r:`${i} ${n}${this.#u?`. ${c}`:``}`),this.#a.hidden=!this.#u||t,this.#a.textContent=s}};function O(){let e=document.currentScript;return e instanceof HTMLScriptElement?e:document.querySelector(`script[src*="/widget.js"]`)}function k(e){document.body?e():document.addEventListener(`DOMContentLoaded`,e,{once:!0})}function A(e){let{lang:t,topic:n,campaign:r,theme:i,display:a}=e.dataset,o=a===`page`,s=new URLSearchParams(o?location.search:``),c=new D({language:t?.toLowerCase().startsWith(`en`)?`en`:`fr`,script:new URL(`chat.js`,e.src).href,nonce:e.nonce,origin:new URL(e.src).origin,topic:s.get(`topic`)??n??null,campaign:s.get(`campaign`)??r??null,theme:i??null,isPage:o});window.QuebecVilleEtudes=c.api(),k(()=>c.show())}var j=O();j?.src&&!window.QuebecVilleEtudes&&A(j)})();