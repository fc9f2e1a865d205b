/** The one stylesheet. It is served under its digest, so a change of it needs no invalidation. */

export const STYLESHEET = `:root{color-scheme:light dark}
body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem}
header a{font-weight:700;text-decoration:none}
nav{display:inline}
h1{line-height:1.2}
ol{list-style:none;padding:0}
li p{margin:.25rem 0 1rem}
img,video{max-width:100%;height:auto}
figure{margin:0}
figcaption,time,footer{opacity:.75;font-size:.9em}
pre{overflow:auto;padding:1rem;border:1px solid}
table{border-collapse:collapse;display:block;overflow-x:auto}
td,th{border:1px solid;padding:.25rem .5rem;text-align:start}
`
