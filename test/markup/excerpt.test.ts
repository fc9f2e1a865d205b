import fc from 'fast-check'
import { describe, it } from 'vitest'
import { widthOf } from '../../src/markup/width.ts'
import { anArticle, aPress } from '../support/corpus.ts'

/** The summary of an article without one of its own. */
function excerptOf(body = '', language = 'en'): string | undefined {
  const press = aPress({ 'a.md': anArticle({ language }, body) })
  const [article] = press.corpus.articles
  return article && press.render(article, article.published).summary
}

describe('the excerpt of a text', () => {
  it.for([
    // Blanks.
    ['x **21:40**. "*q*", [a](https://e.org/), (`b`).', 'x 21:40. "q", a, (b).'],
    ['**un**do and a~~b~~c', 'undo and abc'],
    ['# A\n\nb<br>c\n\n- d\n- e\n\n> f', 'A b c d e f'],
    ['这是**重要**的[消息](https://e.org/)。', '这是重要的消息。'],
    ['第一。\n\n第二。', '第一。第二。'],
    ['첫째 문장.\n둘째 문장.\n\n셋째.', '첫째 문장. 둘째 문장. 셋째.'],
    ['a\u00a0b', 'a\u00a0b'],
    // What is not told.
    ['A claim.[^1]\n\n[^1]: The source.', 'A claim.'],
    ['a<sup><a href="#_ftn1">[1]</a></sup> b', 'a b'],
    ['a\n\n```\ncode\n```\n\nb', 'a b'],
    ['<figure><img src="https://e.org/a.png" alt="A"><figcaption>C</figcaption></figure>b', 'b'],
    ['| a | b |\n|---|---|\n| c | d |\n\ne', 'e'],
    ['<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字', '漢字'],
    // Raised and lowered.
    ['10<sup>6</sup>, H<sub>2</sub>O, a<sup>2n</sup>', '10⁶, H₂O, a²ⁿ'],
    ['the 1<sup>st</sup>, M<sup>lle</sup>, e<sup>x</sup>', 'the 1st, Mlle, e^x'],
    ['x<sub>max</sub>, y<sup>a/b</sup>', 'x_max, y^(a/b)'],
    // The author's own end.
    ['One. <!--more--> Two.', 'One.'],
    ['One.\n\n<!-- more -->\n\nTwo.', 'One.'],
    ['*One <!--more--> two*', 'One'],
    ['`<!--more-->` two', '<!--more--> two'],
  ])('reads as people would say it: %s', ([body, words], { expect }) => {
    expect(excerptOf(body)).toBe(words)
  })

  it.for([
    ['a sentence', 'The rain came at noon, and it stayed. '.repeat(20), /stayed\.$/],
    ['a word', 'word '.repeat(200), /word…$/],
    ['a character', '字'.repeat(400), /字…$/],
    ['a family', `${'a'.repeat(278)}👨‍👩‍👧‍👦${'b'.repeat(100)}`, /a…$/],
    ['a syllable', '각'.normalize('NFD').repeat(400), /각…$/],
  ] as const)('ends behind %s', ([, body, end], { expect }) => {
    const excerpt = excerptOf(body) ?? ''
    expect(excerpt).toMatch(end)
    expect(widthOf(excerpt)).toBeLessThanOrEqual(280)
    expect(widthOf(excerpt)).toBeGreaterThan(140)
  })

  it('counts a Chinese, Japanese or Korean letter for two', ({ expect }) => {
    for (const letter of ['文', 'か', '한', 'a'])
      expect(widthOf(`${excerptOf(letter.repeat(200))}`)).toBe(letter === 'a' ? 200 : 279)
  })

  it('is well-formed, on one line and within its width, whatever the text', ({ expect }) => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        '字',
        '가',
        '👩‍👩‍👧',
        '**',
        '<sup>',
        '</sup>',
        '<!--more-->',
        '\n\n',
        '`',
        '。',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const excerpt = excerptOf(`x${pieces.join('')}`) ?? ''
        expect(excerpt.isWellFormed()).toBe(true)
        expect(excerpt).not.toMatch(/[\n\0]|^ | $/)
        expect(widthOf(excerpt)).toBeLessThanOrEqual(1000)
      }),
      { numRuns: 100 },
    )
  })
})

describe('Chinese and Japanese', () => {
  it.for([
    ['这是**“重要”**的。', '<p>这是<strong>“重要”</strong>的。</p>'],
    ['**注意：**明天', '<p><strong>注意：</strong>明天</p>'],
    ['これは**「重要」**です', '<p>これは<strong>「重要」</strong>です</p>'],
    ['~~“旧”~~新*（笑）*了', '<p><s>“旧”</s>新<em>（笑）</em>了</p>'],
    ['일본어**（日本語）**입니다', '<p>일본어<strong>（日本語）</strong>입니다</p>'],
    ['一行目、\n二行目', '<p>一行目、二行目</p>'],
    ['一**行**\n二行', '<p>一<strong>行</strong>二行</p>'],
    ['한 줄\n두 줄', '<p>한 줄\n두 줄</p>'],
    ['一\nb', '<p>一\nb</p>'],
    ['a ** b ** c', '<p>a ** b ** c</p>'],
  ])('are emphasised and broken as they are written: %s', ([body, html], { expect }) => {
    const press = aPress({ 'a.md': anArticle({ language: 'ja' }, body) })
    const [article] = press.corpus.articles
    expect(article && press.corpus.bodyOf(article, new Set()).html).toBe(html)
  })
})
