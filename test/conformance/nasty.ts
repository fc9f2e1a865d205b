/** A corpus that nobody would write: what breaks writers and readers of feeds. */

import { stringify } from 'yaml'
import { formatInstant } from '../../src/article/instant.ts'
import type { Files } from '../support/corpus.ts'

/** Everything in it has been published by then: the last instant of 2099. */
export const LATE = 4_102_444_799

export const NASTY_SITE = `title: The <Wire> & "all" ]]> of it
description: "AT&amp;T & more: <b>bold</b>"
language: en
home: https://example.org/
base: https://wire.example.org
tag: example.org,2026
copyright: © <2026> & later
license: https://creativecommons.org/licenses/by/4.0/
authors:
  desk: { name: "The <desk> & co", url: "https://example.org/desk?a=1&b=2" }
feeds:
  declared: { title: Declared & <kept>, archives: true, image_enclosures: true, filter: { section: news } }
`

const instantOf = (year: number, n = 0): string =>
  formatInstant(Date.UTC(year, 0, 1 + (n % 28), 12) / 1000)

function article(front: Readonly<Record<string, unknown>>, body: string): string {
  return `---\n${stringify({ published: instantOf(2020), ...front })}---\n${body}\n`
}

/** Characters from all over Unicode: a few of every block of 512. */
function unicode(from: number, to: number): string {
  const points: number[] = []
  for (let point = from; point < to; point += 97) points.push(point)
  return points.map((point) => String.fromCodePoint(point)).join(' ')
}

const TITLES = [
  'a < b & c > d "e" \'f\'',
  '<b>Bold</b> & <script>alert(1)</script>',
  'AT&amp;T &lt;is&gt; &#38; written so',
  ']]> and again ]]>',
  '\u0000\u0007\u000b\u001f\u0080\ufffe\uffff kept',
  '\ud83d alone, \udc00 too',
  'Łódź e\u0301 \u202e right to left? \u200f',
  'x'.repeat(5000),
  '👩‍👩‍👧‍👦'.repeat(400),
  '  white \t\n space \u2028 of \u0085 kinds  ',
]

const BODIES = [
  'Twice ]]> and ]]> here. <![CDATA[x]]>',
  '&amp;amp; &amp; & &nbsp; &eacute; &#0; &#xFFFF; &unknown;',
  '<p>Broken <b>HTML <i>everywhere</p></b> <a href="x',
  `${'> '.repeat(100)}deep\n\n${Array.from({ length: 100 }, (_, n) => `${' '.repeat(2 * n)}- ${n}`).join('\n')}`,
  '<script>alert(1)</script><p onclick="x()" style="position:fixed">text</p><iframe src="https://e.org/"></iframe>',
  '![Huge](https://e.org/huge.png) <img src="https://e.org/a.png" alt="A" width="20000" height="20000">',
  '<div dir="rtl" lang="ar">مرحبا بالعالم</div> and [a link](/about?a=1&b=2#c) and [another](//e.org/x y)',
  '# A title\n\n<h1 id="raw">Raw</h1>\n\n###### Deep \u0085 and \ufdd0 and \u{1fffe}\n\nTwo  \nlines, &#x9f; and <b title="\u0085">&#x85;</b>',
  '<video src="https://e.org/v.mp4"><source src="https://e.org/v.webm"><track src="https://e.org/v.vtt" srclang="en"></video><picture><source srcset="https://e.org/p.webp"><img src="https://e.org/p.png" alt="P"></picture><hr><wbr>',
  '<picture><source srcset="https://e.org/a,b.png 1x,https://e.org/c.png 2x" media="(min-width: 9em)"><img alt="A" src="p.png" srcset="p.png 10w, https://e.org/d.png?x=1,2 20w" sizes="(max-width: 9em) 100vw, calc(1px + (2 * 3px)), x"></picture>',
  '<video src="p.mp4" poster="p.png"><track src="p.vtt" kind="captions" label="A &amp; B"></video><audio loop><source src="//e.org/a.ogg" type="audio/ogg"><source src="data:audio/ogg;base64,T2dnUw=="></audio>',
  '| a | b |\n|---|---|\n| 1 | `]]>` |\n\nA note[^1].\n\n[^1]: ]]>',
]

/** The files; deterministic. */
export function nastyFiles(): Files {
  const files: Record<string, string> = {
    'site.yaml': NASTY_SITE,
    ...Object.fromEntries(['p.png', 'p.mp4', 'p.vtt'].map((file) => [file, 'Only a name.'])),
  }
  for (const [n, title] of TITLES.entries())
    files[`title-${n}.md`] = article({ title, published: instantOf(2001, n) }, `Text ${n}`)
  for (const [n, body] of BODIES.entries())
    files[`body-${n}.md`] = article({ title: `Body ${n}`, published: instantOf(2002, n) }, body)
  for (let plane = 0; plane < 17; plane++) {
    const text = unicode(plane * 0x1_0000 + (plane === 0 ? 0x20 : 0), (plane + 1) * 0x1_0000)
    const title = `Plane ${plane}: ${text.slice(0, 80)}`
    files[`plane-${plane}.md`] = article({ title, published: instantOf(2003, plane) }, text)
  }
  for (let year = 1990; year <= 2099; year++)
    files[`year-${year}.md`] = article(
      {
        title: `Year ${year}`,
        published: instantOf(year),
        section: 'news',
        authors: ['desk', 'Ann <A> & B'],
      },
      `In ${year}.`,
    )
  for (let n = 0; n < 60; n++)
    files[`many-${n}.md`] = article(
      { title: `Many ${n}`, section: 'news', published: instantOf(2030, n) },
      'One of many.',
    )
  return { ...files, ...special() }
}

function special(): Files {
  const tags = Array.from({ length: 200 }, (_, n) => `tag ${n} & <${n}>`)
  const image = {
    src: 'https://e.org/i.png?a=1&b=2',
    alt: 'An <image> & more',
    credit: 'A & B',
    width: 20_000,
    height: 20_000,
  }
  const attachments = [
    {
      src: 'https://e.org/a.mp3?x=1&y=2',
      type: 'audio/mpeg',
      title: 'A <b>',
      size: 10,
      duration: 20,
    },
    { src: 'https://e.org/b.pdf', type: 'application/pdf', title: ']]>' },
    { src: 'https://e.org/c.bin', type: 'application/octet-stream' },
  ]
  return {
    'tags.md': article({ title: 'Two hundred tags', tags }, 'Tagged.'),
    'media.md': article(
      { title: 'Media', image, attachments, summary: 'A <summary> & ]]>' },
      'With files.',
    ),
    'empty.md': article(
      { title: 'Nothing but a link', external_url: 'https://e.org/?a=1&b=2' },
      '',
    ),
    // A language for which a machine may have no names of months.
    'latin.md': article({ title: 'Nova', language: 'la' }, 'Salve.'),
    'arabic.md': article(
      { title: 'مرحبا & <سلام>', language: 'ar', guid: 'urn:x:ü & <guid>' },
      'مرحبا **بالعالم**',
    ),
    'fixed.md': article(
      {
        title: 'Fixed',
        updated: instantOf(2021),
        correction: 'It was <wrong> & ]]>',
        license: 'https://e.org/l?a&b',
        copyright: 'A & <B>',
      },
      'Right now.',
    ),
    'gone.md': article(
      {
        title: 'Gone & <away>',
        section: 'news',
        status: 'retracted',
        retracted_at: formatInstant(LATE - 100),
        reason: 'False & ]]>',
        replaced_by: 'fixed',
      },
      '',
    ),
  }
}
