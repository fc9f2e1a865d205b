/**
 * The rules of the stylesheet: type, space and measure. Logical directions only, so that a page in
 * Arabic is the same page; colours are properties, so that the dark is the same design.
 *
 * Everything stands on one measure between two edges. A list is read across it, story by story; what
 * is not a story stands in groups, each with its heading in the margin and its content beside it.
 */

export const RULES = `*,::before,::after{box-sizing:border-box}
:root{--edge:clamp(1rem,4vw,2.5rem);--margin:11rem;--gap:2.5rem}
html{background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{display:flex;flex-direction:column;min-block-size:100vh;margin:0;font:1.0625rem/1.55 Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,serif;overflow-wrap:break-word}
h1,h2,h3,.brand,.standfirst{text-wrap:balance}
p{text-wrap:pretty}
h1,h2,h3{line-height:1.15;margin:0 0 .5rem}
h1{font-size:clamp(2rem,1.4rem + 2.4vw,3rem);letter-spacing:-.02em}
h2{font-size:1.3125rem;letter-spacing:-.005em}
h3{font-size:1.0625rem}
p,ul,ol,dl,figure,blockquote,table{margin:0 0 1.1rem}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.14em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
img,video{max-width:100%;height:auto}
code,pre,kbd,samp{font-family:ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:.875em}
mtd[columnalign=left]{text-align:left}
mtd[columnalign=right]{text-align:right}
hr{border:0;border-block-start:1px solid var(--line);margin-block:2rem}

.masthead,main,.foot{inline-size:min(69rem,100% - 2*var(--edge));margin-inline:auto}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-10rem;background:var(--paper);padding:.6rem 1rem;z-index:2}
.skip:focus{inset-block-start:.5rem}
.masthead{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.25rem 2rem;padding-block:.9rem;border-block-end:3px double var(--line)}
.brand{margin:0;font-size:1.625rem;font-weight:700;letter-spacing:-.015em;line-height:1.2}
.brand a{display:flex;align-items:center;gap:.6rem;color:inherit;text-decoration:none}
.brand img{display:block;block-size:3.5rem;inline-size:7rem;object-fit:contain;object-position:0}
[dir=rtl] .brand img{object-position:100%}
@media (prefers-color-scheme:dark){.brand img{background:#fff;border-radius:.3rem}}
.masthead ul,.foot ul,.index,.formats,.stories,.months,.lines{list-style:none;padding:0;margin:0}
.masthead ul,.foot ul{display:flex;flex-wrap:wrap;gap:0 1.25rem}
.masthead nav a,.foot a,.index a{display:inline-block;padding-block:.25rem;color:inherit}
.masthead nav a,.months a{text-decoration-color:transparent}
:is(.index,.lines) a{text-decoration-color:var(--line)}
:is(.masthead nav,.index,.months,.lines) a:hover{text-decoration-color:currentcolor}
main{display:flex;flex-direction:column;flex:1;padding-block:2rem 3.5rem}
.foot{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.5rem 2rem;border-block-start:3px double var(--line);padding-block:1.5rem 2.5rem}
.foot p{margin:0;padding-block:.25rem}
.foot>:first-child{flex-basis:100%}
.foot strong{color:var(--ink)}
.masthead nav,.foot,.kicker,.meta,.byline,.index,.formats,figcaption,button,.button,.calendar,.months,.step,.notice strong,time{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}
.masthead nav,.foot,.meta,.byline,figcaption{font-size:.875rem}
.foot,.meta,.tagline,figcaption,.quiet{color:var(--quiet)}
.tagline,.standfirst{font-size:1.2rem;line-height:1.45}
.tagline{max-inline-size:50rem}

.top{display:flex;flex-wrap:wrap;align-items:end;justify-content:space-between;gap:.75rem 2rem;margin-block-end:1.5rem}
.top :is(p,h1){margin:0}
.top h1{font-size:clamp(1.75rem,1.3rem + 1.6vw,2.5rem)}
.top .tagline{margin-block-start:.25rem}
main:has(>.message){padding-block:3rem 0}
.message{margin-block:auto}
.message h1{font-size:clamp(2.4rem,1.2rem + 4vw,4rem)}
.message .tagline{font-size:1.35rem}
.message p{max-inline-size:44rem}

.stories{display:grid;gap:0 var(--gap);grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
.stories>:first-child,.stories>:last-child:nth-child(even){grid-column:1/-1}
.story{display:flow-root;position:relative;block-size:100%;border-block-start:1px solid var(--line);padding-block:1rem 1.5rem}
.story h2{margin-block-end:.35rem}
.story h2 a{color:inherit;text-decoration:none}
.story h2 a::after{content:'';position:absolute;inset:0}
.story:hover h2 a{text-decoration:underline;text-decoration-thickness:.06em}
.story .kicker a{position:relative;z-index:1}
.story img{float:inline-end;inline-size:34%;max-inline-size:10.5rem;aspect-ratio:3/2;object-fit:cover;background:var(--raised);margin-block:.25rem .5rem;margin-inline-start:1.25rem}
.lead{border-block-start:4px solid var(--accent);padding-block-end:2rem}
.lead h2{font-size:clamp(1.9rem,1.2rem + 2.6vw,2.9rem);line-height:1.08;letter-spacing:-.02em;margin-block-end:.75rem}
.lead .summary{font-size:1.2rem;line-height:1.45;margin-block-end:.75rem}
.lead img{float:none;display:block;inline-size:100%;max-inline-size:none;aspect-ratio:16/9;margin:0 0 1rem}
@media (min-width:64rem){
.lead{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);column-gap:var(--gap)}
.lead img{min-block-size:100%;margin:0}
.lead:has(img) .words{align-self:center}
.lead:not(:has(img)) .words{display:contents}
.lead:not(:has(img)) :is(.kicker,h2){grid-column:1}
.lead:not(:has(img)) h2{grid-row:2/span 2;font-size:clamp(2.4rem,1.2rem + 3vw,3.4rem);margin:0}
.lead:not(:has(img)) :is(.summary,.meta){grid-column:2}
.lead:not(:has(img)) .summary{grid-row:2;margin-block-start:.35rem}
.lead:not(:has(img)) .meta{grid-row:3}
.lead:not(:has(img)) h2+.meta{grid-row:2;margin-block-start:.75rem}
}
.kicker{margin:0 0 .25rem;font-size:.78rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase}
.kicker a{display:inline-block;min-block-size:1.5rem;text-decoration:none}
.summary{max-inline-size:40rem;margin:0 0 .4rem}
.meta,.byline p{margin:0}

.group{border-block-start:1px solid var(--line);padding-block:1.25rem}
.group>:last-child{margin-block-end:0}
@media (min-width:48rem){
.group{display:grid;grid-template-columns:var(--margin) minmax(0,1fr);column-gap:var(--gap);align-items:baseline}
.group>:first-child{grid-row:1/span 9;margin:0}
.group>:not(:first-child){grid-column:2}
}
.index{columns:9.5rem;column-gap:1.5rem;font-size:.9375rem}
.index li{break-inside:avoid}
.tags{display:flex;flex-wrap:wrap;gap:0 1.25rem}
.tags+p{margin-block-start:.5rem}

.formats{display:grid;gap:1.25rem;font-size:.9375rem}
.formats h3{margin:0 0 .15rem}
.formats p{margin:0 0 .4rem}
.formats code{overflow-wrap:anywhere;user-select:all;background:var(--raised);border-radius:.3rem;padding:.4rem .6rem;flex:0 1 26rem}
.actions{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1rem}
.actions a{padding-block:.3rem}
button,.button{font-size:.875rem;line-height:1.4;color:var(--paper);background:var(--accent);border:0;border-radius:.3rem;padding:.4rem .8rem;cursor:pointer}
.button{display:inline-block;text-decoration:none}

article.whole{inline-size:100%;max-inline-size:42rem;margin-inline:auto}
article.whole+.onward{margin-block:auto -1rem}
article.whole{margin-block-end:3.5rem}
.onward .formats{grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
.byline{display:flex;flex-wrap:wrap;gap:.1rem 1.5rem;border-block:1px solid var(--line);padding-block:.75rem;margin-block:1.25rem 1.75rem}
.hero{margin-block-end:1.75rem}
.hero img{display:block;inline-size:100%;max-block-size:42rem;object-fit:contain;background:var(--raised)}
img:not([width]),video:not([width]){inline-size:100%;aspect-ratio:3/2;object-fit:contain}
figcaption{margin-block-start:.4rem}
.notice{margin-block-start:1.25rem;border-inline-start:4px solid var(--accent);background:var(--raised);padding:.9rem 1.1rem;margin-block-end:1.75rem}
.notice>:last-child{margin:0}
.prose{font-size:1.125rem;line-height:1.6}
.prose>:last-child{margin-block-end:0}
.prose :is(h2,h3,h4){margin-block-start:2rem}
.prose blockquote{margin-inline:0;padding-inline-start:1.1rem;border-inline-start:3px solid var(--line);font-style:italic}
.prose li{margin-block-end:.3rem}
.prose .task{list-style:none;margin-inline-start:-1.35em}
.prose [class^=alert]{--kind:var(--blue);border-color:var(--kind);border-inline-start-width:4px;background:var(--raised);padding:.9rem 1.1rem;font-style:normal}
.prose [class^=alert]>:first-child{margin-block-end:.3rem;color:var(--kind)}
.prose [class^=alert]>:last-child{margin-block-end:0}
.prose .alert-tip{--kind:var(--green)}
.prose .alert-important{--kind:var(--purple)}
.prose .alert-warning{--kind:var(--amber)}
.prose .alert-caution{--kind:var(--red)}
.prose dt{font-weight:600}
.prose dd{margin:0 0 .5rem;margin-inline-start:1.5rem}
pre .quiet{font-style:italic}
.blue{color:var(--blue)}
.green{color:var(--green)}
.purple{color:var(--purple)}
.amber{color:var(--amber)}
.red{color:var(--red)}
pre{overflow:auto;background:var(--raised);padding:1rem;border-radius:.4rem;line-height:1.45;direction:ltr;text-align:start}
.scroll{overflow-x:auto;margin-block-end:1.1rem}
.scroll table{margin:0}
table{border-collapse:collapse;font-size:.95rem}
.prose :is(td,th){border-block-end:1px solid var(--line);padding-block:.45rem;padding-inline:0 .9rem;text-align:start;vertical-align:top}
.prose .aligned-left{text-align:left}
.prose .aligned-center{text-align:center}
.prose .aligned-right{text-align:right;font-variant-numeric:tabular-nums}
.after{border-block-start:1px solid var(--line);margin-block-start:2rem;padding-block-start:1.25rem}

.step{margin-block:1rem 1.5rem;font-size:.925rem}
nav.step{display:grid;grid-template-columns:1fr auto 1fr;gap:.25rem 1.5rem;margin-block-start:0}
.step [rel=next]{text-align:end}
.step a{display:inline-block;padding-block:.25rem;text-wrap:balance}
.calendar{inline-size:100%;max-inline-size:24rem;table-layout:fixed;font-variant-numeric:tabular-nums;margin-block-end:1.75rem}
.calendar :is(td,th){padding:.1rem;text-align:center;font-weight:400}
.calendar :is(td,th)>*{display:block;padding-block:.3rem;border-radius:.3rem;line-height:1.3}
.calendar a{background:var(--raised);text-decoration:none}
.calendar small,.months small{display:block;font-size:.75rem;color:var(--quiet)}
@media (min-width:64rem){
.month{display:grid;grid-template-columns:minmax(0,1fr) 21rem;column-gap:var(--gap);align-items:start}
.month>:not(.calendar){grid-column:1}
.month>.calendar{grid-area:1/2/span 40;margin:0}
.month .group{--margin:9rem;--gap:1.5rem}
}
.months{display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr))}
.months a{display:block;padding:.5rem .75rem;border-radius:.3rem;background:var(--raised)}
.lines li+li{margin-block-start:.4rem}
.lines p{margin:0}
.lines a{display:block;color:inherit}
.group:has(.lines)>h2{font-size:1rem;padding-block-start:.1rem}

@media (prefers-reduced-motion:no-preference){.index a,.calendar a,.months a{transition:background-color .15s,text-decoration-color .15s}}
@media (forced-colors:active){button,.button,.formats code,.months a,.notice,.prose [class^=alert]{border:1px solid}}
@media print{
:root{--paper:#fff;--raised:#fff;--ink:#000;--quiet:#333;--accent:#000;--line:#999;--blue:#000;--green:#000;--purple:#000;--amber:#000;--red:#000}
.skip,.masthead nav,.foot nav,.actions,.step,.subscribe,.after .index{display:none}
body,main{display:block}
body{font-size:11pt}
article.whole{max-inline-size:none}
.prose a[href^='http']::after{content:' (' attr(href) ')';font-size:.85em;overflow-wrap:anywhere}
h1,h2,h3{break-after:avoid}
figure,pre,table{break-inside:avoid}
}
`
