import { describe, it } from 'vitest'
import { formatProblem } from '../../src/article/problem.ts'
import { openPress } from '../../src/compile/open-press.ts'
import {
  aCache,
  aFolder,
  anArticle,
  articlesOf,
  NOW,
  platform,
  problemsOf,
  SITE,
} from '../support/corpus.ts'

const told = (text: string): string[] => problemsOf({ 'a.md': text }).map(formatProblem)

const SHOWN = 'a.md:1:1: The front matter is TOML; here it is YAML between two lines `---`'
const JSON_SAYS =
  'a.md:1:1: The front matter is JSON; here it is YAML between two lines `---`. YAML reads JSON as it is: put a line `---` before it, and one behind it.'
const LATE =
  'Front matter has to begin on the first line of the file, with `---` at its left edge. Take out what stands before it.'
const NONE =
  'a.md:1:1: An article begins with front matter: a line `---`, its keys, and a line `---`. Add it, with title and published.'

describe('front matter of other kinds', () => {
  it.for([
    [
      '+++\ntitle = "The ferry"\ndate = 2026-02-03T10:00:00+01:00\ntags = ["harbour"]\n+++\n\nText',
      `${SHOWN}: \`{title: The ferry, published: 2026-02-03T10:00:00+01:00, tags: [harbour]}\`.`,
    ],
    ['\ufeff+++\r\ndraft = true\r\n+++\r\nx', `${SHOWN}: \`{}\`.`],
    ['---toml\ntitle = "x"\n---\nx', `${SHOWN}: \`{title: x}\`.`],
    ['+++\ntitle = "not closed\n+++\nx', `${SHOWN}: write it as \`key: value\`.`],
    [`+++\ntitle = "${'x'.repeat(700)}"\n+++\nx`, `${SHOWN}: write it as \`key: value\`.`],
    ['{ "title": "x" }\n\nText', JSON_SAYS],
    ['---json\n{"title": "x"}\n---\nx', JSON_SAYS],
    [';;;\n{\n  "title": "x"}\n;;;\nx', JSON_SAYS],
    ['\n\n---\ntitle: x\n---\n', `a.md:3:1: ${LATE}`],
    ['  ---\ntitle: x\n---\n', `a.md:1:1: ${LATE}`],
    ['<!-- a\n---\n -->\n# b\n---\ntitle: x\n---\n', `a.md:5:1: ${LATE}`],
    [
      '---\ntitle: x\n',
      'a.md:1:1: The front matter has no end. Close it with a line `---` before the text.',
    ],
    ['# Hello\n\nText\n\n---\nmore: x\n', NONE],
    ['{{< figure >}}\n', NONE],
    ['{% raw %}', NONE],
    ['', NONE],
  ] as const)('is told as what it is: %s', ([text, says], { expect }) => {
    expect(told(text)).toEqual([says])
  })
})

const JEKYLL = `---
layout: post
title: Jekyll
date: 2026-11-01 09:00:00 +0100
categories: [news]
author: jane
excerpt: Short.
description: Longer.
permalink: /2026/11/jekyll/
foo: 1
bar: 2
draft: true
---
Text
`

