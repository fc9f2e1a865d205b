/** The one stylesheet. It is served under its digest, so a change of it needs no invalidation. */

import type { Site } from '../article/site.ts'

/** The site's colours, where it names some; the browser's own otherwise, light or dark. */
export function stylesheetOf({ colours }: Site): string {
  const { accent, background, text } = colours
  const own = [
    ...(background ? [`background:${background}`] : []),
    ...(text ? [`color:${text}`] : []),
  ]
  return [
    ...(own.length > 0 ? [`html{${own.join(';')}}`] : [':root{color-scheme:light dark}']),
    ...(accent ? [`a{color:${accent}}`] : []),
    BASE,
  ].join('\n')
}

const BASE = `body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem}
header{display:flex;flex-wrap:wrap;gap:1rem;align-items:baseline}
header>a{font-weight:700;text-decoration:none}
h1{line-height:1.2;text-wrap:balance}
ol{padding-inline-start:1.25rem}
main>section>ol{list-style:none;padding:0}
li p{margin:.25rem 0 1rem}
img,video{max-width:100%;height:auto}
figure{margin:0 0 1rem}
figcaption,time,footer{opacity:.75;font-size:.9em}
pre{overflow:auto;padding:1rem;border:1px solid}
table{border-collapse:collapse;display:block;overflow-x:auto}
td,th{border:1px solid;padding:.25rem .5rem;text-align:start}
`
