import { describe, it } from 'vitest'
import { formatProblem, type Problem } from '../../src/article/problem.ts'
import {
  aCache,
  anArticle,
  type Files,
  findingsOf,
  NOW,
  SITE,
  tryPress,
} from '../support/corpus.ts'

const PNG = new Uint8Array([137, 80, 78, 71])

/** Where something was found, and what: notes have a question mark. */
function told(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ file, line, reason, isNote }) => `${file}:${line} ${reason}${isNote ? '?' : ''}`,
  )
}

describe('one run', () => {
  it.for([
    ['a value that is wrong', anArticle({ published: 'soon' }, '![x](no.png)'), 'invalid-value'],
    ['an unknown key', anArticle({ layout: 'post' }, '![x](no.png)'), 'foreign-key'],
    ['YAML that is none', anArticle({ tags: '[' }, '![x](no.png)'), 'yaml'],
    ['a key that is missing', '---\ntitle: A\n---\n![x](no.png)\n', 'missing-key'],
  ] as const)('judges the text of an article with %s', ([, text, reason], { expect }) => {
    const found = findingsOf({ 'a.md': text, 'b.md': anArticle({}, '[a](a.md)') })
    expect(found.map((problem) => problem.reason)).toEqual([reason, 'missing-file'])
  })

  it.for([
    ['that is wrong', SITE.replace('tag: ', 'tog: ')],
    ['that cannot be read', `${SITE}icon: [`],
    ['that is no text', new Uint8Array([255])],
  ] as const)('judges articles beside a site.yaml %s', ([, site], { expect }) => {
    const files = {
      'site.yaml': site,
      'a.md': anArticle({ authors: '[desk]' }, '![x](no.png) ![](a.png) [b](b.md)'),
      'a.png': PNG,
      'b.md': anArticle({ colour: 'red' }),
      'c.md': anArticle({ status: 'draft' }, '![x](no.png)'),
    }
    const found = told(findingsOf(files)).filter((line) => !line.startsWith('site.yaml'))
    expect(found.map((line) => line.replace('?', ''))).toEqual([
      'a.md:6 missing-file',
      'a.md:6 image-without-alt',
      'b.md:4 unknown-key',
    ])
    expect(tryPress(files).ok).toBe(false)
  })

  it('knows an article by its file, whatever its id is', ({ expect }) => {
    const found = findingsOf({
      'My Post.md': anArticle({}, '![x](no.png)'),
      'a/x.md': anArticle({}, '[x](<../My Post.md>) [x](../b/x.md)'),
      'b/x.md': anArticle({ tags: '[News]', guid: 'g' }),
      'c.md': anArticle({ tags: '[news]', guid: 'g' }),
    })
    expect(told(found)).toEqual([
      'My Post.md:2 invalid-value',
      'My Post.md:5 missing-file',
      'b/x.md:2 duplicate-id',
      'c.md:4 same-folder',
      'c.md:5 duplicate-guid',
    ])
  })

  it('draws no conclusion from what could not be read', ({ expect }) => {
    const found = findingsOf({
      'site.yaml': `${SITE}pages: false\nurl: https://e.org/{id}\n`,
      'a.md': anArticle({ updated: 'soon', correction: 'A name.', image: '{src: [a]}' }),
      'a.png': PNG,
      'b.md': anArticle({ status: 'gone', reason: 'Wrong.' }, ''),
      'c.md': anArticle({ translations: '{pl: b}' }, '[b](b.md)'),
    })
    expect(told(found)).toEqual([
      'a.md:4 invalid-value',
      'a.md:6 invalid-value',
      'b.md:4 invalid-value',
    ])
  })

  it('tells each place of a spelling that most articles do not have', ({ expect }) => {
    const found = findingsOf({
      'a.md': anArticle({ tags: '[news, Łódź]' }),
      'b.md': anArticle({ tags: '[News]' }),
      'c.md': anArticle({ tags: '[lodz, News]' }),
      'd.md': anArticle({ tags: '[NEWS, lodz]' }),
    })
    expect(found.map(formatProblem)).toEqual([
      'a.md:4:8: `news` and `News` (b.md:4:8) would both be at /tags/news/. Spell them alike, or name the address of one in site.yaml: `tags: { "news": { name: other-words } }`.',
      'a.md:4:14: `Łódź` and `lodz` (c.md:4:8) would both be at /tags/lodz/. Spell them alike, or name the address of one in site.yaml: `tags: { "Łódź": { name: other-words } }`.',
      'd.md:4:8: `NEWS` and `News` (b.md:4:8) would both be at /tags/news/. Spell them alike, or name the address of one in site.yaml: `tags: { "NEWS": { name: other-words } }`.',
    ])
  })
})

