import { describe, it } from 'vitest'
import { compileEdition } from '../../src/compile/compile.ts'
import { gather } from '../../src/compile/findings.ts'
import { openPress } from '../../src/compile/open-press.ts'
import { Press } from '../../src/compile/press.ts'
import { writeObject } from '../../src/edition/object.ts'
import { fail } from '../../src/markup/result.ts'
import { publish } from '../../src/publish/publish.ts'
import { aCache, aFolder, anArticle, aPress, NOW, platform } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { aPublisher } from '../support/publishing.ts'

const UNLIKELY = { document: '/x', detail: 'not well-formed' }

/** A press whose feeds no parser takes, as a defect would make them. */
function brokenPress(): Press {
  const { corpus } = aPress({ 'a.md': anArticle(), 'b.md': anArticle() })
  const site = { ...corpus.site, pages: false, home: 'https://example.org/é' }
  return new Press({ ...corpus, site }, aCache(), platform)
}

describe('findings', () => {
  it('come with the press, and do not stop what can still be rendered', ({ expect }) => {
    const files = { 'a.md': anArticle({}, '![a](a.png)'), 'b.md': anArticle({ colour: 'red' }) }
    const { press, findings } = openPress(aFolder(files), { now: NOW }, platform, aCache())
    expect(press?.corpus.articles.map(({ id }) => id)).toEqual(['a'])
    expect(findings.problems.map(({ file, reason }) => [file, reason])).toEqual([
      ['a.md', 'missing-file'],
      ['b.md', 'unknown-key'],
    ])
  })

  it('come with an object as often as it is asked for, and only then', ({ expect }) => {
    const press = aPress({ 'a.md': anArticle() })
    const object = writeObject('page', {}, [{ name: 'text', content: 'x' }], platform)
    let made = 0
    const make = (malformed: (typeof UNLIKELY)[]) => () => {
      made += 1
      return { ...object, malformed }
    }
    for (const times of [1, 2]) {
      const { digest, findings } = press.object(['wrong'], make([UNLIKELY]))
      expect([digest, findings, made]).toEqual([
        object.digest,
        { problems: [], malformed: [UNLIKELY] },
        times,
      ])
    }
    for (const _ of [1, 2]) press.object(['right'], make([]))
    expect(made).toBe(3)
  })

  it('are gathered of all documents of an edition, and keep it from being published', async ({
    expect,
  }) => {
    const store = aStore()
    const input = { before: undefined, number: 1, at: NOW, store }
    const { findings } = await compileEdition({ press: brokenPress(), ...input })
    expect(findings.malformed.map(({ document }) => document)).toContain('/feed.json')
    const refused = await publish(aPublisher(store), brokenPress(), {})
    expect(refused).toEqual(fail({ reason: 'malformed', documents: findings.malformed }))
    expect(store.values.size).toBe(0)
  })

  it('are told once, however often they are met', ({ expect }) => {
    const one = { problems: [], malformed: [UNLIKELY] }
    expect(gather([one, { ...one }, one])).toEqual(one)
  })
})
