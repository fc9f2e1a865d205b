/**
 * The rules of the stylesheet: type, space and measure. Logical directions only, so that a page in
 * Arabic is the same page; colours are properties, so that the dark is the same design.
 */

export const RULES = `*,::before,::after{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;font:1.0625rem/1.6 Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,serif;overflow-wrap:break-word}
h1,h2,h3,.brand,.summary,.standfirst{text-wrap:balance}
h1,h2,h3{line-height:1.2;margin:0 0 .5rem}
h1{font-size:clamp(1.9rem,1.3rem + 2.6vw,3rem);letter-spacing:-.015em}
h2{font-size:1.25rem}
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

.masthead,main,.foot{max-width:74rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;inset-block-start:-10rem;background:var(--paper);padding:.6rem 1rem;z-index:2}
.skip:focus{inset-block-start:.5rem}
.masthead{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem 2rem;padding-block:1rem;border-block-end:3px double var(--line)}
.brand{margin:0;font-size:1.5rem;font-weight:700;letter-spacing:-.01em;line-height:1.2}
.brand a{display:flex;align-items:center;gap:.6rem;color:inherit;text-decoration:none}
.brand img{display:block;block-size:3.5rem;inline-size:7rem;object-fit:contain}
@media (prefers-color-scheme:dark){.brand img{background:#fff;border-radius:.3rem}}
.masthead nav ul,.chips,.formats,.stories,.months,.lines,.links{list-style:none;padding:0;margin:0}
.masthead nav ul{display:flex;flex-wrap:wrap;gap:0 1.25rem}
.masthead nav a,.foot a,.links a{display:inline-block;padding-block:.25rem;color:inherit}
main{padding-block:2rem 3rem;min-block-size:60vh}
.foot{border-block-start:1px solid var(--line);padding-block:1.5rem 3rem}
.foot ul{display:flex;flex-wrap:wrap;gap:0 1.5rem;list-style:none;padding:0;margin:0 0 .5rem}
.masthead nav,.foot,.kicker,.meta,.byline,.chips,.formats,figcaption,button,.calendar,.months,.step,.notice strong,time{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}
.masthead nav,.foot,.meta,.byline,figcaption{font-size:.9rem}
.foot,.meta,.tagline,figcaption,.quiet{color:var(--quiet)}
.tagline,.standfirst{font-size:1.2rem;line-height:1.45}

@media (min-width:64rem){.columns{display:grid;grid-template-columns:minmax(0,1fr) 19rem;gap:3.5rem}}
.columns>aside>section{border-block-start:1px solid var(--line);padding-block:1.25rem}
.stories{display:grid;gap:2rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))}
.story{position:relative;border-block-start:1px solid var(--line);padding-block-start:1rem}
.stories>:first-child{grid-column:1/-1}
.story.lead h2{font-size:clamp(1.6rem,1.2rem + 2vw,2.3rem)}
.story h2 a{color:inherit;text-decoration:none}
.story h2 a::after{content:'';position:absolute;inset:0}
.story:hover h2 a{text-decoration:underline;text-decoration-thickness:.06em}
.story .kicker a{position:relative;z-index:1}
.story img{display:block;inline-size:100%;aspect-ratio:16/9;object-fit:cover;background:var(--raised);margin-block-end:.9rem}
.kicker{margin:0 0 .3rem;font-size:.8rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase}
.kicker a{display:inline-block;min-block-size:1.5rem;text-decoration:none}
.summary{margin:0 0 .4rem}
.meta,.byline p{margin:0}
.chips{display:flex;flex-wrap:wrap;gap:.5rem}
.chips a{display:block;border:1px solid var(--line);border-radius:2rem;padding:.2rem .8rem;font-size:.875rem;color:inherit;text-decoration:none}
.chips+p{margin-block-start:1.25rem}
.chips a:hover{border-color:var(--accent)}

.formats{display:grid;gap:1.25rem;font-size:.925rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr))}
.formats>li{background:var(--raised);padding:1rem;border-radius:.4rem}
.formats p{margin:0 0 .6rem}
.formats code{display:block;overflow-wrap:anywhere;user-select:all}
.actions{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1rem}
.actions a{padding-block:.3rem}
button,.button{font-size:.875rem;line-height:1.4;color:var(--paper);background:var(--accent);border:0;border-radius:.3rem;padding:.4rem .8rem;cursor:pointer}
.actions .button{text-decoration:none;padding-block:.4rem}
.actions:has(.button){margin-block-end:2rem}
.formats .actions{margin-block-end:0}

article.whole{max-width:42rem;margin-inline:auto}
.byline{border-block:1px solid var(--line);padding-block:.75rem;margin-block:1.25rem 1.75rem}
.hero{margin-block-end:1.75rem}
.hero img{display:block;inline-size:100%;background:var(--raised)}
img:not([width]),video:not([width]){inline-size:100%;aspect-ratio:3/2;object-fit:contain}
figcaption{margin-block-start:.4rem}
.notice{margin-block-start:1.25rem;border-inline-start:4px solid var(--accent);background:var(--raised);padding:.9rem 1.1rem;margin-block-end:1.75rem}
.notice>:last-child{margin:0}
.prose{font-size:1.125rem}
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
.after{border-block-start:1px solid var(--line);margin-block-start:2.5rem;padding-block-start:1.25rem}

.step{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1.5rem;margin-block:1rem 1.5rem;font-size:.925rem}
.step a{padding-block:.25rem}
.calendar{inline-size:100%;max-width:34rem;table-layout:fixed;font-variant-numeric:tabular-nums}
.calendar :is(td,th){padding:.15rem;text-align:center;font-weight:400}
.calendar :is(td,th)>*{display:block;padding-block:.35rem;border-radius:.3rem;line-height:1.3}
.calendar a{background:var(--raised);text-decoration:none}
.calendar small,.months small{display:block;font-size:.75rem;color:var(--quiet)}
.months{display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(max(8.5rem,100%/6 - .5rem),1fr));margin-block-end:2rem}
.months>li>*{display:block;padding:.5rem .75rem;border-radius:.3rem}
.months a{background:var(--raised);text-decoration:none}
.lines{border-block-start:1px solid var(--line);margin-block-end:2rem}
.lines li{border-block-end:1px solid var(--line);padding-block:.6rem}
.lines p{margin:0}
.lines a{color:inherit}

@media (prefers-reduced-motion:no-preference){.chips a,.calendar a,.months a{transition:background-color .15s,border-color .15s}}
@media (forced-colors:active){button,.formats>li,.notice,.prose [class^=alert]{border:1px solid}}
@media print{
:root{--paper:#fff;--raised:#fff;--ink:#000;--quiet:#333;--accent:#000;--line:#999;--blue:#000;--green:#000;--purple:#000;--amber:#000;--red:#000}
.skip,.masthead nav,.foot nav,.actions,.step,.subscribe,.after .chips{display:none}
body{font-size:11pt}
article.whole{max-width:none}
.prose a[href^='http']::after{content:' (' attr(href) ')';font-size:.85em;overflow-wrap:anywhere}
h1,h2,h3{break-after:avoid}
figure,pre,table{break-inside:avoid}
}
`