describe('the files of content/', () => {
  it('are articles under either ending, and an index.md has the name of its folder', ({
    expect,
  }) => {
    const files = {
      'a.markdown': anArticle({}, '[mill](mill/index.md)'),
      'mill/index.md': anArticle({}, '![mill](m.png) [a](../a.markdown)'),
      'mill/m.png': PNG,
      'posts/ferry/index.markdown': anArticle(),
    }
    const read = tryPress(files)
    expect(read.ok && read.value.corpus.articles.map(({ id }) => id)).toEqual([
      'a',
      'ferry',
      'mill',
    ])
    expect(findingsOf(files)).toEqual([])
  })

  it.for([
    ['inn.MD', 'other-ending?'],
    ['inn.Markdown', 'other-ending?'],
    ['x/inn.mkd', 'other-ending?'],
    ['mill.mdx', 'other-format?'],
    ['well.html', 'other-format?'],
    ['well.htm', 'other-format?'],
    ['notes.org', 'other-format?'],
    ['_drafts/idea.md', 'set-aside?'],
    ['x/_drafts/y/idea.html', 'set-aside?'],
    ['_index.md', 'list-page?'],
    ['posts/_index.pl.md', 'list-page?'],
    ['theme.css', 'unserved-file?'],
    ['site.yml', 'unserved-file?'],
    ['LICENSE', 'unserved-file?'],
    ['old.txt', 'unused-file?'],
    ['x/unused.png', 'unused-file?'],
  ] as const)('are not passed over in silence: %s', ([file, says], { expect }) => {
    const files = { 'a.md': anArticle(), [file]: anArticle() }
    expect(told(findingsOf(files))).toEqual([`${file}:1 ${says}`])
    expect(tryPress(files).ok).toBe(true)
  })

  it.for(['README.md', 'x/README.md', 'Readme.markdown', 'README', 'README.txt'])(
    'may be for whoever works on them: %s',
    (file, { expect }) => {
      expect(findingsOf({ 'a.md': anArticle(), [file]: 'How we write.' })).toEqual([])
    },
  )

  it('that are no articles cannot be linked to', ({ expect }) => {
    const body = '[a](README.md) [b](_index.md) [c](inn.MD) [d](none.md)'
    const files = { 'README.md': '', '_index.md': '', 'inn.MD': '', 'a.md': anArticle({}, body) }
    const found = findingsOf(files).filter(({ isNote }) => !isNote)
    expect(found.map(({ reason }) => reason)).toEqual([
      'no-article',
      'no-article',
      'no-article',
      'missing-file',
    ])
  })

  it('are in use where a draft or a retracted article refers to them', ({ expect }) => {
    const files = {
      'a.md': anArticle(),
      'b.md': anArticle({ status: 'draft' }, '![b](b.png)'),
      'c.md': anArticle({ status: 'retracted' }, '![c](c.png)'),
      'b.png': PNG,
      'c.png': PNG,
    }
    expect(findingsOf(files)).toEqual([])
  })

  it.for([
    ['nothing', {}, false],
    ['a draft', { 'a.md': anArticle({ status: 'draft' }) }, false],
    ['what is read no more', { 'a.MD': anArticle() }, false],
    ['a retraction', { 'a.md': anArticle({ status: 'retracted' }) }, true],
    ['what is due later', { 'a.md': anArticle({ published: '2030-01-01T00:00:00Z' }) }, true],
  ] as const)(
    'are published with an article at least, and hold %s',
    ([, files, is], { expect }) => {
      const found = findingsOf(files).map(({ reason }) => reason)
      expect(found.includes('no-articles')).toBe(!is)
      expect(tryPress(files).ok).toBe(is)
    },
  )
})

