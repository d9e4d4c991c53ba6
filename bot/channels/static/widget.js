(function(){function e(e,t){return e.replace(/\{(\w+)\}/g,(e,n)=>String(t[n]??e))}var t={label:`A question?`,open:`Open the chat with the Qu\u00e9bec ville \u00e9tudes assistant`,close:`Close the chat`,unread:`{count} new messages`,unreadOne:`1 new message`,failed:`The chat could not open. Check your connection, then try again.`},n={label:`Une question?`,open:`Ouvrir la discussion avec l\u2019assistant de Qu\u00e9bec ville \u00e9tudes`,close:`Fermer la discussion`,unread:`{count} nouveaux messages`,unreadOne:`1 nouveau message`,failed:`La discussion n\u2019a pas pu s\u2019ouvrir. V\u00e9rifiez votre connexion, puis r\u00e9essayez.`},r=class{#e=new Map;add(e,t){let n=this.#e.get(e)??new Set;return this.#e.set(e,n.add(t)),()=>n.delete(t)}tell(e,t){for(let n of this.#e.get(e)??[])try{n(t)}catch(e){reportError(e)}}},i=`quebec-ville-etudes:ready`;function a(e,t){return new Promise((n,r)=>{let a=document.createElement(`script`);a.addEventListener(i,e=>n(e.detail),{once:!0}),a.addEventListener(`load`,()=>a.remove()),a.addEventListener(`error`,()=>{a.remove(),r(Error(`could not load ${e}`))}),t&&(a.nonce=t),a.async=!0,a.src=e,document.head.append(a)})}var o=`http://www.w3.org/2000/svg`;function s(){return l(`chat`,`M12 3C6.9 3 3 6.4 3 10.7c0 2.4 1.2 4.5 3.1 5.9-.1 1.2-.6 2.4-1.4 3.4-.2.3 0 .8.4.7 2-.2 3.8-1 5.1-2.2.6.1 1.2.1 1.8.1 5.1 0 9-3.4 9-7.8S17.1 3 12 3Z M8 9.5h8 M8 12.8h5`)}function c(){return l(`close`,`M6 9l6 6 6-6`)}function l(e,t){let n=document.createElementNS(o,`svg`);n.setAttribute(`viewBox`,`0 0 24 24`),n.setAttribute(`class`,`icon ${e}`),n.setAttribute(`aria-hidden`,`true`);let r=document.createElementNS(o,`path`);return r.setAttribute(`d`,t),n.append(r),n}var u=`
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
  color-scheme: light;
`,d=`
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
  color-scheme: dark;
`,f=`
:host {
  all: initial;
  ${u}
  --qve-radius: 1.1em;
  --qve-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif;
  position: fixed;
  z-index: 2147483000;
  right: max(1.25em, env(safe-area-inset-right));
  bottom: max(1.25em, env(safe-area-inset-bottom));
  display: flex;
  flex-direction: column;
  align-items: flex-end;
  gap: .75em;
  max-width: calc(100vw - 2.5em);
  font: medium/1.5 var(--qve-font);
  color: var(--qve-text);
}
@media (prefers-color-scheme: dark) { :host(:not([data-theme="light"])) { ${d} } }
:host([data-theme="dark"]) { ${d} }
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
.badge[hidden] { display: none; }
.alert { margin: 0; max-width: 20em; padding: .75em 1em; border-radius: .75em; background: var(--qve-surface); color: var(--qve-text); border: 1px solid var(--qve-line); box-shadow: var(--qve-shadow); }
.alert:empty { display: none; }
@keyframes beat { to { opacity: .45; transform: scale(.92); } }
@media (max-width: 600px) {
  :host { right: max(1em, env(safe-area-inset-right)); bottom: max(1em, env(safe-area-inset-bottom)); }
  .label { display: none; }
  button { padding: 0; justify-content: center; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } button:hover { transform: none; } }
@media (forced-colors: active) { button { border-color: ButtonText; } .badge { border-color: Canvas; } }
@media print { :host { display: none; } }
`;function p(e){if(`adoptedStyleSheets`in e){let t=new CSSStyleSheet;t.replaceSync(f),e.adoptedStyleSheets=[t]}else{let t=document.createElement(`style`);t.textContent=f,e.append(t)}}var m=class{setting;#e;#t=document.createElement(`quebec-ville-etudes`);#n=this.#t.attachShadow({mode:`open`});#r=document.createElement(`button`);#i=document.createElement(`span`);#a=document.createElement(`span`);#o=document.createElement(`p`);#s=new r;#c=null;#l=null;#u=0;constructor(e){this.setting=e,this.#e=e.language===`en`?t:n,this.#t.lang=e.language,e.theme&&(this.#t.dataset.theme=e.theme),this.#d()}show(){document.body.append(this.#t)}api(){return{open:()=>void this.#m(e=>e.open()),close:()=>this.#l?.close(),ask:e=>void this.#m(t=>t.ask(String(e))),on:(e,t)=>this.#s.add(e,t)}}#d(){p(this.#n),this.#r.type=`button`,this.#i.className=`label`,this.#i.textContent=this.#e.label,this.#a.className=`badge`,this.#a.hidden=!0,this.#o.className=`alert`,this.#o.setAttribute(`role`,`alert`),this.#r.append(s(),c(),this.#i,this.#a),this.#n.append(this.#o,this.#r),this.#_();for(let e of[`pointerenter`,`focus`])this.#r.addEventListener(e,()=>this.#p(),{once:!0});this.#r.addEventListener(`click`,()=>void this.#f())}#f(){this.#l?.isOpen?this.#l.close():this.#m(e=>e.open())}#p(){return this.#c??=a(this.setting.script,this.setting.nonce),this.#c.catch(()=>this.#c=null),this.#c}async#m(e){this.#o.textContent=``,this.#r.setAttribute(`aria-busy`,`true`);try{let t=await this.#p();this.#l??=t(this.#h()),e(this.#l)}catch{this.#o.textContent=this.#e.failed}finally{this.#r.removeAttribute(`aria-busy`)}}#h(){let{origin:e,language:t,topic:n,campaign:r}=this.setting;return{root:this.#n,origin:e,language:t,topic:n,campaign:r,tell:(e,t)=>this.#g(e,t)}}#g(e,t){e===`unread`&&(this.#u=t),this.#_(),this.#s.tell(e,t)}#_(){let t=this.#l?.isOpen??!1,{open:n,close:r,label:i,unread:a,unreadOne:o}=this.#e,s=this.#u>99?`99+`:String(this.#u),c=this.#u===1?o:e(a,{count:s});this.#t.toggleAttribute(`data-open`,t),this.#r.setAttribute(`aria-expanded`,String(t)),this.#r.setAttribute(`aria-haspopup`,`dialog`),this.#r.setAttribute(`aria-label`,t?r:`${i} ${n}${this.#u?`. ${c}`:``}`),this.#a.hidden=!this.#u||t,this.#a.textContent=s}};function h(){let e=document.currentScript;return e instanceof HTMLScriptElement?e:document.querySelector(`script[src*="/widget.js"]`)}function g(e){document.body?e():document.addEventListener(`DOMContentLoaded`,e,{once:!0})}function _(e){let{lang:t,topic:n,campaign:r,theme:i}=e.dataset,a=new m({language:t?.toLowerCase().startsWith(`en`)?`en`:`fr`,script:new URL(`chat.js`,e.src).href,nonce:e.nonce,origin:new URL(e.src).origin,topic:n??null,campaign:r??null,theme:i??null});window.QuebecVilleEtudes=a.api(),g(()=>a.show())}var v=h();v?.src&&!window.QuebecVilleEtudes&&_(v)})();