/*! Includes Lit (Copyright 2017 Google LLC, BSD-3-Clause) and eventsource-parser (Copyright Espen Hovlandsdal, MIT): see chat-licences.md */
(function(){function e(e,t=Math.random){let n=Math.min(3e4,500*2**Math.min(e,16));return Math.round(n*(.5+t()/2))}var t=class{#e=null;sleep(e){return this.ring(),new Promise(t=>{let n=()=>{clearTimeout(r),this.#e=null,t()},r=setTimeout(n,e);this.#e=n})}ring(){this.#e?.()}},n=class extends Error{constructor(e,t){super(e),this.name=`ParseError`,this.type=t.type,this.field=t.field,this.value=t.value,this.line=t.line}},r=10,i=13,a=32;function o(e){}function s(e){if(typeof e==`function`)throw TypeError("`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?");let{onEvent:t=o,onError:s=o,onRetry:u=o,onComment:d,maxBufferSize:f}=e,p=[],m=0,ee=!0,h,g=``,_=0,v,te=!1;function ne(e){if(te)throw Error("Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.");if(ee&&(ee=!1,e.charCodeAt(0)===239&&e.charCodeAt(1)===187&&e.charCodeAt(2)===191&&(e=e.slice(3))),p.length===0){let t=re(e);t!==``&&(p.push(t),m=t.length),y();return}if(e.indexOf(`
`)===-1&&e.indexOf(`\r`)===-1){p.push(e),m+=e.length,y();return}p.push(e);let t=p.join(``);p.length=0,m=0;let n=re(t);n!==``&&(p.push(n),m=n.length),y()}function y(){f!==void 0&&(m+g.length<=f||(te=!0,p.length=0,m=0,h=void 0,g=``,_=0,v=void 0,s(new n(`Buffered data exceeded max buffer size of ${f} characters`,{type:`max-buffer-size-exceeded`}))))}function re(e){let n=0;if(e.indexOf(`\r`)===-1){let i=e.indexOf(`
`,n);for(;i!==-1;){if(n===i){_>0&&t({id:h,event:v,data:g}),h=void 0,g=``,_=0,v=void 0,n=i+1,i=e.indexOf(`
`,n);continue}let o=e.charCodeAt(n);if(c(e,n,o)){let o=e.charCodeAt(n+5)===a?n+6:n+5,s=e.slice(o,i);if(_===0&&e.charCodeAt(i+1)===r){t({id:h,event:v,data:s}),h=void 0,g=``,v=void 0,n=i+2,i=e.indexOf(`
`,n);continue}g=_===0?s:`${g}
${s}`,_++}else l(e,n,o)?v=e.slice(e.charCodeAt(n+6)===a?n+7:n+6,i)||void 0:b(e,n,i);n=i+1,i=e.indexOf(`
`,n)}return e.slice(n)}for(;n<e.length;){let t=e.indexOf(`\r`,n),a=e.indexOf(`
`,n),o=-1;if(t!==-1&&a!==-1?o=t<a?t:a:t===-1?a!==-1&&(o=a):o=t===e.length-1?-1:t,o===-1)break;b(e,n,o),n=o+1,e.charCodeAt(n-1)===i&&e.charCodeAt(n)===r&&n++}return e.slice(n)}function b(e,t,n){if(t===n){ae();return}let r=e.charCodeAt(t);if(c(e,t,r)){let r=e.charCodeAt(t+5)===a?t+6:t+5,i=e.slice(r,n);g=_===0?i:`${g}
${i}`,_++;return}if(l(e,t,r)){v=e.slice(e.charCodeAt(t+6)===a?t+7:t+6,n)||void 0;return}if(r===105&&e.charCodeAt(t+1)===100&&e.charCodeAt(t+2)===58){let r=e.slice(e.charCodeAt(t+3)===a?t+4:t+3,n);r.includes(`\0`)||(h=r);return}if(r===58){if(d){let r=e.slice(t,n);d(r.slice(e.charCodeAt(t+1)===a?2:1))}return}let i=e.slice(t,n),o=i.indexOf(`:`);if(o===-1){ie(i,``,i);return}let s=i.slice(0,o),u=i.charCodeAt(o+1)===a?2:1;ie(s,i.slice(o+u),i)}function ie(e,t,r){switch(e){case`event`:v=t||void 0;break;case`data`:g=_===0?t:`${g}
${t}`,_++;break;case`id`:t.includes(`\0`)||(h=t);break;case`retry`:/^\d+$/.test(t)?u(parseInt(t,10)):s(new n(`Invalid \`retry\` value: "${t}"`,{type:`invalid-retry`,value:t,line:r}));break;default:s(new n(`Unknown field "${e.length>20?`${e.slice(0,20)}\u2026`:e}"`,{type:`unknown-field`,field:e,value:t,line:r}))}}function ae(){_>0&&t({id:h,event:v,data:g}),h=void 0,g=``,_=0,v=void 0}function x(e={}){if(e.consume&&p.length>0){let e=p.join(``);b(e,0,e.length)}ee=!0,h=void 0,g=``,_=0,v=void 0,p.length=0,m=0,te=!1}return{feed:ne,reset:x}}function c(e,t,n){return n===100&&e.charCodeAt(t+1)===97&&e.charCodeAt(t+2)===116&&e.charCodeAt(t+3)===97&&e.charCodeAt(t+4)===58}function l(e,t,n){return n===101&&e.charCodeAt(t+1)===118&&e.charCodeAt(t+2)===101&&e.charCodeAt(t+3)===110&&e.charCodeAt(t+4)===116&&e.charCodeAt(t+5)===58}var u=[`wrong`,`unclear`,`incomplete`,`not_my_question`],d=`/ask_adviser`,f=[`person`,`bot`,`adviser`,`system`],p=[`bot`,`waiting`,`adviser`];function m(e){let t=x(e),n=S(t.messages).flatMap(g),r=[...g(t.message),...n],i=Math.max(0,...r.map(e=>e.seq));return{messages:r,floor:ae(t.floor),lastSeq:Math.max(i,oe(t.last_seq)??0),ticked:ie(t.ticked),offers:ie(t.offers)}}function ee(e){let t=x(e),n=C(t.id),r=C(t.token);return n&&r?{...m(e),id:n,token:r}:null}function h(e){let t=x(e),n=t.who;return n===`bot`||n===`adviser`?{who:n,name:C(t.name)}:null}function g(e){let t=x(e),n=oe(t.seq),r=t.author;return n===null||n<1||!se(f,r)?[]:[{seq:n,author:r,name:C(t.name),text:C(t.text)??``,at:C(t.at)??``,externalId:C(t.external_id),buttons:S(t.buttons).flatMap(_),sources:S(t.sources).flatMap(v),cards:S(t.cards).flatMap(te),files:S(t.files).flatMap(ne),topic:C(t.topic),useful:typeof t.useful==`boolean`?t.useful:null}]}function _(e){let t=x(e),n=C(t.title),r=C(t.payload);return n&&r?[{title:n,payload:r}]:[]}function v(e){let t=x(e),n=C(t.title);return n?[{title:n,url:C(t.url)??``,publisher:C(t.publisher)??``,official:t.official===!0,asOf:C(t.as_of)??``}]:[]}function te(e){let t=x(e),n=C(t.title);return n?[{title:n,text:C(t.text)??``,facts:S(t.facts).flatMap(y),link:re(t.link),mark:C(t.mark)||null,starts:b(t.starts),ends:b(t.ends),isStep:t.kind===`step`,tick:C(t.tick)||null,sources:S(t.sources).flatMap(v)}]:[]}function ne(e){let t=x(e),n=C(t.id);return n?[{id:n,name:C(t.name)||n,size:oe(t.size)??0}]:[]}function y(e){let t=x(e),n=C(t.label),r=C(t.value);return n&&r?[{label:n,value:r}]:[]}function re(e){let t=x(e),n=C(t.label),r=C(t.url);return n&&r?{label:n,url:r}:null}function b(e){let t=C(e);return t&&/^\d{4}-\d{2}-\d{2}$/.test(t)?t:null}function ie(e){return Array.isArray(e)?e.filter(e=>typeof e==`string`):null}function ae(e){let t=x(e),n=t.holder;return se(p,n)?{holder:n,adviser:C(t.adviser),promisedAt:C(t.promised_at),promise:C(t.promise)}:null}function x(e){return typeof e==`object`&&e?e:{}}function S(e){return Array.isArray(e)?e:[]}function C(e){return typeof e==`string`?e:null}function oe(e){return typeof e==`number`&&Number.isInteger(e)?e:null}function se(e,t){return typeof t==`string`&&e.includes(t)}var ce=4e4,le=class{connect;hearing;silenceMs;#e=new AbortController;#t=0;constructor(e,t,n=ce){this.connect=e,this.hearing=t,this.silenceMs=n}async listen(){let e=new ue(()=>this.cut(),this.silenceMs);try{let t=await this.connect(this.#e.signal);return t.status===401?`unknown-token`:(!t.ok||!t.body||(this.hearing.onOpen(),await this.#n(t.body,e)),`broken`)}catch{return`broken`}finally{e.stop(),this.cut()}}cut(){this.#e.abort()}silentFor(e){return Date.now()-this.#t>e}async#n(e,t){let n=s({onEvent:e=>this.#r(e)}),r=new TextDecoder,i=e.getReader();this.#t=Date.now();for(let e=await i.read();!e.done;e=await i.read())this.#t=Date.now(),t.feed(),n.feed(r.decode(e.value,{stream:!0}))}#r({event:e,data:t}){if(e===`erased`)return this.hearing.onErased();let n=de(t);e===`update`&&this.hearing.onUpdate(m(n));let r=e===`typing`?h(n):null;r&&this.hearing.onTyping(r)}},ue=class{bark;patienceMs;#e;constructor(e,t){this.bark=e,this.patienceMs=t,this.feed()}feed(){this.stop(),this.#e=setTimeout(this.bark,this.patienceMs)}stop(){clearTimeout(this.#e)}};function de(e){try{return JSON.parse(e)}catch{return null}}var fe=2e4,pe=5e3,me=2**31-1,he=class{requests;listener;delay;#e=new t;#t=null;#n=!1;#r=!1;#i=0;constructor(e,t,n){this.requests=e,this.listener=t,this.delay=n}async run(){for(let e=0;!this.#n;e+=1){let t=await this.#a();if(this.#n)return;t&&(e=0),this.listener.linked(`reconnecting`),await this.#e.sleep(this.#r?me:Math.max(this.delay(e),this.#i))}}stop(){this.#n=!0,this.#t?.cut(),this.#e.ring()}hurry(){this.#r=!1,this.#e.ring(),this.#t?.silentFor(fe)&&this.#t.cut()}rest(){this.#r=!0,this.#t?.cut()}async catchUp(){for(;;){let e=this.listener.session();if(!e||this.#n)return!1;let t=this.listener.heldThrough(),n=await this.requests.messagesAfter(e.token,t);if(this.#n)return!1;if(!n.ok)return this.#s(n.failure);if(this.listener.heard(n.value,t),!(this.listener.heldThrough()>t)||this.listener.heldThrough()>=n.value.lastSeq)return!0}}async#a(){this.#i=0;let e=this.listener.session()?await this.catchUp():await this.#o(),t=this.listener.session();if(!e||!t||this.#n)return!1;let n=1/0;this.#t=new le(e=>this.requests.events(t.token,this.listener.heldThrough(),e),{onOpen:()=>{n=Date.now(),this.listener.linked(`connected`)},onUpdate:e=>this.listener.heard(e,null),onTyping:e=>this.listener.typing(e),onErased:()=>this.listener.erased()});let r=await this.#t.listen();return this.#t=null,r===`unknown-token`&&!this.#n&&this.listener.lost(),Date.now()-n>pe}async#o(){let e=await this.listener.begin();return this.#n?!1:e.ok?(this.listener.opened(e.value),!0):this.#s(e.failure)}#s(e){return e.kind===`busy`&&(this.#i=e.retryAfterMs,this.listener.busy()),e.kind===`unknown-token`&&this.listener.lost(),!1}},ge=class{requests;keepsake;browser;newId;constructor(e,t,n,r){this.requests=e,this.keepsake=t,this.browser=n,this.newId=r}get possible(){return this.browser!==null}async ask(e){let t=await this.browser?.allowed(!0)??`no`;return t===`yes`?this.#e(e,this.newId()):t===`no`?`blocked`:`off`}async stop(e){let t=this.keepsake.device();this.keepsake.keepDevice(null),e&&t?.conversation===e.id&&await this.requests.stopNotifying(e.token,t.id),await this.browser?.unsubscribe().catch(()=>{})}async settle(e){let t=this.keepsake.device();return!t||!this.browser?`off`:t.conversation===e.id&&await this.browser.allowed(!1)===`yes`?this.#e(e,t.id):(await this.stop(e),`off`)}async#e(e,t){let n=await this.requests.notificationKey(e.token);if(!this.browser||!n.ok||!n.value)return`failed`;try{let r=await this.browser.subscribe(n.value);if(!(await this.requests.notify(e.token,t,r)).ok)return`failed`}catch{return`failed`}return this.keepsake.keepDevice({conversation:e.id,id:t}),`on`}},_e=3,ve=class{desk;delay;#e=new t;#t=!1;#n=0;#r=0;constructor(e,t){this.desk=e,this.delay=t}get busy(){return Date.now()<this.#r}async flush(){if(this.busy||this.#e.ring(),!this.#t){this.#t=!0;try{await this.#i()}finally{this.#t=!1}}}async#i(){for(let e=this.desk.next();e;e=this.desk.next()){let t=this.desk.send(e);if(!t)return;this.desk.marked(e,`sending`);let n=await t;if(n.ok)this.#n=0,this.desk.busy(!1),this.desk.delivered(e,n.value);else if(n.failure.kind===`refused`)this.desk.marked(e,`refused`,n.failure.reason??void 0);else if(n.failure.kind===`unknown-token`){this.desk.marked(e,`waiting`),this.desk.lost();return}else await this.#a(e,n.failure)}}async#a(e,t){this.#n+=1;let n=t.kind===`busy`;this.desk.busy(n);let r=n||!this.desk.online();this.desk.marked(e,r||this.#n<_e?`waiting`:`unsent`);let i=n?t.retryAfterMs:0;this.#r=Date.now()+i,await this.#e.sleep(Math.max(i,this.delay(this.#n)))}},ye={messages:[],outgoing:[],heldThrough:0,lastSeq:0,floor:{holder:`bot`,adviser:null,promisedAt:null,promise:null},floorSeq:0,ticked:[],ticking:{},offers:[]};function be(e,t){switch(t.kind){case`heard`:return we(e,t.page,t.after);case`written`:return ke(e,t.outgoing);case`delivery`:return Ae(e,t.id,e=>({...e,delivery:t.delivery,reason:t.reason??(t.delivery===`refused`?null:e.reason)}));case`discarded`:return{...e,outgoing:e.outgoing.filter(({id:e})=>e!==t.id)};case`rated`:return{...e,messages:e.messages.map(e=>e.seq===t.seq?{...e,useful:t.useful}:e)};case`ticking`:return{...e,ticking:{...e.ticking,[t.item]:t.done}};case`ticked`:return Te(e,t.item,t.done)}}function xe({ticked:e,ticking:t}){let n=new Set(e);for(let[e,r]of Object.entries(t))r?n.add(e):n.delete(e);return n}function Se(e){return e.lastSeq>e.heldThrough}function Ce(e){let t=e.outgoing.map(e=>e.delivery===`refused`?e:{...e,delivery:`waiting`});return{...ye,outgoing:t}}function we(e,t,n){let r=Oe(e.messages,t.messages),i=new Set(r.map(e=>e.externalId)),a=t.floor!==null&&t.lastSeq>=e.floorSeq;return{messages:r,outgoing:e.outgoing.filter(({id:e})=>!i.has(e)),heldThrough:De(r,Ee(e,t,n)),lastSeq:Math.max(e.lastSeq,t.lastSeq),floor:a&&t.floor?t.floor:e.floor,floorSeq:a?t.lastSeq:e.floorSeq,ticked:t.ticked??e.ticked,ticking:e.ticking,offers:t.offers??e.offers}}function Te(e,t,n){let{[t]:r,...i}=e.ticking;if(n===null)return{...e,ticking:i};let a=e.ticked.filter(e=>e!==t);return{...e,ticking:i,ticked:n?[...a,t]:a}}function Ee(e,t,n){if(n===null||n>e.heldThrough)return e.heldThrough;let r=t.messages.length?Math.max(...t.messages.map(({seq:e})=>e)):t.lastSeq;return Math.max(e.heldThrough,r)}function De(e,t){let n=new Set(e.map(({seq:e})=>e)),r=t;for(;n.has(r+1);)r+=1;return r}function Oe(e,t){if(!t.length)return e;let n=new Map(e.map(e=>[e.seq,e]));for(let e of t){let t=n.get(e.seq);n.set(e.seq,{...e,useful:e.useful??t?.useful??null})}return[...n.values()].sort((e,t)=>e.seq-t.seq)}function ke(e,t){return e.outgoing.some(({id:e})=>e===t.id)||e.messages.some(({externalId:e})=>e===t.id)?e:{...e,outgoing:[...e.outgoing,t]}}function Ae(e,t,n){return{...e,outgoing:e.outgoing.map(e=>e.id===t?n(e):e)}}var je={on:`notificationsOn`,off:null,blocked:`notificationsBlocked`,failed:`notificationsFailed`},Me=2e3,Ne=5242880,Pe=6e3,Fe={phase:`unopened`,thread:ye,link:`connecting`,online:!0,busy:!1,typing:null,notice:null,told:null,returning:!1},Ie=class{around;#e=Fe;#t=null;#n=null;#r=0;#i=!1;#a;#o=new Set;#s;#c;constructor(e){this.around=e;let{requests:t,keepsake:n,push:r,newId:i}=e;this.#c=new ge(t,n,r,i),this.#s=new ve(this.#v(),e.delay)}get state(){return this.#e}watch(e){return this.#o.add(e),()=>this.#o.delete(e)}start(){if(this.#e.phase===`unopened`){this.#t=this.around.keepsake.session(),this.#k({returning:this.#t!==null});for(let e of this.around.keepsake.outgoing())this.#O({kind:`written`,outgoing:e});this.#h(),this.#p()}}get draft(){return this.around.keepsake.draft()}drafted(e){this.around.keepsake.keepDraft(e)}send(e){return this.#u(e.trim(),null)}attach(e){let t=e.size>Ne;this.#d(e.name,null,e,t?this.around.words.tooLarge:null)}press({title:e,payload:t}){return this.#u(e,t)}retry(){this.#n?.hurry(),this.#s.flush()}discard(e){this.around.keepsake.dropOutgoing(e),this.#O({kind:`discarded`,id:e})}async rate(e,t,n=null){let r=this.#t;r&&(this.#O({kind:`rated`,seq:e,useful:t}),(await this.around.requests.rate(r.token,e,t,n)).ok||r!==this.#t||(n||this.#O({kind:`rated`,seq:e,useful:null}),this.#k({notice:`ratingFailed`})))}async tick(e,t){let n=this.#t;if(!n)return;let r=Object.hasOwn(this.#e.thread.ticking,e);if(this.#e.notice===`tickFailed`&&this.#k({notice:null}),this.#O({kind:`ticking`,item:e,done:t}),!r)for(let r=t;r!==void 0;)r=await this.#l(n,e,r)}async#l(e,t,n){let r=await this.around.requests.tick(e.token,t,n);if(e!==this.#t)return;let i=this.#e.thread.ticking[t];if(r.ok&&i!==n)return i;this.#O({kind:`ticked`,item:t,done:r.ok?n:null}),r.ok||this.#k({notice:`tickFailed`})}get token(){return this.#t?.token??null}download(){return this.#m(`exportFailed`,e=>this.around.requests.download(e))}calendar(e){return this.#m(`calendarFailed`,t=>this.around.requests.calendar(t,e))}file(e){return this.#m(`fileFailed`,t=>this.around.requests.file(t,e))}telegram(){return this.#m(`telegramFailed`,e=>this.around.requests.telegram(e))}printable(e){return this.#m(`printFailed`,t=>this.around.requests.printable(t,e))}async notify(e){let t=this.#t;if(t){if(e){let e=await this.#c.ask(t);t===this.#t&&this.#k({told:e===`on`,notice:je[e]})}else this.#k({told:!1,notice:`notificationsOff`}),await this.#c.stop(t)}}async mail(e){if(!this.#e.online)return{sent:!1,why:`offline`};let t=this.#t?await this.around.requests.mail(this.#t.token,e):null;return t?.ok?{sent:!0}:t?.failure.kind===`refused`&&t.failure.reason?{sent:!1,why:`refused`,reason:t.failure.reason}:{sent:!1,why:t?.failure.kind===`busy`?`busy`:`failed`}}async erase(){let e=this.#t;this.#i=!0;let t=e?await this.around.requests.erase(e.token):null;this.#i=!1,e&&e!==this.#t||(!t||t.ok||t.failure.kind===`unknown-token`?this.#D(`erased`):this.#k({notice:`eraseFailed`}))}startAnew(){this.#g(),this.#c.stop(this.#t),this.#t=null,this.around.keepsake.forgetAll(),this.#k({...Fe,online:this.#e.online}),this.#h()}followOtherTab(){let e=this.around.keepsake.session();if(this.#e.phase!==`unopened`&&e?.token!==this.#t?.token){if(!e)return this.#D(`erasedElsewhere`);this.#g(),this.#t=e,this.#k({...Fe,online:this.#e.online,thread:Ce(this.#e.thread)}),this.#h()}}networkChanged(e){this.#k({online:e}),e&&this.retry()}hidden(){this.#e.thread.floor.holder===`bot`&&!this.#e.thread.outgoing.length&&this.#n?.rest()}visible(){this.#n?.hurry()}noticed(){this.#e.notice&&this.#k({notice:null})}#u(e,t){return!e||[...e].length>2e3?!1:this.#d(e,t,null,null)}#d(e,t,n,r){if(this.#e.phase===`erased`)return!1;let i=this.around.now().toISOString(),a=r?`refused`:`waiting`,o={id:this.around.newId(),text:e,button:t,at:i,delivery:a,reason:r,file:n};return this.#k({notice:null}),this.#O({kind:`written`,outgoing:o}),r||this.#f(o),this.#s.flush(),!0}async#f(e){let{id:t,file:n}=e,r=await this.around.keepsake.keepOutgoing(e),i=this.#e.thread.outgoing.find(e=>e.id===t);i?n&&!r&&this.#O({kind:`delivery`,id:t,delivery:i.delivery,reason:this.around.words.notKept}):this.around.keepsake.dropOutgoing(t)}async#p(){let{keepsake:e,words:t}=this.around;for(let n of await e.documents(t.gone))this.#O({kind:`written`,outgoing:n});this.#s.flush()}async#m(e,t){let n=this.#t?await t(this.#t.token):null;return n?.ok?n.value:(this.#k({notice:e}),null)}#h(){this.#k({phase:`starting`,link:`connecting`});let e=new he(this.around.requests,this.#_(),this.around.delay);this.#n=e;let t=this.#r>1?this.around.delay(this.#r):0;setTimeout(()=>void e.run(),t)}#g(){this.#n?.stop(),this.#n=null}#_(){return{session:()=>this.#t,heldThrough:()=>this.#e.thread.heldThrough,begin:()=>this.#y(),opened:e=>this.#b(e),heard:(e,t)=>this.#x(e,t),typing:e=>this.#w(e),linked:e=>this.#C(e),busy:()=>this.#k({busy:!0}),lost:()=>this.#E(),erased:()=>this.#D(this.#i?`erased`:`erasedElsewhere`)}}#v(){return{next:()=>this.#e.thread.outgoing.find(({delivery:e})=>e!==`refused`),send:e=>this.#T(e),delivered:({id:e},t)=>{this.around.keepsake.dropOutgoing(e),this.#x(t,null),this.#O({kind:`discarded`,id:e})},marked:({id:e},t,n)=>this.#O({kind:`delivery`,id:e,delivery:t,...n?{reason:n}:{}}),lost:()=>this.#E(),online:()=>this.#e.online,busy:e=>e!==this.#e.busy&&this.#k({busy:e})}}#y(){return this.around.requests.begin(this.around.beginning)}#b(e){if(this.around.keepsake.session())return this.around.requests.erase(e.token),this.followOtherTab();this.#t={id:e.id,token:e.token},this.around.keepsake.keepSession(this.#t),this.#x(e,0)}#x(e,t){let n=this.#e.thread.lastSeq;this.#O({kind:`heard`,page:e,after:t});let{thread:r,typing:i}=this.#e;for(let{externalId:t}of e.messages)t&&this.around.keepsake.dropOutgoing(t);i&&e.messages.some(({author:e,seq:t})=>t>n&&Re(i,e))&&this.#k({typing:null});let a=this.#e.phase===`starting`&&t!==null;a&&this.#k({phase:`open`}),a&&this.#S(),t===null&&Se(r)&&this.#n?.catchUp(),a&&this.#s.flush()}async#S(){let e=this.#t;if(!e||!this.#c.possible)return;let t=await this.#c.settle(e);e===this.#t&&this.#k({told:t===`on`})}#C(e){e===`connected`&&(this.#k({busy:this.#s.busy}),this.#r=0,this.#s.flush()),this.#k({link:e,typing:null})}#w(e){(e.who!==`bot`||Le(this.#e.thread))&&(clearTimeout(this.#a),this.#a=setTimeout(()=>this.#k({typing:null}),Pe),this.#k({typing:e}))}#T(e){let t=this.#t;if(!t||this.#e.phase!==`open`)return null;let n={ok:!1,failure:{kind:`unreachable`}};return this.around.requests.send(t.token,e).then(e=>t===this.#t?e:n)}#E(){this.#t&&(this.#g(),this.#t=null,this.#r+=1,this.around.keepsake.forgetSession(),this.#k({thread:Ce(this.#e.thread),notice:`renewed`,typing:null}),this.#h())}#D(e){this.#g(),this.#c.stop(null),this.#t=null,this.around.keepsake.forgetAll(),this.#k({...Fe,online:this.#e.online,phase:`erased`,notice:e})}#O(e){this.#k({thread:be(this.#e.thread,e)})}#k(e){this.#e={...this.#e,...e};for(let e of this.#o)e(this.#e)}};function Le({messages:e,outgoing:t}){let n=e.findLast(({author:e})=>e!==`system`);return t.length>0||n?.author===`person`}function Re(e,t){return t===e.who||e.who===`bot`&&t===`system`}var ze=globalThis,Be=ze.ShadowRoot&&(ze.ShadyCSS===void 0||ze.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,Ve=Symbol(),He=new WeakMap,Ue=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==Ve)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(Be&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=He.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&He.set(t,e))}return e}toString(){return this.cssText}},We=e=>new Ue(typeof e==`string`?e:e+``,void 0,Ve),w=(e,...t)=>new Ue(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,Ve),Ge=(e,t)=>{if(Be)e.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let n of t){let t=document.createElement(`style`),r=ze.litNonce;r!==void 0&&t.setAttribute(`nonce`,r),t.textContent=n.cssText,e.appendChild(t)}},Ke=Be?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return We(t)})(e):e,{is:qe,defineProperty:Je,getOwnPropertyDescriptor:Ye,getOwnPropertyNames:Xe,getOwnPropertySymbols:Ze,getPrototypeOf:Qe}=Object,$e=globalThis,et=$e.trustedTypes,tt=et?et.emptyScript:``,nt=$e.reactiveElementPolyfillSupport,T=(e,t)=>e,rt={toAttribute(e,t){switch(t){case Boolean:e=e?tt:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},it=(e,t)=>!qe(e,t),at={attribute:!0,type:String,converter:rt,reflect:!1,useDefault:!1,hasChanged:it},ot=Symbol(`metadata`),st=new WeakMap,E=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=at){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&Je(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=Ye(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??at}static _$Ei(){if(this.hasOwnProperty(T(`elementProperties`)))return;let e=Qe(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(T(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(T(`properties`))){let e=this.properties,t=[...Xe(e),...Ze(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[ot];if(e!==null){let t=st.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(Ke(e))}else e!==void 0&&t.push(Ke(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Ge(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?rt:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?rt:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??it)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};E.elementStyles=[],E.shadowRootOptions={mode:`open`},E[T(`elementProperties`)]=new Map,E[T(`finalized`)]=new Map,nt?.({ReactiveElement:E});var ct=globalThis,lt=e=>e,D=ct.trustedTypes,ut=D?D.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,dt=`$lit$`,O=`lit$${Math.random().toFixed(9).slice(2)}$`,ft=`?`+O,pt=`<${ft}>`,k=document,A=()=>k.createComment(``),j=e=>e===null||typeof e!=`object`&&typeof e!=`function`,mt=Array.isArray,ht=e=>mt(e)||typeof e?.[Symbol.iterator]==`function`,gt=`[ 	
\f\r]`,M=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,_t=/-->/g,vt=/>/g,N=RegExp(`>|${gt}(?:([^\\s"'>=/]+)(${gt}*=${gt}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),yt=/'/g,bt=/"/g,xt=/^(?:script|style|textarea|title)$/i,St=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),P=St(1),Ct=St(2),F=Symbol.for(`lit-noChange`),I=Symbol.for(`lit-nothing`),wt=new WeakMap,L=k.createTreeWalker(k,129);function Tt(e,t){if(!mt(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return ut===void 0?t:ut.createHTML(t)}var Et=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=M;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===M?c[1]===`!--`?o=_t:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=N):(xt.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=N):o=vt:o===N?c[0]===`>`?(o=i??M,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?N:c[3]===`"`?bt:yt):o===bt||o===yt?o=N:o===_t||o===vt?o=M:(o=N,i=void 0);let d=o===N&&e[t+1].startsWith(`/>`)?` `:``;a+=o===M?n+pt:l>=0?(r.push(s),n.slice(0,l)+dt+n.slice(l)+O+d):n+O+(l===-2?t:d)}return[Tt(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},Dt=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=Et(t,n);if(this.el=e.createElement(l,r),L.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=L.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(dt)){let t=u[o++],n=i.getAttribute(e).split(O),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?At:r[1]===`?`?jt:r[1]===`@`?Mt:z}),i.removeAttribute(e)}else e.startsWith(O)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(xt.test(i.tagName)){let e=i.textContent.split(O),t=e.length-1;if(t>0){i.textContent=D?D.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],A()),L.nextNode(),c.push({type:2,index:++a});i.append(e[t],A())}}}else if(i.nodeType===8){if(i.data===ft)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(O,e+1))!==-1;)c.push({type:7,index:a}),e+=O.length-1}}a++}}static createElement(e,t){let n=k.createElement(`template`);return n.innerHTML=e,n}};function R(e,t,n=e,r){if(t===F)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=j(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=R(e,i._$AS(e,t.values),i,r)),t}var Ot=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??k).importNode(t,!0);L.currentNode=r;let i=L.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new kt(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Nt(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=L.nextNode(),a++)}return L.currentNode=k,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},kt=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=I,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=R(this,e,t),j(e)?e===I||e==null||e===``?(this._$AH!==I&&this._$AR(),this._$AH=I):e!==this._$AH&&e!==F&&this._(e):e._$litType$===void 0?e.nodeType===void 0?ht(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==I&&j(this._$AH)?this._$AA.nextSibling.data=e:this.T(k.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=Dt.createElement(Tt(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new Ot(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=wt.get(e.strings);return t===void 0&&wt.set(e.strings,t=new Dt(e)),t}k(t){mt(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(A()),this.O(A()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=lt(e).nextSibling;lt(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},z=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=I,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=I}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=R(this,e,t,0),a=!j(e)||e!==this._$AH&&e!==F,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=R(this,r[n+o],t,o),s===F&&(s=this._$AH[o]),a||=!j(s)||s!==this._$AH[o],s===I?e=I:e!==I&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===I?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},At=class extends z{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===I?void 0:e}},jt=class extends z{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==I)}},Mt=class extends z{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=R(this,e,t,0)??I)===F)return;let n=this._$AH,r=e===I&&n!==I||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==I&&(n===I||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Nt=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){R(this,e)}},Pt={M:dt,P:O,A:ft,C:1,L:Et,R:Ot,D:ht,V:R,I:kt,H:z,N:jt,U:Mt,B:At,F:Nt},Ft=ct.litHtmlPolyfillSupport;Ft?.(Dt,kt);var It=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new kt(t.insertBefore(A(),e),e,void 0,n??{})}return i._$AI(e),i},Lt=globalThis,B=class extends E{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=It(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return F}};B._$litElement$=!0,B.finalized=!0,Lt.litElementHydrateSupport?.({LitElement:B});var Rt=Lt.litElementPolyfillSupport;Rt?.({LitElement:B});var V=w`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  textarea {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    cursor: pointer;
    background: none;
    border: 1px solid transparent;
    border-radius: 0.6em;
    padding: 0.35em 0.7em;
    min-height: 2em;
    min-width: 2em;
  }
  :focus-visible {
    outline: 3px solid var(--qve-focus, var(--qve-accent));
    outline-offset: 2px;
  }
  a {
    color: var(--qve-primary);
    text-underline-offset: 0.15em;
  }
  li > a,
  .go {
    display: inline-block;
    min-height: 24px;
  }
  p,
  ol,
  ul,
  h2,
  h3 {
    margin: 0;
  }
  svg {
    width: 1.35em;
    height: 1.35em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  [hidden] {
    display: none !important;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .link {
    border: 0;
    padding: 0.2em 0.3em;
    color: var(--qve-primary);
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .filled {
    background: var(--qve-primary);
    color: var(--qve-on-primary);
    font-weight: 600;
  }
  .filled:hover {
    background: var(--qve-primary-strong);
  }
  .plain {
    border-color: var(--qve-line-strong);
  }
  .plain:hover {
    background: var(--qve-surface-soft);
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
  @media (forced-colors: active) {
    button {
      border-color: ButtonText;
    }
  }
`,zt={launcher:{label:`A question?`,open:`Open the chat with the Qu\u00e9bec ville \u00e9tudes assistant`,close:`Close the chat`,unread:`{count} new messages`,unreadOne:`1 new message`,failed:`The chat could not open. Check your connection, then try again.`},panel:{title:`Qu\u00e9bec ville \u00e9tudes`,assistant:`Automatic assistant`,adviser:`You are talking with {name}`,adviserUnnamed:`You are talking with a real person`,close:`Close the chat`,menu:`More options`,thread:`Chat messages`,starting:`Opening the chat\u2026`,newest:`New messages`,notHere:`Earlier messages are not kept on this device. They will come back with the network; what you write until then will leave at that time.`,notHereYet:`The chat will open when the network is back. What you write until then will leave at that time.`},menu:{export:`My data`,exportHint:`Download the whole conversation`,anew:`New conversation`,anewHint:`Start from a blank page`,erase:`Erase the conversation`,eraseHint:`Delete all the messages`,print:`Print`,printHint:`The whole conversation, or a PDF`,mail:`Receive by e-mail`,mailHint:`The whole conversation, at your address`,notify:`Notify me of an answer`,notifyHint:`A notification on this device`,hush:`Stop notifying me`,hushHint:`No more notifications on this device`,telegram:`Continue on Telegram`,telegramHint:`The same conversation, in the app`,plain:`Simple page`,plainHint:`The same conversation, without JavaScript`},confirm:{eraseTitle:`Erase the conversation?`,eraseText:`All the messages, and everything the assistant remembered, will be deleted here and on our servers. A pending request to an adviser will be cancelled.`,eraseYes:`Erase`,anewTitle:`Start a new conversation?`,anewText:`You will no longer be able to read or erase the current conversation from here. To delete it, choose \u201cErase the conversation\u201d instead.`,anewYes:`Start`,no:`Cancel`},composer:{label:`Your message`,placeholder:`Your question\u2026`,send:`Send`,left:{one:`{count} character left`,many:`{count} characters left`},over:{one:`{count} character too many`,many:`{count} characters too many`},adviser:`Talk to an adviser`,adviserRequest:`Je voudrais parler \u00e0 un conseiller`,attach:`Attach a document (PDF, JPEG or PNG, 5 MB at most)`},authors:{person:`You`,bot:`Assistant`,adviser:`Adviser`,system:`Information`,adviserNamed:`{name}, adviser`},delivery:{waiting:`Waiting to be sent`,sending:`Sending\u2026`,sent:`Sent`,unsent:`Not sent`,refused:`Not sent`,retry:`Try again`,discard:`Remove`,reply:`Suggested replies`},spoken:{message:`{who}: {text}`,replies:`Suggested replies: {titles}`},typing:{bot:`The assistant is typing\u2026`,adviser:`{name} is typing\u2026`,adviserUnnamed:`The adviser is typing\u2026`},floor:{waiting:`Your request has been passed to an adviser.`,promise:`Answer expected {promise}.`,waitingHint:`Meanwhile, the assistant keeps answering your questions.`,adviser:`{name} has taken over: a real person is answering you.`,adviserUnnamed:`An adviser has taken over: a real person is answering you.`,notify:`Notify me of the answer`},sources:{one:`1 source`,many:`{count} sources`,official:`official source`,newWindow:`new window`},pages:{"vie-privee":`what is kept, and your rights`},feedback:{question:`Is this answer useful?`,yes:`Yes`,no:`No`,thanks:`Thank you for telling us.`,failed:`Your opinion could not be saved. Try again.`,why:`What was wrong?`,whys:{wrong:`It is wrong or out of date`,unclear:`It is not clear`,incomplete:`Something is missing`,not_my_question:`It was not my question`},next:`Thank you for your opinion. What next?`,rephrase:`Rephrase`,adviser:`Talk to an adviser`},copy:{label:`Copy this answer`,done:`Copied`,failed:`Not copied`,source:`Source: {title} ({asOf}) {url}`},files:{kilobytes:`{size} kB`,megabytes:`{size} MB`,tooLarge:`This file is too large: the limit is 5 MB.`,list:`Attached documents`,download:`Download {name}`,notKept:`Keep this page open until it is sent: the document could not be set aside`,gone:`This document is no longer in this browser. Attach it again.`},cards:{list:`Cards of this answer`,thatDay:`On {day}`,asOfDay:`From {day}`,until:`Until {day}`,between:`From {first} to {last}`,done:`Done`,calendar:`Add to my calendar`,calendarFile:`quebec-ville-etudes.ics`,print:`Print`,printFile:`quebec-ville-etudes.html`},connection:{offline:`You are offline. Your messages will leave as soon as the network is back.`,reconnecting:`Connection lost. Trying again\u2026`,retry:`Try again now`,busy:`The service is very busy. The chat will resume by itself in a moment.`},notices:{renewed:`Your previous conversation has expired or was erased. Here is a new one.`,erased:`The conversation is erased. Nothing is left of it, here or on our servers.`,erasedElsewhere:`This conversation has been erased.`,anew:`New conversation`,eraseFailed:`The conversation could not be erased. Try again in a moment.`,exportFailed:`Your data could not be downloaded. Try again in a moment.`,tickFailed:`This box could not be saved. Try again in a moment.`,calendarFailed:`The calendar could not be downloaded. Try again in a moment.`,printFailed:`The page to print could not be opened. Try again in a moment.`,fileFailed:`This document could not be downloaded. Try again in a moment.`,telegramFailed:`The link to Telegram could not be prepared. Try again in a moment.`,notificationsOn:`Done: this device will notify you when an adviser answers. The notification shows nothing of what is written.`,notificationsOff:`This device will no longer notify you.`,notificationsBlocked:`Your browser blocks notifications from this site. Allow them in its settings, then try again.`,notificationsFailed:`Notifications could not be turned on. Try again in a moment.`,refused:`This message could not be accepted.`},export:{file:`quebec-ville-etudes-conversation.json`},mail:{title:`Receive the conversation by e-mail`,label:`Your e-mail address`,consent:`The whole conversation will be sent to this address, once. We do not keep the address. Check it: whoever receives the e-mail can read everything.`,privacy:`What is kept, and your rights`,send:`Send`,sending:`Sending\u2026`,sent:`On its way to {email}. If nothing arrives within a few minutes, look among unwanted mail.`,close:`Close`,missing:`Write your address first.`,invalid:`This address is not complete. It should look like name@example.com.`,offline:`You are offline: nothing was sent. Try again when the network is back.`,busy:`Too many sendings in a short time. Try again later.`,failed:`The e-mail could not leave. Try again in a moment.`},suggestions:{title:`Where to start?`,default:[`Quelles sont les \u00e9tapes pour \u00e9tudier \u00e0 Qu\u00e9bec?`,`Quand faut-il d\u00e9poser une demande d\u2019admission?`,`C\u2019est quoi, le CAQ?`,`Combien co\u00fbte une ann\u00e9e d\u2019\u00e9tudes?`],admission:[`Comment d\u00e9poser une demande d\u2019admission?`,`Quelles sont les dates limites?`,`Mon bac fran\u00e7ais suffit-il?`],caq:[`C\u2019est quoi, le CAQ?`,`Comment demander le CAQ?`,`Combien de temps pour recevoir le CAQ?`],study_permit:[`Comment demander un permis d\u2019\u00e9tudes?`,`Quels documents faut-il fournir?`,`Quand faire la demande?`],housing:[`Comment trouver un logement \u00e0 Qu\u00e9bec?`,`Y a-t-il des r\u00e9sidences \u00e9tudiantes?`,`Combien co\u00fbte un loyer?`],tuition:[`Combien co\u00fbte une ann\u00e9e d\u2019\u00e9tudes?`,`Y a-t-il des bourses?`,`Quel budget pr\u00e9voir pour vivre \u00e0 Qu\u00e9bec?`],transport_arrival:[`Que faire en arrivant \u00e0 Qu\u00e9bec?`,`Comment ouvrir un compte bancaire?`,`Comment s\u2019habiller pour l\u2019hiver?`]}},Bt={launcher:{label:`Une question?`,open:`Ouvrir la discussion avec l\u2019assistant de Qu\u00e9bec ville \u00e9tudes`,close:`Fermer la discussion`,unread:`{count} nouveaux messages`,unreadOne:`1 nouveau message`,failed:`La discussion n\u2019a pas pu s\u2019ouvrir. V\u00e9rifiez votre connexion, puis r\u00e9essayez.`},panel:{title:`Qu\u00e9bec ville \u00e9tudes`,assistant:`Assistant automatique`,adviser:`Vous parlez avec {name}`,adviserUnnamed:`Vous parlez avec une vraie personne`,close:`Fermer la discussion`,menu:`Plus d\u2019options`,thread:`Messages de la discussion`,starting:`Ouverture de la discussion\u2026`,newest:`Nouveaux messages`,notHere:`Les messages pr\u00e9c\u00e9dents ne sont pas gard\u00e9s sur cet appareil. Ils reviendront avec le r\u00e9seau; ce que vous \u00e9crivez d\u2019ici l\u00e0 partira alors.`,notHereYet:`La discussion s\u2019ouvrira d\u00e8s le retour du r\u00e9seau. Ce que vous \u00e9crivez d\u2019ici l\u00e0 partira alors.`},menu:{export:`Mes donn\u00e9es`,exportHint:`T\u00e9l\u00e9charger toute la conversation`,anew:`Nouvelle conversation`,anewHint:`Repartir d\u2019une page blanche`,erase:`Effacer la conversation`,eraseHint:`Supprimer tous les messages`,print:`Imprimer`,printHint:`Toute la conversation, ou un PDF`,mail:`Recevoir par courriel`,mailHint:`Toute la conversation, \u00e0 votre adresse`,notify:`M\u2019avertir d\u2019une r\u00e9ponse`,notifyHint:`Une notification sur cet appareil`,hush:`Ne plus m\u2019avertir`,hushHint:`Plus de notification sur cet appareil`,telegram:`Continuer sur Telegram`,telegramHint:`La m\u00eame conversation, dans l\u2019application`,plain:`Page simple`,plainHint:`La m\u00eame conversation, sans JavaScript`},confirm:{eraseTitle:`Effacer la conversation?`,eraseText:`Tous les messages et tout ce que l\u2019assistant a retenu seront supprim\u00e9s, ici et sur nos serveurs. Une demande en cours aupr\u00e8s d\u2019un conseiller sera annul\u00e9e.`,eraseYes:`Effacer`,anewTitle:`Commencer une nouvelle conversation?`,anewText:`Vous ne pourrez plus relire ni effacer la conversation actuelle \u00e0 partir d\u2019ici. Pour la supprimer, choisissez plut\u00f4t \u00ab\xA0Effacer la conversation\xA0\u00bb.`,anewYes:`Commencer`,no:`Annuler`},composer:{label:`Votre message`,placeholder:`Votre question\u2026`,send:`Envoyer`,left:{one:`{count} caract\u00e8re restant`,many:`{count} caract\u00e8res restants`},over:{one:`{count} caract\u00e8re de trop`,many:`{count} caract\u00e8res de trop`},adviser:`Parler \u00e0 un conseiller`,adviserRequest:`Je voudrais parler \u00e0 un conseiller`,attach:`Joindre un document (PDF, JPEG ou PNG, 5\xA0Mo au plus)`},authors:{person:`Vous`,bot:`Assistant`,adviser:`Service-conseil`,system:`Information`,adviserNamed:`{name}, service-conseil`},delivery:{waiting:`En attente d\u2019envoi`,sending:`Envoi\u2026`,sent:`Envoy\u00e9`,unsent:`Non envoy\u00e9`,refused:`Non envoy\u00e9`,retry:`R\u00e9essayer`,discard:`Retirer`,reply:`R\u00e9ponses propos\u00e9es`},spoken:{message:`{who}\xA0: {text}`,replies:`R\u00e9ponses propos\u00e9es\xA0: {titles}`},typing:{bot:`L\u2019assistant \u00e9crit\u2026`,adviser:`{name} \u00e9crit\u2026`,adviserUnnamed:`On vous \u00e9crit une r\u00e9ponse\u2026`},floor:{waiting:`Votre demande est transmise au service-conseil.`,promise:`R\u00e9ponse pr\u00e9vue {promise}.`,waitingHint:`En attendant, l\u2019assistant continue de r\u00e9pondre \u00e0 vos questions.`,adviser:`{name} a pris le relais\xA0: une vraie personne vous r\u00e9pond.`,adviserUnnamed:`Le service-conseil a pris le relais\xA0: une vraie personne vous r\u00e9pond.`,notify:`M\u2019avertir de la r\u00e9ponse`},sources:{one:`1 source`,many:`{count} sources`,official:`source officielle`,newWindow:`nouvelle fen\u00eatre`},pages:{"vie-privee":`ce qui est gard\u00e9, et vos droits`},feedback:{question:`Cette r\u00e9ponse est-elle utile?`,yes:`Oui`,no:`Non`,thanks:`Merci de votre avis.`,failed:`Votre avis n\u2019a pas pu \u00eatre enregistr\u00e9. R\u00e9essayez.`,why:`Qu\u2019est-ce qui n\u2019allait pas?`,whys:{wrong:`C\u2019est faux ou d\u00e9pass\u00e9`,unclear:`Ce n\u2019est pas clair`,incomplete:`Il manque quelque chose`,not_my_question:`Ce n\u2019\u00e9tait pas ma question`},next:`Merci de votre avis. Et maintenant?`,rephrase:`Reformuler`,adviser:`Parler \u00e0 un conseiller`},copy:{label:`Copier cette r\u00e9ponse`,done:`Copi\u00e9`,failed:`Non copi\u00e9`,source:`Source\xA0: {title} ({asOf}) {url}`},files:{kilobytes:`{size}\xA0ko`,megabytes:`{size}\xA0Mo`,tooLarge:`Ce fichier est trop lourd\xA0: la limite est de 5\xA0Mo.`,list:`Documents joints`,download:`T\u00e9l\u00e9charger {name}`,notKept:`Gardez cette page ouverte jusqu\u2019\u00e0 l\u2019envoi\xA0: le document n\u2019a pas pu \u00eatre mis de c\u00f4t\u00e9`,gone:`Ce document n\u2019est plus dans ce navigateur. Joignez-le de nouveau.`},cards:{list:`Fiches de cette r\u00e9ponse`,thatDay:`Le {day}`,asOfDay:`\u00c0 partir du {day}`,until:`Jusqu\u2019au {day}`,between:`Du {first} au {last}`,done:`C\u2019est fait`,calendar:`Ajouter \u00e0 mon calendrier`,calendarFile:`quebec-ville-etudes.ics`,print:`Imprimer`,printFile:`quebec-ville-etudes.html`},connection:{offline:`Vous \u00eates hors ligne. Vos messages partiront d\u00e8s le retour du r\u00e9seau.`,reconnecting:`Connexion interrompue. Nouvelle tentative en cours\u2026`,retry:`R\u00e9essayer maintenant`,busy:`Le service est tr\u00e8s demand\u00e9. La discussion reprendra d\u2019elle-m\u00eame dans un instant.`},notices:{renewed:`Votre conversation pr\u00e9c\u00e9dente a expir\u00e9 ou a \u00e9t\u00e9 effac\u00e9e. En voici une nouvelle.`,erased:`La conversation est effac\u00e9e. Il n\u2019en reste rien, ni ici ni sur nos serveurs.`,erasedElsewhere:`Cette conversation a \u00e9t\u00e9 effac\u00e9e.`,anew:`Nouvelle conversation`,eraseFailed:`La conversation n\u2019a pas pu \u00eatre effac\u00e9e. R\u00e9essayez dans un instant.`,exportFailed:`Vos donn\u00e9es n\u2019ont pas pu \u00eatre t\u00e9l\u00e9charg\u00e9es. R\u00e9essayez dans un instant.`,tickFailed:`Cette case n\u2019a pas pu \u00eatre enregistr\u00e9e. R\u00e9essayez dans un instant.`,calendarFailed:`Le calendrier n\u2019a pas pu \u00eatre t\u00e9l\u00e9charg\u00e9. R\u00e9essayez dans un instant.`,printFailed:`La page \u00e0 imprimer n\u2019a pas pu s\u2019ouvrir. R\u00e9essayez dans un instant.`,fileFailed:`Ce document n\u2019a pas pu \u00eatre t\u00e9l\u00e9charg\u00e9. R\u00e9essayez dans un instant.`,telegramFailed:`Le lien vers Telegram n\u2019a pas pu \u00eatre pr\u00e9par\u00e9. R\u00e9essayez dans un instant.`,notificationsOn:`C\u2019est not\u00e9\xA0: cet appareil vous avertira quand une personne conseill\u00e8re r\u00e9pondra. La notification ne montre rien de ce qui est \u00e9crit.`,notificationsOff:`Cet appareil ne vous avertira plus.`,notificationsBlocked:`Votre navigateur bloque les notifications de ce site. Autorisez-les dans ses r\u00e9glages, puis r\u00e9essayez.`,notificationsFailed:`Les notifications n\u2019ont pas pu \u00eatre activ\u00e9es. R\u00e9essayez dans un instant.`,refused:`Ce message n\u2019a pas pu \u00eatre accept\u00e9.`},export:{file:`quebec-ville-etudes-conversation.json`},mail:{title:`Recevoir la conversation par courriel`,label:`Votre adresse courriel`,consent:`Toute la conversation partira \u00e0 cette adresse, une seule fois. Nous ne gardons pas l\u2019adresse. V\u00e9rifiez-la bien\xA0: qui re\u00e7oit ce courriel peut tout lire.`,privacy:`Ce qui est gard\u00e9, et vos droits`,send:`Envoyer`,sending:`Envoi\u2026`,sent:`Le courriel est parti vers {email}. Si rien n\u2019arrive d\u2019ici quelques minutes, regardez dans les ind\u00e9sirables.`,close:`Fermer`,missing:`\u00c9crivez d\u2019abord votre adresse.`,invalid:`Cette adresse n\u2019est pas compl\u00e8te. Elle doit ressembler \u00e0 nom@exemple.fr.`,offline:`Vous \u00eates hors ligne\xA0: rien n\u2019est parti. R\u00e9essayez d\u00e8s le retour du r\u00e9seau.`,busy:`Trop d\u2019envois en peu de temps. R\u00e9essayez plus tard.`,failed:`Le courriel n\u2019a pas pu partir. R\u00e9essayez dans un instant.`},suggestions:{title:`Par o\u00f9 commencer?`,default:[`Quelles sont les \u00e9tapes pour \u00e9tudier \u00e0 Qu\u00e9bec?`,`Quand faut-il d\u00e9poser une demande d\u2019admission?`,`C\u2019est quoi, le CAQ?`,`Combien co\u00fbte une ann\u00e9e d\u2019\u00e9tudes?`],admission:[`Comment d\u00e9poser une demande d\u2019admission?`,`Quelles sont les dates limites?`,`Mon bac fran\u00e7ais suffit-il?`],caq:[`C\u2019est quoi, le CAQ?`,`Comment demander le CAQ?`,`Combien de temps pour recevoir le CAQ?`],study_permit:[`Comment demander un permis d\u2019\u00e9tudes?`,`Combien co\u00fbte le permis d\u2019\u00e9tudes?`,`Quand demander le permis d\u2019\u00e9tudes?`],housing:[`Comment trouver un logement \u00e0 Qu\u00e9bec?`,`Y a-t-il des r\u00e9sidences \u00e9tudiantes?`,`Combien co\u00fbte un loyer?`],tuition:[`Combien co\u00fbte une ann\u00e9e d\u2019\u00e9tudes?`,`Y a-t-il des bourses?`,`Quel budget pr\u00e9voir pour vivre \u00e0 Qu\u00e9bec?`],transport_arrival:[`Que faire en arrivant \u00e0 Qu\u00e9bec?`,`Comment ouvrir un compte bancaire?`,`Comment s\u2019habiller pour l\u2019hiver?`]}},Vt={fr:`fr-CA`,en:`en-CA`},Ht={fr:Bt,en:zt},Ut=`fr`;function Wt(e){Ut=e}function H(){return Ht[Ut]}function U(){return Vt[Ut]}function Gt(e){let{title:t,...n}=H().suggestions,r=e?.split(`/`)[0]??``;return Object.hasOwn(n,r)?n[r]:n.default}function W(e,t){return e.replace(/\{(\w+)\}/g,(e,n)=>String(t[n]??e))}function G(e,t){customElements.get(e)||customElements.define(e,t)}function K(e,t,n){e.dispatchEvent(new CustomEvent(t,{detail:n,bubbles:!0,composed:!0}))}G(`qve-banners`,class extends B{static properties={state:{attribute:!1}};static styles=[V,w`
      :host {
        display: block;
        font-size: 0.9em;
        line-height: 1.4;
      }
      .banner {
        display: flex;
        flex-wrap: wrap;
        gap: 0.1em 0.7em;
        align-items: center;
        padding: 0.55em 1.1em;
        border-bottom: 1px solid var(--qve-line);
        background: var(--qve-surface-soft);
      }
      .floor {
        display: block;
        background: var(--qve-adviser);
        border-color: var(--qve-adviser-line);
      }
      .floor small {
        display: block;
        color: var(--qve-text-soft);
        font-size: 0.94em;
      }
    `];render(){return P`<div role="status">${this.#e()}</div>
      ${this.#t()}`}#e(){let{online:e,link:t,busy:n}=this.state,r=H().connection;return e?n?P`<div class="banner">${r.busy}</div>`:t===`reconnecting`?P`<div class="banner">
        <span>${r.reconnecting}</span>
        <button class="link" @click=${()=>K(this,`qve-retry`)}>${r.retry}</button>
      </div>`:I:P`<div class="banner">${r.offline}</div>`}#t(){let{holder:e,adviser:t,promise:n}=this.state.thread.floor,r=H().floor;return e===`waiting`?P`<div class="banner floor">
        ${r.waiting} ${n?P`<strong>${W(r.promise,{promise:n})}</strong>`:I}
        <small>${r.waitingHint}</small>
        ${this.#n()}
      </div>`:e===`adviser`?P`<div class="banner floor">${t?W(r.adviser,{name:t}):r.adviserUnnamed} ${this.#n()}</div>`:I}#n(){return this.state.told!==!1||!this.state.thread.offers.includes(`notifications`)?I:P`<button class="link" @click=${()=>K(this,`qve-notify`)}>${H().floor.notify}</button>`}});var q={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Kt=e=>(...t)=>({_$litDirective$:e,values:t}),qt=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Jt}=Pt,Yt=e=>e,Xt=e=>e.strings===void 0,Zt=()=>document.createComment(``),J=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new Jt(r.insertBefore(Zt(),i),r.insertBefore(Zt(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=Yt(e).nextSibling;Yt(r).insertBefore(e,i),e=t}}}return n},Y=(e,t,n=e)=>(e._$AI(t,n),e),Qt={},$t=(e,t=Qt)=>e._$AH=t,en=e=>e._$AH,tn=e=>{e._$AR(),e._$AA.remove()},nn=Kt(class extends qt{constructor(e){if(super(e),e.type!==q.PROPERTY&&e.type!==q.ATTRIBUTE&&e.type!==q.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Xt(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===F||t===I)return t;let n=e.element,r=e.name;if(e.type===q.PROPERTY){if(t===n[r])return F}else if(e.type===q.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return F}else if(e.type===q.ATTRIBUTE&&n.getAttribute(r)===t+``)return F;return $t(e),t}}),X=e=>Ct`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${e}></path></svg>`,rn=X(`M6 6l12 12M18 6L6 18`),an=X(`M12 5.5v.01M12 12v.01M12 18.5v.01`),on=X(`M4 12l16-8-5 16-3.5-6.5zM11.5 13.5L20 4`),sn=X(`M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.6-3.7 3.7-6 7.5-6s6.9 2.3 7.5 6`),cn=X(`M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M5 20h14`),ln=X(`M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3`),un=X(`M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7M10.5 11v5.5M13.5 11v5.5`),dn=X(`M6 3.5h9l4 4v13H6zM9 11h7M9 14.5h7M9 18h4`),fn=X(`M19 11.5l-7.2 7.2a4.6 4.6 0 0 1-6.5-6.5l7.7-7.7a3.1 3.1 0 0 1 4.4 4.4l-7.5 7.5a1.6 1.6 0 0 1-2.3-2.3l6.6-6.6`),pn=X(`M9 9h10.5v11H9zM15 9V4.5H4.5V16H9`),mn=X(`M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4`),hn=X(`M20.5 4.5L3.5 11l6 2.3L12 20l3-4.5 4 2.5zM9.5 13.3l11-8.8`),gn=X(`M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7`),_n=X(`M6.5 16.5v-6a5.5 5.5 0 0 1 11 0v6l1.5 1.5H5zM10.5 20.5h3`),vn=X(`M12 5v14m0 0l-5.5-5.5M12 19l5.5-5.5`),yn=X(`M5 6h14v14H5zM5 10.5h14M9 3.5V7M15 3.5V7`),bn=X(`M7.5 9V4h9v5M7.5 17H4.5V9h15v8h-3M7.5 14h9v6h-9z`),xn=X(`M4 19V6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H8zM8 13v-2.5l2-2.5 2 2.5V13M12 13V9.5L14 7l2 2.5V13`),Sn=200,Cn=1e3,wn=`.pdf,.jpg,.jpeg,.png`;G(`qve-composer`,class extends B{static properties={offersAdviser:{type:Boolean},takesFiles:{type:Boolean},draft:{},counted:{state:!0}};#e;static styles=[V,w`
      :host {
        display: block;
        padding: 0.6em 0.8em max(0.7em, env(safe-area-inset-bottom));
        border-top: 1px solid var(--qve-line);
        background: var(--qve-surface);
      }
      form {
        display: flex;
        align-items: flex-end;
        gap: 0.35em;
        padding: 0.25em;
        border: 1.5px solid var(--qve-line-strong);
        border-radius: 1.1em;
        background: var(--qve-surface);
      }
      form:focus-within {
        border-color: var(--qve-primary);
        outline: 2px solid var(--qve-primary);
        outline-offset: 0;
      }
      textarea {
        flex: 1;
        min-width: 0;
        min-height: 2.5em;
        max-height: 8.5em;
        padding: 0.5em 0.6em;
        border: 0;
        outline: 0;
        resize: none;
        background: none;
        line-height: 1.5;
        overflow-y: auto;
      }
      textarea:focus-visible {
        outline: 0;
      }
      textarea:placeholder-shown {
        field-sizing: content;
      }
      textarea::placeholder {
        color: var(--qve-text-soft);
        opacity: 1;
      }
      form button {
        display: grid;
        place-items: center;
        width: 2.5em;
        height: 2.5em;
        flex: none;
        padding: 0;
        border-radius: 0.85em;
      }
      .under {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.1em 0.8em;
        padding-top: 0.4em;
        font-size: 0.84em;
        color: var(--qve-text-soft);
      }
      .adviser {
        display: inline-flex;
        gap: 0.4em;
        align-items: center;
        padding: 0.25em 0.6em;
        margin-left: -0.2em;
        border-radius: 1em;
        color: var(--qve-primary);
        font-weight: 600;
      }
      .adviser:hover {
        background: var(--qve-surface-soft);
      }
      .over {
        color: var(--qve-danger);
        font-weight: 600;
      }
    `];constructor(){super(),this.offersAdviser=!0,this.takesFiles=!1,this.draft=``,this.counted=``}focusField(){this.#d()?.focus()}render(){let e=H().composer;return P`<form @submit=${this.#u}>
        <textarea
          rows="1"
          aria-label=${e.label}
          aria-describedby="count"
          aria-invalid=${this.#o()<0}
          placeholder=${e.placeholder}
          enterkeyhint="send"
          autocomplete="off"
          .value=${nn(this.draft)}
          @input=${this.#s}
          @keydown=${this.#l}
        ></textarea>
        ${this.takesFiles?this.#t():I}
        <button type="submit" class="filled" aria-label=${e.send} title=${e.send}>${on}</button>
      </form>
      <div class="under">
        ${this.offersAdviser?P`<button class="adviser" @click=${()=>K(this,`qve-send`,e.adviserRequest)}>
              ${sn}${e.adviser}
            </button>`:I}
        <span aria-hidden="true" class=${this.#o()<0?`over`:``}>${this.#a()}</span>
        <span id="count" class="unseen" role="status">${this.counted}</span>
      </div>`}#t(){let{attach:e}=H().composer;return P`<button type="button" aria-label=${e} title=${e} @click=${this.#n}>${fn}</button>
      <input type="file" hidden accept=${wn} @change=${this.#r} />`}#n(){this.#i()?.click()}#r(){let e=this.#i();for(let t of e?.files??[])K(this,`qve-attach`,t);e&&(e.value=``),this.focusField()}#i(){return this.renderRoot.querySelector(`input[type=file]`)}#a(){let e=this.#o();if(e>Sn)return``;let{left:t,over:n}=H().composer,r=Math.abs(e),i=e<0?n:t;return W(new Intl.PluralRules(U()).select(r)===`one`?i.one:i.many,{count:r})}#o(){return Me-[...this.draft.trim()].length}updated(e){let t=this.#d();t&&e.has(`draft`)&&(clearTimeout(this.#e),this.#e=setTimeout(()=>this.counted=this.#a(),Cn),t.style.height=`auto`,this.draft&&(t.style.height=`${t.scrollHeight}px`))}#s(){this.#c(this.#d()?.value??``)}#c(e){this.draft=e,K(this,`qve-draft`,e)}#l(e){e.key!==`Enter`||e.shiftKey||e.isComposing||(e.preventDefault(),this.#u(e))}#u(e){e.preventDefault();let t=this.#d(),n=this.draft.trim();!t||!n||this.#o()<0||(this.#c(``),t.focus(),K(this,`qve-send`,n))}#d(){return this.renderRoot.querySelector(`textarea`)}});var Tn=w`
  :host {
    position: absolute;
    inset: 0;
    z-index: 3;
    display: grid;
    place-items: end stretch;
    background: rgb(6 16 38 / 0.55);
  }
  .sheet {
    max-height: 100%;
    overflow: auto;
    padding: 1.3em 1.2em 1.2em;
    background: var(--qve-surface);
    border-radius: var(--qve-radius) var(--qve-radius) 0 0;
    border-top: 1px solid var(--qve-line);
  }
  h3 {
    font-size: 1.1em;
    line-height: 1.3;
    margin-bottom: 0.4em;
  }
  p {
    color: var(--qve-text-soft);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
    margin-top: 1.1em;
    padding: 0;
    border: 0;
  }
  button {
    flex: 1 1 8em;
    min-height: 2.75em;
  }
`;function En(e,t){if(e.key!==`Tab`)return;let n=[...t.querySelectorAll(`a[href], button, input`)],[r,i]=e.shiftKey?[n.at(-1),n[0]]:[n[0],n.at(-1)];t.activeElement===i&&(e.preventDefault(),r?.focus())}G(`qve-confirmation`,class extends B{static properties={question:{}};static styles=[V,Tn,w`
      .erase {
        background: var(--qve-danger);
        color: var(--qve-surface);
        font-weight: 600;
      }
    `];firstUpdated(){this.renderRoot.querySelector(`.plain`)?.focus()}#e=e=>En(e,this.renderRoot);render(){let e=H().confirm,[t,n,r]=this.question===`erase`?[e.eraseTitle,e.eraseText,e.eraseYes]:[e.anewTitle,e.anewText,e.anewYes];return P`<div class="sheet" role="alertdialog" aria-modal="true" aria-labelledby="title" @keydown=${this.#e} aria-describedby="text">
      <h3 id="title">${t}</h3>
      <p id="text">${n}</p>
      <section class="choices">
        <button class="plain" @click=${()=>K(this,`qve-cancel`)}>${e.no}</button>
        <button class=${this.question===`erase`?`erase`:`filled`} @click=${()=>K(this,`qve-confirm`,this.question)}>
          ${r}
        </button>
      </section>
    </div>`}}),G(`qve-header`,class extends B{static properties={offers:{attribute:!1},floor:{attribute:!1},running:{type:Boolean},told:{attribute:!1},closes:{type:Boolean},unfolded:{state:!0}};static styles=[V,w`
      :host {
        display: block;
        position: relative;
        z-index: 2;
        --qve-focus: var(--qve-on-header);
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 0.7em;
        padding: 0.8em 0.7em 0.8em 1em;
        padding-top: max(0.8em, env(safe-area-inset-top));
        background: linear-gradient(120deg, var(--qve-header), var(--qve-header-end));
        color: var(--qve-on-header);
      }
      .brand {
        display: grid;
        place-items: center;
        width: 2.5em;
        height: 2.5em;
        flex: none;
        border-radius: 0.8em;
        background: rgb(255 255 255 / 0.14);
      }
      .names {
        flex: 1;
        min-width: 0;
        line-height: 1.25;
      }
      h2 {
        font-size: 1.05em;
        font-weight: 650;
        letter-spacing: -0.005em;
        outline: none;
      }
      .names p {
        font-size: 0.86em;
        opacity: 0.92;
      }
      .bar button {
        display: grid;
        place-items: center;
        width: 2.5em;
        height: 2.5em;
        padding: 0;
        border-radius: 0.7em;
      }
      .bar button:hover {
        background: rgb(255 255 255 / 0.16);
      }
      .menu-icon svg {
        stroke-width: 3;
      }
      .menu {
        position: absolute;
        top: 100%;
        right: 0.6em;
        width: min(19em, calc(100% - 1.2em));
        margin: 0.35em 0 0;
        padding: 0.4em;
        max-height: calc(100dvh - 8em);
        overflow-y: auto;
        list-style: none;
        border: 1px solid var(--qve-line);
        border-radius: 0.9em;
        background: var(--qve-surface);
        box-shadow: var(--qve-shadow);
        --qve-focus: var(--qve-accent);
      }
      .menu button {
        display: flex;
        gap: 0.75em;
        align-items: center;
        width: 100%;
        padding: 0.55em 0.6em;
        text-align: left;
        line-height: 1.3;
      }
      .menu button:hover {
        background: var(--qve-surface-soft);
      }
      .menu small {
        display: block;
        font-size: 0.84em;
        color: var(--qve-text-soft);
      }
      .danger {
        color: var(--qve-danger);
      }
      @media (max-width: 400px) {
        .bar {
          gap: 0.5em;
          padding-left: 0.75em;
          padding-right: 0.35em;
        }
        h2 {
          font-size: 1em;
        }
        .bar .brand {
          width: 2.2em;
          height: 2.2em;
        }
      }
      @media (max-width: 340px) {
        .bar .brand {
          display: none;
        }
      }
      @media (forced-colors: active) {
        .bar {
          border-bottom: 1px solid CanvasText;
        }
      }
    `];constructor(){super(),this.unfolded=!1,this.running=!1,this.offers=[],this.told=null,this.closes=!0,this.addEventListener(`focusout`,e=>{this.#i(e.relatedTarget)||(this.unfolded=!1)}),this.addEventListener(`keydown`,e=>{e.key===`Escape`&&this.unfolded&&(e.preventDefault(),e.stopPropagation(),this.unfolded=!1,this.#r()?.focus())})}focusTitle(){this.renderRoot.querySelector(`h2`)?.focus()}focusMenu(){this.#r()?.focus()}render(){let{title:e,menu:t,close:n}=H().panel;return P`<div class="bar">
        <span class="brand">${xn}</span>
        <div class="names">
          <h2 tabindex="-1">${e}</h2>
          <p>${this.#e()}</p>
        </div>
        <button
          class="menu-icon"
          aria-label=${t}
          title=${t}
          aria-expanded=${this.unfolded}
          aria-controls="menu"
          @click=${()=>this.unfolded=!this.unfolded}
        >
          ${an}
        </button>
        ${this.closes?P`<button class="close" aria-label=${n} title=${n} @click=${()=>K(this,`qve-close`)}>${rn}</button>`:I}
      </div>
      <ul class="menu" id="menu" role="list" ?hidden=${!this.unfolded}>
        ${this.#t()}
      </ul>`}#e(){let{assistant:e,adviser:t,adviserUnnamed:n}=H().panel;return this.floor.holder===`adviser`?this.floor.adviser?W(t,{name:this.floor.adviser}):n:e}#t(){let e=H().menu,t=(e,t,n,r,i=``)=>P`<li>
        <button class=${i} @click=${()=>this.#n(e)}>${t}<span>${n}<small>${r}</small></span></button>
      </li>`,n=e=>this.running&&this.offers.includes(e);return[this.running?t(`qve-export`,cn,e.export,e.exportHint):I,this.running?t(`qve-print`,bn,e.print,e.printHint):I,n(`mail`)?t(`qve-mail`,gn,e.mail,e.mailHint):I,n(`telegram`)?t(`qve-telegram`,hn,e.telegram,e.telegramHint):I,n(`notifications`)&&this.told===!1?t(`qve-notify`,_n,e.notify,e.notifyHint):I,n(`notifications`)&&this.told?t(`qve-hush`,_n,e.hush,e.hushHint):I,this.closes||!this.running?I:t(`qve-plain`,dn,e.plain,e.plainHint),t(`qve-anew`,ln,e.anew,e.anewHint),this.running?t(`qve-erase`,un,e.erase,e.eraseHint,`danger`):I]}#n(e){this.#r()?.focus(),this.unfolded=!1,K(this,e)}#r(){return this.renderRoot.querySelector(`.menu-icon`)}#i(e){return e instanceof Node&&(this.contains(e)||this.renderRoot.contains(e))}});function Dn(){return P`<span class="unseen">&nbsp;(${H().sources.newWindow})</span>`}G(`qve-mailing`,class extends B{static properties={privacy:{},send:{attribute:!1},stage:{state:!0},wrong:{state:!0}};#e=``;static styles=[V,Tn,w`
      form {
        display: grid;
        gap: 0.7em;
        margin-top: 0.9em;
      }
      label {
        font-weight: 600;
      }
      input {
        box-sizing: border-box;
        width: 100%;
        min-height: 2.75em;
        margin-top: 0.25em;
        padding: 0.45em 0.7em;
        border: 1.5px solid var(--qve-line-strong);
        border-radius: 0.7em;
        background: var(--qve-surface);
        color: var(--qve-text);
        font: inherit;
      }
      input[aria-invalid="true"] {
        border-color: var(--qve-danger);
      }
      .wrong {
        color: var(--qve-danger);
        font-weight: 600;
      }
      .wrong:empty {
        display: none;
      }
      .consent {
        font-size: 0.92em;
      }
    `];constructor(){super(),this.privacy=``,this.stage=`asking`,this.wrong=``}firstUpdated(){this.#o()?.focus()}updated(e){e.has(`stage`)&&this.stage===`sent`&&this.renderRoot.querySelector(`button`)?.focus(),e.has(`wrong`)&&this.wrong&&this.#o()?.focus()}render(){let e=H().mail;return P`<div class="sheet" role="dialog" aria-modal="true" aria-labelledby="title" @keydown=${this.#t}>
      <h3 id="title">${e.title}</h3>
      <div role="status">${this.#n()}</div>
      ${this.stage===`sent`?this.#r():this.#i()}
    </div>`}#t=e=>En(e,this.renderRoot);#n(){let{sent:e,sending:t}=H().mail;return this.stage===`sent`?P`<p>${W(e,{email:this.#e})}</p>`:this.stage===`sending`?P`<p class="unseen">${t}</p>`:I}#r(){return P`<section class="choices">
      <button class="filled" @click=${()=>K(this,`qve-cancel`)}>${H().mail.close}</button>
    </section>`}#i(){let e=H().mail,t=this.stage===`sending`;return P`<form novalidate @submit=${this.#a}>
      <label
        >${e.label}
        <input
          type="email"
          autocomplete="email"
          required
          maxlength="254"
          ?readonly=${t}
          aria-describedby="wrong consent"
          aria-invalid=${this.wrong!==``}
      /></label>
      <p id="wrong" class="wrong" role="alert">${this.wrong}</p>
      <p id="consent" class="consent">
        ${e.consent} <a class="go" href=${this.privacy} target="_blank" rel="noopener">${e.privacy}${Dn()}</a>
      </p>
      <section class="choices">
        <button type="button" class="plain" @click=${()=>K(this,`qve-cancel`)}>${H().confirm.no}</button>
        <button type="submit" class="filled" aria-disabled=${t}>${t?e.sending:e.send}</button>
      </section>
    </form>`}async#a(e){e.preventDefault();let t=this.#o();if(!t||this.stage===`sending`)return;let n=H().mail;if(this.#e=t.value.trim(),this.wrong=``,await this.updateComplete,!t.checkValidity())return void(this.wrong=this.#e?n.invalid:n.missing);this.stage=`sending`;let r=await this.send(this.#e);this.stage=r.sent?`sent`:`asking`,r.sent||(this.wrong=r.why===`refused`?r.reason:n[r.why])}#o(){return this.renderRoot.querySelector(`input`)}});var On=`/chat/formulaire/reprendre`;function kn(e){if(!e)return;let t=document.createElement(`form`),n=document.createElement(`input`);Object.assign(t,{method:`post`,action:On,hidden:!0}),Object.assign(n,{name:`token`,value:e}),t.append(n),document.body.append(t),t.submit()}var An=new Map;function jn(e,t){let{trustedTypes:n}=globalThis;if(!n)return t;let r=e=>e,i=An.get(e)??n.createPolicy(e,{createHTML:r,createScriptURL:r});return An.set(e,i),e===`quebec-ville-etudes`?i.createScriptURL(t):i.createHTML(t)}async function Mn(e,t){let n=window.open(``,`_blank`),r=await e();if(r===null)return n?.close();if(!n||n.closed)return t(r);Nn(n,r),n.focus(),n.print()}function Nn(e,t){let[n=``,r=``]=/<style>([^]*?)<\/style>/.exec(t)??[],i=new e.CSSStyleSheet;i.replaceSync(r);let a=jn(`quebec-ville-etudes-page`,t.replace(n,``)),{documentElement:o}=new DOMParser().parseFromString(a,`text/html`);e.document.replaceChild(e.document.adoptNode(o),e.document.documentElement),e.document.adoptedStyleSheets=[i]}function Pn(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}var Fn=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},In=Kt(class extends qt{constructor(e){if(super(e),e.type!==q.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=en(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=Y(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=Y(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=Y(i[d],a[m]),J(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=Y(i[f],a[p]),J(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=Fn(o,p,m),u=Fn(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=J(e,i[d]);Y(t,a[p]),c[p]=t}else c[p]=Y(n,a[p]),J(e,i[d],n),i[t]=null;p++}else tn(i[f]),f--}else tn(i[d]),d++;for(;p<=m;){let t=J(e,c[m+1]);Y(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&tn(e)}return this.ut=o,$t(e,c),F}}),Ln=864e5;function Rn(e){let t=new Date(e);return Number.isNaN(t.getTime())?``:`${t.getFullYear()}-${t.getMonth()}-${t.getDate()}`}function zn(e,t){return Un(e,t,{hour:`numeric`,minute:`2-digit`})}function Bn(e,t,n){let r=Hn(new Date(e),t);if(r===0||r===1)return Wn(new Intl.RelativeTimeFormat(n,{numeric:`auto`}).format(-r,`day`));let i=new Date(e).getFullYear()===t.getFullYear()?void 0:`numeric`;return Wn(Un(e,n,{weekday:`long`,day:`numeric`,month:`long`,...i&&{year:i}}))}function Vn(e,t){let[n=0,r=1,i=1]=e.split(`-`).map(Number),a=new Intl.DateTimeFormat(t,{day:`numeric`,month:`long`,year:`numeric`,timeZone:`UTC`}).format(Date.UTC(n,r-1,i));return t.startsWith(`fr`)?a.replace(/^1 /,`1er `):a}function Hn(e,t){let n=e=>Date.UTC(e.getFullYear(),e.getMonth(),e.getDate());return Math.round((n(t)-n(e))/Ln)}function Un(e,t,n){let r=new Date(e);return Number.isNaN(r.getTime())?``:new Intl.DateTimeFormat(t,n).format(r)}function Wn(e){return e.charAt(0).toUpperCase()+e.slice(1)}function Gn(e){try{let t=new URL(e);return t.protocol===`https:`||t.protocol===`http:`?t.href:null}catch{return null}}var Kn=/^\s*(\d{1,3})[.)]\s+(.+)$/,qn=/^\s*[-\u2022]\s+(.+)$/,Jn=/https?:\/\/[^\s<>\u00ab\u00bb"]+/g,Yn=/[.,;:!?)\]]+$/;function Xn(e){let t=[],n=!0;for(let r of e.replace(/\r\n?/g,`
`).split(`
`)){if(!r.trim()){n=!0;continue}let e=Qn(r),i=t.at(-1),a=e.kind!==`steps`||e.number===(i?.start??0)+(i?.lines.length??0),o=i?.kind===e.kind&&a&&!(n&&e.kind===`paragraph`);i&&o?i.lines.push(e.text):t.push({kind:e.kind,start:e.number,lines:[e.text]}),n=!1}return t}function Zn(e){let t=[],n=0;for(let r of e.matchAll(Jn)){let i=r[0].replace(Yn,``),a=Gn(i);a&&(r.index>n&&t.push({kind:`text`,text:e.slice(n,r.index)}),t.push({kind:`link`,text:i,url:a}),n=r.index+i.length)}return n<e.length&&t.push({kind:`text`,text:e.slice(n)}),t}function Qn(e){let t=Kn.exec(e);if(t)return{kind:`steps`,number:Number(t[1]),text:t[2]??``};let n=qn.exec(e);return n?{kind:`points`,number:0,text:n[1]??``}:{kind:`paragraph`,number:0,text:e.trim()}}function $n(e,t){if(e.kind===`text`||t!==`system`)return e.text;let n=new URL(e.url).pathname.split(`/`).at(-1)??``,{pages:r}=H();return Object.hasOwn(r,n)?r[n]:e.text}function er(e,t){return Zn(e).map(e=>$n(e,t)).join(``)}function tr({author:e,name:t}){let{adviserNamed:n,...r}=H().authors;return e===`adviser`&&t?W(n,{name:t}):r[e]}var nr=class{#e=new Set;#t=new Set;of(e){let t=e.filter(e=>e.kind===`message`),n=!this.#e.size,r=t.flatMap(e=>[...this.#n(e)?[rr(e.message)]:[],...this.#r(e)?[ir(e)]:[]]);return n?[]:r}#n({key:e}){return!this.#e.has(e)&&!!this.#e.add(e)}#r({key:e,state:t}){return(t===`unsent`||t===`refused`)&&!this.#t.has(e)&&!!this.#t.add(e)}};function rr(e){let{message:t,replies:n}=H().spoken,r=W(t,{who:tr(e),text:er(e.text,e.author)}),i=e.buttons.map(({title:e})=>e);return[r,...e.cards.map(({title:e})=>e),...i.length?[W(n,{titles:i.join(`; `)})]:[]].join(`
`)}function ir({state:e,reason:t}){let n=H().delivery[e??`unsent`];return t?`${n}. ${t}`:n}function ar(e){let t=or(e),n=sr(t),r=xe(e),i=e.floor.holder===`bot`;return t.flatMap((e,a)=>{let o=t[a-1],s=!o||Rn(o.message.at)!==Rn(e.message.at),c={kind:`message`,...e,leads:s||!cr(o.message,e.message),live:e.key===n,done:r,offersAdviser:i},l={kind:`day`,key:`day-${e.key}`,at:e.message.at};return s&&e.message.at?[l,c]:[c]})}function or(e){let t=e.messages.findLast(({author:e})=>e===`person`),n=e.messages.map(n=>({key:n.externalId??`seq-${n.seq}`,message:n,state:n===t&&!e.outgoing.length?`sent`:null,reason:null})),r=e.outgoing.map(e=>({key:e.id,message:lr(e),state:e.delivery,reason:e.reason}));return[...n,...r]}function sr(e){let t=e.findLast(({message:{author:e,buttons:t}})=>e!==`adviser`&&(e!==`system`||t.length>0));return t&&t.message.author!==`person`?t.key:null}function cr(e,t){return e.author===t.author&&e.name===t.name}function lr({id:e,text:t,at:n}){return{seq:0,author:`person`,name:null,text:t,at:n,externalId:e,buttons:[],sources:[],cards:[],files:[],topic:null,useful:null}}function ur({starts:e,ends:t,isStep:n}){let{thatDay:r,asOfDay:i,until:a,between:o}=H().cards,s=e=>Vn(e,U());return e&&t&&e!==t?W(o,{first:s(e),last:s(t)}):e?W(n&&!t?i:r,{day:s(e)}):t?W(a,{day:s(t)}):null}G(`qve-sources`,class extends B{static properties={sources:{attribute:!1}};static styles=[V,w`
      :host {
        display: block;
        font-size: 0.875em;
      }
      summary {
        display: inline-block;
        cursor: pointer;
        padding: 0.3em 0.45em;
        margin-left: -0.45em;
        border-radius: 0.5em;
        color: var(--qve-primary);
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary::before {
        content: "";
        display: inline-block;
        width: 0.4em;
        height: 0.4em;
        margin: 0 0.55em 0.15em 0.1em;
        border: solid currentColor;
        border-width: 0 0.13em 0.13em 0;
        transform: rotate(-45deg);
        transition: transform 0.15s;
      }
      details[open] summary::before {
        transform: rotate(45deg);
      }
      ul {
        display: grid;
        gap: 0.6em;
        padding: 0.35em 0 0.25em;
        list-style: none;
      }
      li {
        padding-left: 0.7em;
        border-left: 3px solid var(--qve-line);
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      a {
        font-weight: 600;
      }
      small {
        display: block;
        font-size: 0.93em;
        color: var(--qve-text-soft);
      }
    `];render(){let{one:e,many:t}=H().sources,n=this.sources.length;return P`<details @toggle=${this.#e}>
      <summary>${n===1?e:W(t,{count:n})}</summary>
      <ul>
        ${this.sources.map(e=>this.#t(e))}
      </ul>
    </details>`}#e(e){let t=e.currentTarget;t.open&&t.scrollIntoView({block:`nearest`})}#t({title:e,url:t,publisher:n,official:r,asOf:i}){let a=Gn(t),{official:o}=H().sources,s=[n,r?o:``,i].filter(Boolean).join(` \u00b7 `);return P`<li>
      ${a?P`<a href=${a} target="_blank" rel="noopener">${e}${Dn()}</a>`:e}
      ${s?P`<small>${s}</small>`:I}
    </li>`}});function dr(e,t){return Xn(e).map(e=>fr(e,t))}function fr(e,t){let n=e.lines.map(e=>pr(e,t));switch(e.kind){case`paragraph`:return P`<p>${n.map(e=>P`<span class="line">${e}</span>`)}</p>`;case`steps`:return P`<ol start=${e.start}>
        ${n.map(e=>P`<li>${e}</li>`)}
      </ol>`;case`points`:return P`<ul>
        ${n.map(e=>P`<li>${e}</li>`)}
      </ul>`}}function pr(e,t){return t===`person`?P`${e}`:P`${Zn(e).map(e=>e.kind===`text`?e.text:P`<a href=${e.url} target="_blank" rel="noopener"
          >${$n(e,t)}${Dn()}</a
        >`)}`}G(`qve-cards`,class extends B{static properties={message:{attribute:!1},done:{attribute:!1}};static styles=[V,w`
      :host {
        display: block;
        width: 100%;
        max-width: 34em;
      }
      .cards {
        display: grid;
        gap: 0.55em;
        padding: 0.25em 0;
        list-style: none;
      }
      .card {
        display: grid;
        gap: 0.4em;
        padding: 0.7em 0.9em;
        border: 1px solid var(--qve-line);
        border-left: 4px solid var(--qve-primary);
        border-radius: 0.7em;
        background: var(--qve-surface);
        overflow-wrap: anywhere;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2em 0.6em;
        align-items: baseline;
      }
      h3 {
        font-size: 1em;
        font-weight: 650;
        line-height: 1.3;
      }
      .mark {
        padding: 0.05em 0.6em;
        border: 1px solid var(--qve-accent);
        border-radius: 1em;
        color: var(--qve-accent);
        font-size: 0.82em;
        font-weight: 600;
      }
      .days {
        font-size: 0.9em;
        font-weight: 600;
        color: var(--qve-text-soft);
      }
      .text {
        display: grid;
        gap: 0.4em;
        font-size: 0.94em;
      }
      .text .line {
        display: block;
      }
      .text ol,
      .text ul {
        padding-left: 1.4em;
      }
      dl {
        display: grid;
        gap: 0.25em;
        margin: 0;
        font-size: 0.92em;
      }
      dl > div {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.9em;
      }
      dt {
        flex: 0 1 7.5em;
        color: var(--qve-text-soft);
      }
      dd {
        flex: 1 1 7em;
        margin: 0;
      }
      .go {
        font-weight: 600;
      }
      .tick {
        display: inline-flex;
        gap: 0.55em;
        align-items: center;
        justify-self: start;
        min-height: max(24px, 2.2em);
        padding-right: 0.5em;
        cursor: pointer;
      }
      input {
        width: 1.25em;
        height: 1.25em;
        flex: none;
        margin: 0;
        accent-color: var(--qve-primary);
        cursor: pointer;
      }
      .done h3 {
        color: var(--qve-text-soft);
      }
      .keep {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4em;
        padding: 0.1em 0 0.2em;
      }
      .keep button {
        display: inline-flex;
        gap: 0.45em;
        align-items: center;
        min-height: 2.4em;
        font-size: 0.9em;
        text-align: left;
      }
      @media (forced-colors: active) {
        .card {
          border-left-color: Highlight;
        }
      }
    `];render(){let{cards:e}=this.message;return P`<ul class="cards" role="list" aria-label=${H().cards.list}>
        ${e.map((e,t)=>this.#e(e,t))}
      </ul>
      <div class="keep">${e.some(({starts:e,ends:t})=>e||t)?this.#i():I} ${this.#a()}</div>`}#e(e,t){let n=ur(e),r=e.tick!==null&&this.done.has(e.tick);return P`<li class="card ${r?`done`:``}">
      <div class="head">
        <h3 id="title-${t}">${e.title}</h3>
        ${e.mark?P`<span class="mark">${e.mark}</span>`:I}
      </div>
      ${n?P`<p class="days">${n}</p>`:I}
      ${e.text?P`<div class="text">${dr(e.text,this.message.author)}</div>`:I} ${this.#t(e)}
      ${this.#n(e)} ${e.tick===null?I:this.#r(e.tick,r,t)}
      ${e.sources.length?P`<qve-sources .sources=${e.sources}></qve-sources>`:I}
    </li>`}#t({facts:e}){return e.length?P`<dl>
      ${e.map(({label:e,value:t})=>P`<div><dt>${e}</dt><dd>${t}</dd></div>`)}
    </dl>`:I}#n({link:e}){if(!e)return I;let t=Gn(e.url);return t?P`<p><a class="go" href=${t} target="_blank" rel="noopener">${e.label}${Dn()}</a></p>`:P`<p>${e.label}</p>`}#r(e,t,n){return P`<label class="tick">
      <input type="checkbox" .checked=${nn(t)} aria-labelledby="done-${n} title-${n}" @change=${t=>K(this,`qve-tick`,{item:e,done:t.currentTarget.checked})} />
      <span id="done-${n}">${H().cards.done}</span>
    </label>`}#i(){return this.#o(`qve-calendar`,yn,H().cards.calendar)}#a(){return this.#o(`qve-print`,bn,H().cards.print)}#o(e,t,n){return P`<button class="plain" @click=${()=>K(this,e,this.message.seq)}>${t}${n}</button>`}});function mr({text:e,cards:t,sources:n},r){let i=({title:e,asOf:t,url:n})=>W(r,{title:e,asOf:t,url:n}).trim();return[e,...t.map(e=>[...hr(e),...e.sources.map(i)].join(`
`)),n.map(i).join(`
`)].filter(Boolean).join(`

`)}function hr(e){let{title:t,mark:n,text:r,facts:i,link:a}=e;return[n?`${t} (${n})`:t,ur(e)??``,r,...i.map(({label:e,value:t})=>`${e}\u00a0: ${t}`),a?`${a.label}\u00a0: ${a.url}`:``].filter(Boolean)}var gr=3e3;G(`qve-copy`,class extends B{static properties={message:{attribute:!1},outcome:{state:!0}};static styles=[V,w`
      :host {
        display: inline-flex;
        gap: 0.3em;
        align-items: center;
        margin-left: auto;
        font-size: 0.82em;
        color: var(--qve-text-soft);
      }
      button {
        display: grid;
        place-items: center;
        min-width: 2.2em;
        min-height: 2.2em;
        padding: 0.2em;
      }
      button:hover {
        background: var(--qve-surface-soft);
      }
    `];constructor(){super(),this.outcome=null}render(){let e=H().copy;return P`<span role="status">${this.outcome?e[this.outcome]:``}</span>
      <button aria-label=${e.label} title=${e.label} @click=${this.#e}>${pn}</button>`}async#e(){let e=mr(this.message,H().copy.source);try{await navigator.clipboard.writeText(e),this.outcome=`done`}catch{this.outcome=`failed`}setTimeout(()=>this.outcome=null,gr)}}),G(`qve-feedback`,class extends B{static properties={message:{attribute:!1},offersAdviser:{type:Boolean},step:{state:!0}};static styles=[V,w`
      :host {
        display: block;
        font-size: 0.82em;
        color: var(--qve-text-soft);
      }
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3em 0.4em;
        align-items: center;
      }
      .answers {
        display: inline-flex;
        gap: 0.4em;
      }
      .more > span {
        flex-basis: 100%;
      }
      div:focus {
        outline: 0;
      }
      button {
        padding: 0.15em 0.7em;
        min-height: 1.9em;
        border-color: var(--qve-line-strong);
        color: var(--qve-text);
        text-align: left;
      }
      button:hover {
        background: var(--qve-surface-soft);
      }
      .more button {
        min-height: 2.4em;
      }
    `];#e=!1;constructor(){super(),this.step=null,this.offersAdviser=!1}render(){let{thanks:e}=H().feedback,{useful:t}=this.message;return t===null?this.#t():t||!this.step?P`<div role="status">${e}</div>`:this.step===`why`?this.#n():this.#r()}updated(e){e.has(`step`)&&(this.#e=this.step!==null);let t=this.renderRoot.querySelector(`.more`);this.#e&&t&&(this.#e=!1,t.focus(),t.scrollIntoView({block:`nearest`}))}#t(){let{question:e,yes:t,no:n}=H().feedback;return P`<div role="group" aria-label=${e}>
      <span aria-hidden="true">${e}</span>
      <span class="answers">
        <button @click=${()=>this.#i(!0)} aria-label="${e} ${t}">${t}</button>
        <button @click=${()=>this.#i(!1)} aria-label="${e} ${n}">${n}</button>
      </span>
    </div>`}#n(){let{why:e,whys:t}=H().feedback;return P`<div class="more" role="group" tabindex="-1" aria-labelledby="asked">
      <span id="asked">${e}</span>
      ${u.map(e=>P`<button @click=${()=>this.#a(e)}>${t[e]}</button>`)}
    </div>`}#r(){let{next:e,rephrase:t,adviser:n}=H().feedback,r={title:n,payload:d};return P`<div class="more" role="group" tabindex="-1" aria-labelledby="asked">
      <span id="asked">${e}</span>
      <button @click=${()=>K(this,`qve-rephrase`)}>${t}</button>
      ${this.offersAdviser?P`<button @click=${()=>this.#o(r)}>${n}</button>`:I}
    </div>`}#i(e){this.step=e?null:`why`,K(this,`qve-rate`,{seq:this.message.seq,useful:e,why:null})}#a(e){this.step=`next`,K(this,`qve-rate`,{seq:this.message.seq,useful:!1,why:e})}#o(e){this.step=null,K(this,`qve-press`,e)}});var _r=class extends B{static properties={row:{attribute:!1}};static styles=[V,w`
      :host {
        display: block;
      }
      .message {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        gap: 0.2em;
      }
      .speaker {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.6em;
        align-items: baseline;
        margin-top: 0.7em;
        font-size: 0.82em;
        color: var(--qve-text-soft);
      }
      .speaker b {
        color: var(--qve-text);
        font-weight: 650;
      }
      .bubble {
        max-width: min(100%, 34em);
        padding: 0.65em 0.9em;
        border-radius: 1em;
        border: 1px solid transparent;
        background: var(--qve-bot);
        overflow-wrap: anywhere;
      }
      .bubble > * + * {
        margin-top: 0.65em;
      }
      .bot .bubble,
      .adviser .bubble {
        border-top-left-radius: 0.3em;
      }
      .line {
        display: block;
      }
      .line + .line {
        margin-top: 0.35em;
      }
      .bubble ol,
      .bubble ul {
        padding-left: 1.4em;
      }
      .bubble li + li {
        margin-top: 0.3em;
      }
      .bubble li::marker {
        color: var(--qve-text-soft);
        font-weight: 600;
      }
      .person {
        align-items: flex-end;
      }
      .person .bubble {
        max-width: 85%;
        background: var(--qve-person);
        color: var(--qve-on-person);
        border-top-right-radius: 0.3em;
      }
      .person .bubble li::marker {
        color: inherit;
      }
      .adviser .bubble {
        background: var(--qve-adviser);
        border-color: var(--qve-adviser-line);
      }
      .adviser .speaker b {
        color: var(--qve-accent);
      }
      .system .bubble {
        max-width: 100%;
        background: none;
        border: 1px solid var(--qve-line);
        color: var(--qve-text-soft);
        font-size: 0.9em;
      }
      .state {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0 0.5em;
        align-items: center;
        font-size: 0.82em;
        text-align: right;
        color: var(--qve-text-soft);
      }
      .unsent,
      .refused {
        color: var(--qve-danger);
      }
      .replies {
        display: flex;
        flex-wrap: wrap;
        gap: 0.45em;
        padding: 0.35em 0 0.15em;
        list-style: none;
      }
      .replies button,
      .replies span {
        display: block;
        border: 1.5px solid var(--qve-primary);
        border-radius: 1.2em;
        padding: 0.4em 0.95em;
        text-align: left;
        color: var(--qve-primary);
        background: var(--qve-surface);
        overflow-wrap: anywhere;
      }
      .replies button:hover {
        background: var(--qve-primary);
        color: var(--qve-on-primary);
      }
      .replies span {
        border: 1px dashed var(--qve-line);
        padding: 0.2em 0.7em;
        font-size: 0.85em;
        color: var(--qve-text-soft);
      }
      .files {
        display: grid;
        gap: 0.35em;
        padding: 0.2em 0;
        list-style: none;
      }
      .files button {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 0.2em 0.5em;
        align-items: center;
        min-height: 2.4em;
        text-align: left;
        overflow-wrap: anywhere;
      }
      .files small {
        color: var(--qve-text-soft);
      }
      .after {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        justify-content: space-between;
        gap: 0.3em 1em;
        width: 100%;
        max-width: 34em;
        padding: 0 0.25em;
      }
      @media (forced-colors: active) {
        .bubble {
          border-color: CanvasText;
        }
      }
    `];render(){let{message:e,leads:t}=this.row;return P`<div class="message ${e.author}">
      <div class=${t?`speaker`:`unseen`}><b>${tr(e)}</b> <time datetime=${e.at}>${zn(e.at,U())}</time></div>
      ${e.text&&!vr(e)?P`<div class="bubble">${dr(e.text,e.author)}</div>`:I}
      ${e.cards.length?P`<qve-cards .message=${e} .done=${this.row.done}></qve-cards>`:I}
      ${e.files.length?this.#t(e):I} ${this.#e()} ${this.#n(e)} ${this.#r(e)}
    </div>`}#e(){let{state:e,reason:t,message:n}=this.row;if(n.author!==`person`)return I;let{retry:r,discard:i,...a}=H().delivery,o=e?a[e]:``;return P`<div class="state ${e??``}" ?hidden=${!e}>
      <span>${t&&e!==`sending`?`${o}. ${t}`:o}</span>
      ${e===`unsent`?P`<button class="link" @click=${()=>K(this,`qve-retry`)}>${r}</button>`:I}
      ${e===`refused`?P`<button class="link" @click=${()=>K(this,`qve-discard`,n.externalId)}>${i}</button>`:I}
    </div>`}#t({files:e}){let{list:t,download:n}=H().files;return P`<ul class="files" role="list" aria-label=${t}>
      ${e.map(e=>P`<li>
            <button class="plain" aria-label=${W(n,{name:e.name})} @click=${()=>K(this,`qve-file`,e)}>
              ${mn}<span>${e.name}</span> <small>${yr(e.size)}</small>
            </button>
          </li>`)}
    </ul>`}#n(e){let t=e.sources.length>0,n=e.author===`bot`&&e.topic!==null,r=n||e.author===`adviser`;return!t&&!r?I:P`<div class="after">
      ${t?P`<qve-sources .sources=${e.sources}></qve-sources>`:I}
      ${n?P`<qve-feedback .message=${e} .offersAdviser=${this.row.offersAdviser}></qve-feedback>`:I}
      ${r?P`<qve-copy .message=${e}></qve-copy>`:I}
    </div>`}#r({buttons:e}){if(!e.length)return I;let{live:t}=this.row;return P`<ul class="replies" role="list" aria-label=${H().delivery.reply}>
      ${e.map(e=>P`<li>
            ${t?P`<button @click=${()=>K(this,`qve-press`,e)}>${e.title}</button>`:P`<span>${e.title}</span>`}
          </li>`)}
    </ul>`}};function vr({text:e,files:t}){return t.length===1&&t[0]?.name===e}function yr(e){let{kilobytes:t,megabytes:n}=H().files,r=(e,t)=>new Intl.NumberFormat(U(),{maximumFractionDigits:t}).format(e);return e<1048576?W(t,{size:r(Math.max(1,e/1024),0)}):W(n,{size:r(e/1024/1024,1)})}G(`qve-message`,_r);var br=80,xr=12,Sr=300,Cr=100,wr=5e3;G(`qve-thread`,class extends B{static properties={state:{attribute:!1},shown:{type:Boolean},topic:{},behind:{state:!0},told:{state:!0}};#e=[];#t=new Set;#n=new nr;#r=0;#i;#a=!0;#o=new ResizeObserver(()=>this.#a&&this.#m());static styles=[V,w`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        flex: 1;
        min-height: 0;
      }
      .scroll {
        position: relative;
        flex: 1;
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: 0.4em 1em 1em;
        scrollbar-width: thin;
      }
      .log {
        display: flex;
        flex-direction: column;
        gap: 0.4em;
      }
      .day {
        display: flex;
        gap: 0.8em;
        align-items: center;
        margin: 0.9em 0 0.1em;
        font-size: 0.8em;
        color: var(--qve-text-soft);
      }
      .day::before,
      .day::after {
        content: "";
        flex: 1;
        border-top: 1px solid var(--qve-line);
      }
      .typing {
        display: inline-flex;
        gap: 0.7em;
        align-items: center;
        margin-top: 0.8em;
        font-size: 0.86em;
        color: var(--qve-text-soft);
      }
      .dots {
        display: inline-flex;
        gap: 0.28em;
        padding: 0.65em 0.75em;
        border-radius: 1em;
        border-top-left-radius: 0.3em;
        background: var(--qve-bot);
      }
      .dots i {
        width: 0.45em;
        height: 0.45em;
        border-radius: 50%;
        background: var(--qve-text-soft);
        animation: nod 1.1s ease-in-out infinite;
      }
      .dots i:nth-child(2) {
        animation-delay: 0.15s;
      }
      .dots i:nth-child(3) {
        animation-delay: 0.3s;
      }
      @keyframes nod {
        0%,
        60%,
        100% {
          opacity: 0.35;
        }
        30% {
          opacity: 1;
          transform: translateY(-0.2em);
        }
      }
      .starting {
        padding: 2em 0;
        text-align: center;
        color: var(--qve-text-soft);
      }
      .opening {
        margin-top: 1.2em;
      }
      .opening h3 {
        font-size: 0.9em;
        font-weight: 650;
        margin-bottom: 0.5em;
      }
      .opening ul {
        display: grid;
        gap: 0.45em;
        padding: 0;
        list-style: none;
      }
      .opening button {
        width: 100%;
        padding: 0.6em 0.9em;
        text-align: left;
        border: 1px solid var(--qve-line);
        border-radius: 0.9em;
        background: var(--qve-surface-soft);
        color: var(--qve-primary);
        font-weight: 550;
        line-height: 1.35;
      }
      .opening button:hover {
        border-color: var(--qve-primary);
      }
      .newest {
        position: absolute;
        bottom: 0.6em;
        left: 50%;
        transform: translateX(-50%);
        display: inline-flex;
        gap: 0.4em;
        align-items: center;
        padding: 0.3em 0.9em;
        border-radius: 1.2em;
        font-size: 0.88em;
        white-space: nowrap;
        box-shadow: var(--qve-shadow);
      }
      @media (max-height: 26em) {
        :host {
          flex: none;
        }
        .scroll {
          overflow: visible;
        }
        .newest {
          display: none;
        }
      }
    `];constructor(){super(),this.behind=!1,this.told=[],this.shown=!1,this.topic=null}focusLog(){this.renderRoot.querySelector(`.scroll`)?.focus()}willUpdate(){this.#e=ar(this.state.thread)}firstUpdated(){let e=this.renderRoot.querySelector(`.scroll`);e&&this.#o.observe(e),this.closest(`.frame`)?.addEventListener(`scroll`,()=>this.#h())}render(){let{thread:e,phase:t}=this.state;return P`<div class="scroll" tabindex="0" role="region" aria-label=${H().panel.thread} @scroll=${this.#h}>
        <div class="log" role="log" aria-live="off">
          ${In(this.#e,({key:e})=>e,e=>this.#c(e))}
        </div>
        <div role="status">${t===`starting`&&!e.messages.length?P`<p class="starting">${this.#l()}</p>`:I}</div>
        ${this.#u()} ${this.#d()}
      </div>
      <div class="unseen" aria-live="polite">${In(this.told,e=>e,({sentence:e})=>P`<p>${e}</p>`)}</div>
      ${this.behind?P`<button class="newest filled" @click=${()=>this.#m()}>${vn}${H().panel.newest}</button>`:I}`}updated(e){let t=this.#e.filter(({key:e})=>!this.#t.has(e)),n=!this.#t.size;this.#t=new Set(this.#e.map(({key:e})=>e));let r=e.has(`shown`)&&this.shown;this.#s(t);let i=t.some(e=>e.kind===`message`&&e.message.author===`person`);this.#f()?r||n||i?this.#v(()=>this.#m()):t.length&&this.#a?this.#v(()=>this.#p(t)):t.length?this.behind=!0:this.#a&&this.#m():this.#a=!1}#s(e){let t=this.state.phase===`open`?this.#n.of(this.#e):[];if(!t.length||!this.shown)return;let n=e.reduce((e,t)=>e+(t.kind===`message`?t.message.cards.length:0),0);this.#r=Math.max(this.#r,Date.now()+Sr+Cr*n),setTimeout(()=>{this.told=[...this.told,...t.map(e=>({sentence:e}))],clearTimeout(this.#i),this.#i=setTimeout(()=>this.told=[],wr)},this.#r-Date.now())}#c(e){return e.kind===`day`?P`<div class="day" data-key=${e.key}><time datetime=${e.at}>${Bn(e.at,new Date,U())}</time></div>`:P`<qve-message data-key=${e.key} .row=${e}></qve-message>`}#l(){let{starting:e,notHere:t,notHereYet:n}=H().panel;return this.state.online?e:this.state.returning?t:n}#u(){let{typing:e,thread:t,link:n}=this.state,r=H().typing,i=n===`connected`&&t.floor.holder!==`adviser`&&t.outgoing.some(e=>e.delivery===`sending`);if(!e&&!i)return I;let a=e?.name;return P`<div class="typing"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${e?.who===`adviser`?a?W(r.adviser,{name:a}):r.adviserUnnamed:r.bot}</div>`}#d(){let e=this.#e.some(e=>e.kind===`message`&&e.live&&e.message.buttons.length>0);return this.state.phase!==`open`||this.#f()||e?I:P`<div class="opening">
      <h3>${H().suggestions.title}</h3>
      <ul role="list">
        ${Gt(this.topic).map(e=>P`<li><button @click=${()=>K(this,`qve-send`,e)}>${e}</button></li>`)}
      </ul>
    </div>`}#f(){let{outgoing:e,messages:t}=this.state.thread;return e.length>0||t.some(({author:e})=>e===`person`)}#p(e){let t=this.#_(),n=e[0]&&this.renderRoot.querySelector(`[data-key="${CSS.escape(e[0].key)}"]`);if(!t||!n)return;let r=n.getBoundingClientRect().top-t.getBoundingClientRect().top+t.scrollTop-xr;t.scrollTop=Math.min(r,t.scrollHeight-t.clientHeight),this.#h()}#m(){let e=this.#_();e&&(e.scrollTop=e.scrollHeight),this.#a=!0,this.behind=!1}#h(){this.#a=this.#g()<br,this.#a&&(this.behind=!1)}#g(){let e=this.#_();return e?e.scrollHeight-e.scrollTop-e.clientHeight:0}#_(){let e=this.renderRoot.querySelector(`.scroll`);return!e||getComputedStyle(e).overflowY!==`visible`?e:this.closest(`.frame`)}async#v(e){let t=this.renderRoot.querySelectorAll(`qve-message`);await Promise.all([...t].map(e=>e.updateComplete)),e()}});var Tr=`(max-width: 600px)`,Er=`(max-height: 26em)`,Dr=class extends B{static properties={state:{attribute:!1},shown:{type:Boolean,reflect:!0},topic:{},page:{type:Boolean,reflect:!0},origin:{},question:{state:!0}};#e=matchMedia(Tr);#t=matchMedia(Er);static styles=[V,w`
      :host {
        display: contents;
      }
      dialog {
        position: fixed;
        inset: auto max(1.25em, env(safe-area-inset-right)) 5.75em auto;
        width: min(26.5em, calc(100vw - 2.5em));
        height: min(44em, calc(100dvh - 7em));
        max-width: none;
        max-height: none;
        margin: 0;
        padding: 0;
        overflow: hidden;
        border: 1px solid var(--qve-line);
        border-radius: var(--qve-radius);
        background: var(--qve-surface);
        color: var(--qve-text);
        box-shadow: var(--qve-shadow);
        font: 1em/1.5 var(--qve-font);
      }
      dialog[open] {
        animation: rise 0.18s ease-out;
      }
      dialog::backdrop {
        background: none;
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(0.8em);
        }
      }
      .frame {
        display: flex;
        flex-direction: column;
        height: 100%;
      }
      .notice {
        padding: 0.5em 1.1em;
        font-size: 0.9em;
        border-top: 1px solid var(--qve-line);
        background: var(--qve-surface-soft);
      }
      .ended {
        display: grid;
        gap: 1em;
        place-content: center;
        justify-items: center;
        flex: 1;
        padding: 2em 1.5em;
        text-align: center;
      }
      .ended button {
        padding: 0.6em 1.2em;
      }
      @media (max-width: 600px) {
        dialog {
          inset: 0;
          width: 100%;
          height: var(--qve-visible-height, 100dvh);
          border: 0;
          border-radius: 0;
          box-shadow: none;
        }
      }
      @media (max-height: 26em) {
        dialog {
          inset: 0 0 auto auto;
          height: var(--qve-visible-height, 100dvh);
          border-radius: 0;
        }
        .frame {
          overflow-y: auto;
        }
      }
      :host([page]) dialog {
        inset: 0;
        width: min(100%, 52em);
        height: var(--qve-visible-height, 100dvh);
        margin: 0 auto;
        border-width: 0 1px;
        border-radius: 0;
        box-shadow: none;
        animation: none;
      }
      @media print {
        dialog {
          display: none;
        }
      }
    `];constructor(){super(),this.shown=!1,this.question=null,this.topic=null,this.page=!1,this.origin=``,this.addEventListener(`qve-close`,()=>this.hide()),this.#w(`qve-send`,e=>this.conversation.send(e)),this.#w(`qve-attach`,e=>this.conversation.attach(e)),this.#w(`qve-file`,e=>void this.#b(e)),this.#w(`qve-telegram`,()=>void this.#x()),this.#w(`qve-draft`,e=>this.conversation.drafted(e)),this.#w(`qve-press`,e=>this.conversation.press(e)),this.#w(`qve-retry`,()=>this.conversation.retry()),this.#w(`qve-discard`,e=>this.conversation.discard(e)),this.#w(`qve-rate`,({seq:e,useful:t,why:n})=>void this.conversation.rate(e,t,n)),this.#w(`qve-rephrase`,()=>this.#c()?.focusField()),this.#w(`qve-tick`,({item:e,done:t})=>void this.conversation.tick(e,t)),this.#w(`qve-calendar`,e=>void this.#y(e)),this.#w(`qve-print`,e=>void this.#S(e)),this.#w(`qve-export`,()=>void this.#v()),this.#w(`qve-plain`,()=>kn(this.conversation.token)),this.#w(`qve-notify`,()=>void this.conversation.notify(!0)),this.#w(`qve-hush`,()=>void this.conversation.notify(!1)),this.#w(`qve-mail`,()=>this.question=`mail`),this.#w(`qve-erase`,()=>this.question=`erase`),this.#w(`qve-anew`,()=>this.#h()),this.#w(`qve-cancel`,()=>this.#g(null)),this.#w(`qve-confirm`,e=>this.#g(e))}connectedCallback(){super.connectedCallback(),this.#e.addEventListener(`change`,this.#u),this.#t.addEventListener(`change`,this.#l),window.visualViewport?.addEventListener(`resize`,this.#d)}disconnectedCallback(){super.disconnectedCallback(),this.#e.removeEventListener(`change`,this.#u),this.#t.removeEventListener(`change`,this.#l),window.visualViewport?.removeEventListener(`resize`,this.#d)}show(){this.shown=!0}hide(){this.page||(this.shown=!1)}render(){let{phase:e,thread:t}=this.state;return P`<dialog aria-label=${H().panel.title} @keydown=${this.#f} @cancel=${this.#p}>
      <div class="frame" ?inert=${this.question!==null}>
        <qve-header .floor=${t.floor} .offers=${t.offers} .told=${this.state.told} .running=${e===`open`} .closes=${!this.page}></qve-header>
        ${e===`erased`?this.#i():this.#r()}
      </div>
      ${this.#n()}
    </dialog>`}willUpdate(){this.renderRoot?.activeElement&&setTimeout(()=>this.#s())}updated(e){e.has(`shown`)&&(this.shown?this.#a():this.#C()?.open&&(this.#C()?.close(),K(this,`qve-hidden`)))}#n(){return this.question===`mail`?P`<qve-mailing .privacy=${`${this.origin}/confidentialite`} .send=${e=>this.conversation.mail(e)}></qve-mailing>`:this.question?P`<qve-confirmation .question=${this.question}></qve-confirmation>`:I}#r(){let{state:e}=this,t=P`<qve-banners .state=${e}></qve-banners>`,n=this.#t.matches;return P`${n?I:t}
      <qve-thread .state=${e} .shown=${this.shown} .topic=${this.topic}></qve-thread>
      ${n?t:I}
      <div role="status">${e.notice?P`<p class="notice">${kr(e.notice)}</p>`:I}</div>
      <qve-composer .draft=${this.conversation.draft} .offersAdviser=${e.thread.floor.holder===`bot`} .takesFiles=${e.thread.floor.holder===`adviser`}></qve-composer>`}#i(){return P`<div class="ended">
      <p role="status">${kr(this.state.notice??`erased`)}</p>
      <button class="filled" @click=${()=>this.#_()}>${H().notices.anew}</button>
    </div>`}#a(){let e=this.#C();e&&!e.open&&(this.#e.matches&&!this.page?e.showModal():e.show(),this.#o())}async#o(){let e=this.renderRoot.querySelector(`qve-header`),t=this.#c();await Promise.all([e?.updateComplete,t?.updateComplete]),t&&Or()?t.focusField():e?.focusTitle()}#s(){document.activeElement!==null&&document.activeElement!==document.body||!this.shown||this.question||(Or()?this.#c()?.focusField():this.renderRoot.querySelector(`qve-thread`)?.focusLog())}#c(){return this.renderRoot.querySelector(`qve-composer`)}#l=()=>this.requestUpdate();#u=()=>{let e=this.#C();e?.open&&(e.close(),this.#a())};#d=()=>{let e=window.visualViewport;!e||e.scale>1||this.style.setProperty(`--qve-visible-height`,`${Math.round(e.height)}px`)};#f(e){e.key!==`Escape`||e.defaultPrevented||(e.preventDefault(),e.stopPropagation(),this.#m())}#p(e){e.preventDefault(),this.#m()}#m(){this.question?this.#g(null):this.hide()}#h(){this.state.phase===`erased`?this.#_():this.question=`anew`}#g(e){this.question=null,e===`erase`&&this.conversation.erase(),e===`anew`&&this.conversation.startAnew(),this.updateComplete.then(()=>this.renderRoot.querySelector(`qve-header`)?.focusMenu())}#_(){this.conversation.startAnew(),this.updateComplete.then(()=>this.#o())}async#v(){let e=await this.conversation.download();e&&Pn(e,H().export.file)}async#y(e){let t=await this.conversation.calendar(e);t&&Pn(t,H().cards.calendarFile)}async#b({id:e,name:t}){let n=await this.conversation.file(e);n&&Pn(n,t)}async#x(){let e=window.open(``,`_blank`),t=await this.conversation.telegram();if(!t||!e)return e?.close();e.opener=null,e.location.replace(t)}#S(e){return Mn(()=>this.conversation.printable(e),e=>Pn(new Blob([e],{type:`text/html`}),H().cards.printFile))}#C(){return this.renderRoot.querySelector(`dialog`)}#w(e,t){this.addEventListener(e,e=>t(e.detail))}};function Or(){return matchMedia(`(pointer: fine)`).matches}function kr(e){return e===`ratingFailed`?H().feedback.failed:H().notices[e]}G(`qve-panel`,Dr);var Ar=`quebec-ville-etudes`,jr=`files`,Mr=class{async keep(e,t){return await Nr(`readwrite`,n=>n.put(t,e))!==void 0}async file(e){let t=await Nr(`readonly`,t=>t.get(e));return t instanceof File?t:null}async drop(e){await Nr(`readwrite`,t=>t.delete(e))}async forget(){await Nr(`readwrite`,e=>e.clear())}};async function Nr(e,t){try{let n=await Pr();try{return await Fr(t(n.transaction(jr,e).objectStore(jr)))}finally{n.close()}}catch{return}}function Pr(){let e=indexedDB.open(Ar,1);return e.onupgradeneeded=()=>e.result.createObjectStore(jr),Fr(e)}function Fr(e){return new Promise((t,n)=>{e.onerror=()=>n(e.error),e.onsuccess=()=>{let{transaction:r,result:i}=e;if(!r||r.mode!==`readwrite`)return t(i);r.oncomplete=()=>t(i),r.onabort=()=>n(r.error)}})}var Z=`quebec-ville-etudes`,Ir=`${Z}.device`,Lr=`${Z}.draft`,Q=`${Z}.outgoing.`,Rr=class{store;tab;files;#e=null;constructor(e,t=new Br,n=null){this.store=e,this.tab=t,this.files=n}session(){let e=Vr(this.store.getItem(Z));return e?.id&&e.token?{id:e.id,token:e.token}:null}keepSession({id:e,token:t}){this.store.setItem(Z,JSON.stringify({id:e,token:t}))}forgetSession(){this.store.removeItem(Z)}async keepOutgoing({id:e,text:t,button:n,at:r,file:i}){if(i&&!await this.files?.keep(e,i))return!1;try{return this.store.setItem(Q+e,JSON.stringify({text:t,button:n,at:r,...i?{file:!0}:{}})),!0}catch{return!1}}dropOutgoing(e){let t=Vr(this.store.getItem(Q+e));this.store.removeItem(Q+e),t?.file&&this.files?.drop(e)}async documents(e){let t=this.#t().filter(({withFile:e})=>e);return Promise.all(t.map(async({outgoing:t})=>{let n=await this.files?.file(t.id)??null;return n?{...t,file:n}:{...t,delivery:`refused`,reason:e}}))}outgoing(){return this.#t().filter(({withFile:e})=>!e).map(({outgoing:e})=>e)}#t(){return this.#n().flatMap(e=>{let t=Vr(this.store.getItem(e));return!t?.text||!t.at?[]:[{outgoing:{id:e.slice(Q.length),text:t.text,button:t.button??null,at:t.at,delivery:`waiting`,reason:null,file:null},withFile:t.file===!0}]}).sort((e,t)=>e.outgoing.at.localeCompare(t.outgoing.at))}draft(){return this.#e??this.tab.getItem(Lr)??``}keepDraft(e){if(this.#e=e,!e)return this.tab.removeItem(Lr);try{this.tab.setItem(Lr,e)}catch{}}device(){let e=Vr(this.store.getItem(Ir));return e?.conversation&&e.id?{conversation:e.conversation,id:e.id}:null}keepDevice(e){e?this.store.setItem(Ir,JSON.stringify(e)):this.store.removeItem(Ir)}forgetAll(){this.forgetSession(),this.keepDevice(null),this.keepDraft(``),this.#n().forEach(e=>this.store.removeItem(e)),this.files?.forget()}#n(){return Array.from({length:this.store.length},(e,t)=>this.store.key(t)).filter(e=>e?.startsWith(Q)??!1)}};function zr(e){try{let t=`${Z}.probe`,n=e();return n.setItem(t,`1`),n.removeItem(t),n}catch{return new Br}}var Br=class{#e=new Map;get length(){return this.#e.size}key(e){return[...this.#e.keys()][e]??null}getItem(e){return this.#e.get(e)??null}setItem(e,t){this.#e.set(e,t)}removeItem(e){this.#e.delete(e)}};function Vr(e){try{return e?JSON.parse(e):null}catch{return null}}function Hr(){if(typeof crypto.randomUUID==`function`)return crypto.randomUUID();let e=crypto.getRandomValues(new Uint8Array(16));return e[6]=(e[6]??0)&15|64,e[8]=(e[8]??0)&63|128,[...e].map(e=>e.toString(16).padStart(2,`0`)).join(``).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/,`$1-$2-$3-$4-$5`)}var Ur=1e4;function Wr(){return`serviceWorker`in navigator&&`PushManager`in window&&`Notification`in window?{async allowed(e){let t=e?await Notification.requestPermission():Notification.permission;return t===`granted`?`yes`:t===`denied`?`no`:`not said`},async subscribe(e){let t=(await Gr()).pushManager,n={userVisibleOnly:!0,applicationServerKey:Kr(e)};return(await t.subscribe(n).catch(async()=>(await(await t.getSubscription())?.unsubscribe(),t.subscribe(n)))).toJSON()},async unsubscribe(){await(await(await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription())?.unsubscribe()}}:null}function Gr(){let e=new Promise((e,t)=>setTimeout(()=>t(Error(`no worker`)),Ur));return Promise.race([navigator.serviceWorker.ready,e])}function Kr(e){let t=atob(e.replaceAll(`-`,`+`).replaceAll(`_`,`/`));return Uint8Array.from(t,e=>e.charCodeAt(0))}var qr=`quebec-ville-etudes:ready`,Jr=2e4,Yr=4e4,Xr=18e4,Zr=[400,409,413,422],Qr=5e3,$r=class{origin;fetch;constructor(e,t){this.origin=e,this.fetch=t}begin(e){return this.#t(`/api/conversations`,{method:`POST`,body:JSON.stringify(e)},null,async e=>{let t=ee(await e.json());if(!t)throw TypeError(`a conversation without a token`);return t})}send(e,{id:t,text:n,button:r,file:i}){if(i)return this.#e(e,t,i);let a={method:`POST`,body:JSON.stringify(r===null?{text:n}:{button:r,text:n}),headers:{"Idempotency-Key":t}};return this.#t(`/api/conversations/me/messages`,a,e,ii)}#e(e,t,n){let r=new FormData;r.append(`file`,n);let i={method:`POST`,body:r,headers:{"Idempotency-Key":t},signal:AbortSignal.timeout(Xr)};return this.#t(`/api/conversations/me/files`,i,e,ii)}file(e,t){let n={headers:{Accept:`*/*`},signal:AbortSignal.timeout(Xr)};return this.#t(`/api/conversations/me/files/${encodeURIComponent(t)}`,n,e,e=>e.blob())}telegram(e){return this.#t(`/api/conversations/me/telegram`,{method:`POST`},e,ai)}notificationKey(e){return this.#t(`/api/conversations/me/notifications`,{},e,async e=>oi(await e.json(),`key`))}notify(e,t,n){let r={method:`PUT`,body:JSON.stringify(n)};return this.#t(`/api/conversations/me/notifications/${t}`,r,e,$)}stopNotifying(e,t){return this.#t(`/api/conversations/me/notifications/${t}`,{method:`DELETE`},e,$)}mail(e,t){let n={method:`POST`,body:JSON.stringify({email:t}),signal:AbortSignal.timeout(Yr)};return this.#t(`/api/conversations/me/copies`,n,e,$)}messagesAfter(e,t){return this.#t(`/api/conversations/me/messages?after=${t}`,{},e,ii)}rate(e,t,n,r){let i={method:`POST`,body:JSON.stringify(r===null?{seq:t,useful:n}:{seq:t,useful:n,why:r})};return this.#t(`/api/conversations/me/feedback`,i,e,$)}tick(e,t,n){let r={method:n?`PUT`:`DELETE`};return this.#t(`/api/conversations/me/ticks/${encodeURIComponent(t)}`,r,e,$)}calendar(e,t){return this.#t(`/api/conversations/me/messages/${t}/calendar`,{headers:{Accept:`text/calendar`}},e,e=>e.blob())}printable(e,t){return this.#t(`/api/conversations/me/${t===null?``:`messages/${t}/`}page`,{headers:{Accept:`text/html`}},e,e=>e.text())}download(e){return this.#t(`/api/conversations/me/export`,{},e,e=>e.blob())}erase(e){return this.#t(`/api/conversations/me`,{method:`DELETE`},e,$)}events(e,t,n){return this.fetch(`${this.origin}/api/conversations/me/events?after=${t}`,{...ei,headers:{Accept:`text/event-stream`,Authorization:`Bearer ${e}`},signal:n})}async#t(e,t,n,r){let i={Accept:`application/json`,...typeof t.body==`string`?{"Content-Type":`application/json`}:{},...n?{Authorization:`Bearer ${n}`}:{},...t.headers};try{let n=await this.fetch(this.origin+e,{signal:AbortSignal.timeout(Jr),...ei,...t,headers:i});return n.ok?{ok:!0,value:await r(n)}:{ok:!1,failure:await ti(n)}}catch{return{ok:!1,failure:{kind:`unreachable`}}}}},ei={cache:`no-store`,credentials:`omit`,referrerPolicy:`strict-origin`};async function ti(e){return e.status===401?{kind:`unknown-token`}:e.status===429?{kind:`busy`,retryAfterMs:ni(e)}:Zr.includes(e.status)?{kind:`refused`,reason:await ri(e)}:{kind:`broken`}}function ni(e){let t=e.headers.get(`Retry-After`)??``,n=/^\d+$/.test(t)?Number(t)*1e3:Date.parse(t)-Date.now();return n>0?Math.min(n,12e4):Qr}async function ri(e){return oi(await e.json().catch(()=>null),`detail`)||null}async function ii(e){return m(await e.json())}async function ai(e){let t=oi(await e.json(),`url`);return t===null?null:Gn(t)}function oi(e,t){let n=typeof e==`object`&&e?e[t]:null;return typeof n==`string`?n:null}async function $(){return null}var si=class{page;#e=null;#t=0;constructor(e){this.page=e}get count(){return this.#t}look(e,t){let n=e.at(-1)?.seq??0;(t||this.#e===null)&&(this.#e=n);let r=Math.min(this.#e,n),i=e.filter(({seq:e,author:t})=>e>r&&t!==`person`).length;return i!==this.#t&&(this.#t=i,this.#n(),!0)}#n(){let e=this.page.title.replace(/^\(\d+\) /,``);this.page.title=this.#t?`(${this.#t}) ${e}`:e}},ci=6e4,li=64,ui=120,di=t=>{Wt(t.language);let n=new Ie({requests:new $r(t.origin,(e,t)=>fetch(e,t)),keepsake:new Rr(zr(()=>localStorage),zr(()=>sessionStorage),new Mr),push:t.isPage?Wr():null,words:H().files,beginning:{timezone:Intl.DateTimeFormat().resolvedOptions().timeZone,language:t.language,campaign:t.campaign?.slice(0,li)??null,topic:t.topic?.slice(0,ui)??null},delay:e,newId:Hr,now:()=>new Date});return pi(n),new fi(t,n)},fi=class{setting;conversation;#e=new Dr;#t=new si(document);#n=!1;#r=null;#i=null;constructor(e,t){this.setting=e,this.conversation=t,this.#e.conversation=t,this.#e.topic=e.topic,this.#e.page=e.isPage,this.#e.origin=e.origin,this.#e.state=t.state,this.#e.addEventListener(`qve-hidden`,()=>this.#a()),e.root.append(this.#e),t.watch(e=>this.#o(e)),document.addEventListener(`visibilitychange`,()=>this.#s(t.state))}get isOpen(){return this.#n}open(){this.#n||(this.#r=document.activeElement instanceof HTMLElement?document.activeElement:null,this.#n=!0,this.#e.show(),this.conversation.networkChanged(navigator.onLine),this.conversation.start(),this.#s(this.conversation.state),this.setting.tell(`open`,null))}close(){this.#e.hide()}ask(e){this.open(),this.conversation.state.phase===`erased`&&this.conversation.startAnew(),this.conversation.send(e)}#a(){if(!this.#n)return;this.#n=!1,this.conversation.noticed(),this.setting.tell(`close`,null);let e=this.setting.root.querySelector(`button`);this.#r&&this.#r!==document.body&&this.#r!==this.setting.root.host&&this.#r?.isConnected?this.#r.focus():e?.focus()}#o(e){this.#e.state=e,e.phase!==`starting`&&e.phase!==`unopened`&&(this.#s(e),this.#c(e))}#s(e){let t=this.#n&&!document.hidden;this.#t.look(e.thread.messages,t)&&this.setting.tell(`unread`,this.#t.count)}#c({thread:e}){let t=this.#i??e.heldThrough;this.#i=e.heldThrough;for(let{seq:n,author:r,name:i,text:a,at:o}of e.messages)n>t&&n<=e.heldThrough&&this.setting.tell(`message`,{author:r,name:i,text:a,at:o})}};function pi(e){let t;addEventListener(`online`,()=>e.networkChanged(!0)),addEventListener(`offline`,()=>e.networkChanged(!1)),addEventListener(`pageshow`,t=>t.persisted&&e.visible()),addEventListener(`storage`,({key:t})=>t===`quebec-ville-etudes`&&e.followOtherTab()),document.addEventListener(`visibilitychange`,()=>{clearTimeout(t),document.hidden?t=setTimeout(()=>e.hidden(),ci):e.visible()})}document.currentScript?.dispatchEvent(new CustomEvent(qr,{detail:di}))})();