describe('rules for new work', () => {
  const files = (front: Record<string, string>, site = ''): Files => ({
    'site.yaml': SITE + site,
    'a.md': anArticle({ ...front, image: '{src: a.png}' }, '![](a.png) <img src="a.png">'),
    'a.png': PNG,
  })
  const ALL = ['a.md', 'a.md', 'a.md']

  it.for([
    ['an article that is new', files({}), {}, false],
    ['one that others were published before', files({}), { known: new Set(['b']) }, false],
    ['one that was published', files({}), { known: new Set(['a']) }, true],
    ['one that is imported', files({ imported: 'true' }), {}, true],
    ['one that is not', files({ imported: 'false' }), {}, false],
    ['one from before a day', files({}, 'alt_required_since: 2026-02-02\n'), {}, true],
    [
      'one from before a day of the site',
      files(
        { published: '2026-02-01T23:30:00Z' },
        'timezone: Asia/Tokyo\nalt_required_since: 2026-02-02\n',
      ),
      {},
      false,
    ],
    ['one of that day', files({}, 'alt_required_since: 2026-02-01\n'), {}, false],
  ] as const)('ask %s for alternative text', ([, content, options, isOld], { expect }) => {
    const cache = aCache()
    for (const _ of ['rendered', 'recalled']) {
      const found = findingsOf(content, options, cache)
      expect(found.map(({ file, reason }) => [file, reason])).toEqual(
        ALL.map((file) => [file, 'image-without-alt']),
      )
      expect(found.every(({ isNote = false }) => isNote === isOld)).toBe(true)
    }
  })

  it('are the same whatever was rendered before', ({ expect }) => {
    const cache = aCache()
    const gravity = (known: readonly string[]) =>
      findingsOf(files({}), { known: new Set(known) }, cache).map(({ isNote = false }) => isNote)
    expect([gravity(['a']), gravity([]), gravity(['a'])]).toEqual([
      [true, true, true],
      [false, false, false],
      [true, true, true],
    ])
  })

  it('excuse nothing else', ({ expect }) => {
    const found = findingsOf({ 'a.md': anArticle({ imported: 'true' }, '[x](no.md) <p>') })
    expect(found[0]).toMatchObject({ reason: 'missing-file' })
    expect(found[0]).not.toHaveProperty('isNote')
  })

  it('let an image decorate where its author says so', ({ expect }) => {
    const body = '<img src="a.png" alt=""> <img src="a.png" alt> ![x](a.png)'
    const front = { image: '{src: a.png, alt: ""}' }
    expect(findingsOf({ 'a.md': anArticle(front, body), 'a.png': PNG })).toEqual([])
  })

  it('ask for words in the place of those that `new` wrote', ({ expect }) => {
    const front = { summary: 'One or two sentences.' }
    const body = '\nThe first paragraph.\n'
    expect(told(findingsOf({ 'a.md': anArticle(front, body) }))).toEqual([
      'a.md:4 placeholder',
      'a.md:7 placeholder',
    ])
    const draft = { 'a.md': anArticle({ ...front, status: 'draft' }, body), 'b.md': anArticle() }
    expect(findingsOf(draft)).toEqual([])
    expect(findingsOf(draft, { drafts: true })).toEqual([])
  })

  it('are dated by days that exist', ({ expect }) => {
    const found = findingsOf(files({}, 'alt_required_since: 2026-02-30\n'), { now: NOW })
    expect(told(found)).toContain('site.yaml:9 invalid-value')
  })
})