describe('keys that edgewire does not have', () => {
  it.for([
    ['image: {url: a.png, caption: A}', ['image.url', '`src`'], ['image.caption', '`credit`']],
    ['image: {src: a.png, title: x}', ['image.title', '`alt`']],
    [
      'attachments: [{href: a.mp3, length: 1}]',
      ['attachments.0.href', '`src`'],
      ['attachments.0.length', '`size`'],
    ],
    [
      'attachments: [{file: a.mp3, mime_type: audio/mpeg}]',
      ['attachments.0.file', '`src`'],
      ['attachments.0.mime_type', '`type`'],
    ],
  ] as const)('are told within others: %s', ([line, ...keys], { expect }) => {
    const words = told(`---\ntitle: x\npublished: 2026-01-01T00:00:00Z\n${line}\n---\nx`)
    expect(words).toHaveLength(keys.length)
    for (const [key, meant] of keys)
      expect(words.join('\n')).toContain(`There is no key \`${key}\`: here it is ${meant}`)
  })

  it('are told in one run, each with the one that is meant, and their values too', ({ expect }) => {
    expect(told(JEKYLL)).toEqual([
      'a.md:2:1: There is no key `layout`: pages are made alike, and in the order of their dates. Take it out.',
      'a.md:4:1: There is no key `date`: here it is `published`. Rename it.',
      'a.md:4:7: `date` is `2026-11-01 09:00:00 +0100`: expected `2026-11-01T09:00:00+01:00`, as RFC 3339 spells it (no blank before the offset, a colon in the offset).',
      'a.md:5:1: There is no key `categories`: here it is `tags`. Rename it. The most important one may be the `section`.',
      'a.md:6:1: There is no key `author`: here it is `authors`. Rename it.',
      'a.md:6:9: `author` is `jane`: expected a list of names: [Ada Quay].',
      'a.md:7:1: There is no key `excerpt`: here it is `summary`. Rename it.',
      'a.md:8:1: There is no key `description`: here it is `summary`, which is there too. Make one of the two.',
      'a.md:9:1: There is no key `permalink`: write `aliases: [/2026/11/jekyll/]`, and that address leads here.',
      'a.md:10:1: There is no key `foo`. Rename it or take it out.',
      'a.md:11:1: There is no key `bar`. Rename it or take it out.',
      'a.md:12:1: There is no key `draft`: write `status: draft` instead.',
    ])
  })

  it.for([
    ['lastmod', 'x', '`updated`'],
    ['pubDate', 'x', '`published`'],
    ['publish_date', 'x', '`published`'],
    ['last_modified_at', 'x', '`updated`'],
    ['slug', 'x', '`id`'],
    ['lang', 'x', '`language`'],
    ['category', 'x', '`section`'],
    ['keywords', 'x', '`tags`'],
    ['featured_image', 'x', '`image`'],
    ['heroImage', 'x', '`image`'],
    ['coverImage', 'x', '`image`'],
    ['redirect_from', 'x', '`aliases`'],
    ['canonicalURL', 'x', '`url`'],
    ['custom_excerpt', 'x', '`summary`'],
    ['dc:creator', 'x', '`authors`'],
    ['externalUrl', 'x', '`external_url`'],
    ['Summary', 'x', '`summary`'],
    ['draft', 'true', 'write `status: draft` instead.'],
    ['draft', 'false', 'any other needs no word. Take it out.'],
    ['weight', '10', 'Take it out.'],
    ['eleventyNavigation', '{key: a}', 'Take it out.'],
    ['sidebar_position', '2', 'Take it out.'],
    ['expiryDate', 'x', '`status: retracted`'],
    ['sumary', 'x', 'Did you mean `summary`?'],
  ] as const)('%s: %s is answered with %s', ([key, value, says], { expect }) => {
    const [first] = told(anArticle({ [key]: value }))
    expect(first).toMatch(/^a\.md:4:1: There is no key `/)
    expect(first).toContain(says)
  })

  it('are told in site.yaml too, all of them', ({ expect }) => {
    const files = { 'a.md': anArticle(), 'site.yaml': `${SITE}foo: 1\nbar: 2\n` }
    expect(problemsOf(files).map(({ line }) => line)).toEqual([9, 10])
  })
})

describe('a value that ends at a comment', () => {
  it.for([
    ['title: The #1 reason', 'a.md:4:8: `title` ends at a comment: `#1 reason` is not part of it.'],
    [
      'title: C # and F#',
      'a.md:4:8: note: `title` ends at a comment: `# and F#` is not part of it.',
    ],
    ['tags: [a, b #c\n  ]', 'a.md:4:11: `tags` ends at a comment: `#c` is not part of it.'],
    ['tags:\n- a #b', 'a.md:5:3: `tags` ends at a comment: `#b` is not part of it.'],
    ['section: a #b', 'a.md:4:10: `section` ends at a comment: `#b` is not part of it.'],
    [
      'title: #1 of all',
      'a.md:4:8: `title` is empty: expected text on one line, not empty (quotes keep a number, a colon or a # text).',
    ],
  ] as const)('is told: %s', ([line, says], { expect }) => {
    const text = `---\npublished: 2026-01-01T09:00:00Z\nid: a\n${line}\n---\nText\n`
    const cache = aCache()
    const run = (): string[] =>
      openPress(aFolder({ 'a.md': text }), { now: NOW }, platform, cache)
        .findings.problems.map(formatProblem)
        .filter((words) => !words.includes('no title'))
    expect(run()).toContainEqual(expect.stringContaining(says))
    expect(run(), 'from the cache').toEqual(run())
    expect(run()).toContainEqual(expect.stringContaining(says))
  })

  it('is told of site.yaml too', ({ expect }) => {
    const site = SITE.replace('The Wire', 'The #1 Wire')
    const [first] = problemsOf({ 'a.md': anArticle(), 'site.yaml': site })
    expect(first && formatProblem(first)).toContain('site.yaml:1:8: `title` ends at a comment')
  })

  it.for([
    'status: published # until Monday',
    '# A line of its own\nsection: a',
    'section: "a #b"',
    'section: a#b',
    'tags: [a] #b',
    'summary: |\n  a #b',
  ])('is not told where nobody can mean it: %s', (line, { expect }) => {
    const text = `---\ntitle: A\npublished: 2026-01-01T09:00:00Z\n${line}\n---\nText\n`
    const { findings } = openPress(aFolder({ 'a.md': text }), { now: NOW }, platform, aCache())
    expect(findings.problems).toEqual([])
  })
})

describe('a tag', () => {
  it('may have a comma', ({ expect }) => {
    const [article] = articlesOf({ 'a.md': anArticle({ tags: '["Paris, France"]' }) })
    expect(article?.tags).toEqual(['Paris, France'])
  })
})
