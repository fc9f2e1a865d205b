import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { canonicalJson } from '../../src/edition/canonical.ts'
import {
  digestOf,
  parseObject,
  SCHEMA,
  StoredObject,
  writeObject,
} from '../../src/edition/object.ts'
import { platform } from '../support/corpus.ts'

const anyPart = fc.record({
  name: fc.string({ unit: 'grapheme' }),
  content: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' })),
  gzip: fc.boolean(),
})
const anyParts = fc.uniqueArray(anyPart, { selector: ({ name }) => name, maxLength: 5 })
const anyFacts = fc.dictionary(fc.string(), fc.jsonValue())

function unpack(part: { readonly bytes: Uint8Array } | undefined, gzip: boolean): Uint8Array {
  if (!part) throw new Error('no such part')
  return gzip ? gunzipSync(part.bytes) : part.bytes
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

describe('objects', () => {
  it('are read as they were written: type, facts, and every part', ({ expect }) => {
    fc.assert(
      fc.property(fc.string(), anyFacts, anyParts, (type, facts, parts) => {
        const written = writeObject(type, facts, parts, platform)
        const read = new StoredObject(written.bytes)
        expect(read.header.type).toBe(type)
        expect(canonicalJson(read.facts)).toBe(canonicalJson(facts))
        for (const { name, content, gzip } of parts) {
          const part = read.part(name)
          const raw = bytesOf(content)
          expect(part?.size).toBe(gzip ? raw.length : undefined)
          expect(Buffer.compare(unpack(part, gzip), raw)).toBe(0)
        }
        expect(read.part('no such part')).toBeUndefined()
        expect(digestOf(read.header, platform)).toBe(written.digest)
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  it('have a digest that does not depend on the compressor', ({ expect }) => {
    const parts = [{ name: 'a', content: 'aaaaaaaaaaaaaaaaaaaa', gzip: true }]
    const other = { ...platform, gzip: (bytes: Uint8Array) => bytes }
    expect(writeObject('t', {}, parts, other).digest).toBe(
      writeObject('t', {}, parts, platform).digest,
    )
    expect(
      writeObject('t', {}, [{ name: 'a', content: 'aaaaaaaaaaaaaaaaaaaa' }], platform).digest,
    ).toBe(writeObject('t', {}, parts, platform).digest)
  })

  it('have another digest if type, facts, a name or a byte differ', ({ expect }) => {
    const digest = (type: string, facts: object, name: string, content: string): string =>
      writeObject(type, facts, [{ name, content }], platform).digest
    const all = [
      digest('t', {}, 'a', 'x'),
      digest('u', {}, 'a', 'x'),
      digest('t', { a: 1 }, 'a', 'x'),
      digest('t', {}, 'b', 'x'),
      digest('t', {}, 'a', 'y'),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it('keep the digest that they had in the first version', ({ expect }) => {
    expect(
      writeObject('article', { b: 1, a: ['Łódź'] }, [{ name: 'json', content: '{}' }], platform)
        .digest,
    ).toBe('-TtRgUlxlOXB9i_AG9UVvinzPGJcwUeT3UfBH5vdnl4')
  })
})

/** Whether bytes are the whole object of a digest. */
function isWhole(bytes: Uint8Array, digest: string): boolean {
  const read = parseObject(bytes)
  return (
    typeof read !== 'string' && read.proofs(digest).every(([of, is]) => platform.digest(of) === is)
  )
}

describe('bytes that may be anything', () => {
  const [text, packed] = [
    { name: 'a', content: 'Łódź\n\n' },
    { name: 'b', content: 'b'.repeat(200), gzip: true },
  ]
  const object = writeObject('t', { a: 1 }, [text, packed], platform)
  const [first = '', sum = '', third = ''] = new TextDecoder().decode(object.bytes).split('\n')
  const body = object.bytes.subarray(first.length + 43 + third.length + 3)

  it('are proved to be the object of a digest by hashing them as they are', ({ expect }) => {
    expect(platform.digest(new TextEncoder().encode(first))).toBe(object.digest)
    expect(isWhole(object.bytes, object.digest)).toBe(true)
  })

  it('are not whole when they are cut anywhere, or go on', ({ expect }) => {
    for (let end = 0; end < object.bytes.length; end++)
      expect(parseObject(object.bytes.subarray(0, end)), String(end)).toBe('damaged')
    expect(parseObject(Buffer.concat([object.bytes, Buffer.of(0)]))).toBe('damaged')
  })

  it('are not whole if everything is in one line, or in two', ({ expect }) => {
    const said = canonicalJson({ schema: SCHEMA, type: 't', facts: { a: 1 }, parts: [] })
    for (const text of [`${said}\n`, said, `${said}\n${said}\n`])
      expect(parseObject(new TextEncoder().encode(text)), text).toBe('damaged')
  })

  it('are not whole when any bit of them was flipped', ({ expect }) => {
    for (let at = 0; at < object.bytes.length; at++) {
      const bytes = object.bytes.slice()
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
      expect(isWhole(bytes, object.digest), String(at)).toBe(false)
    }
  })

  it('are not whole in the place of another object', ({ expect }) => {
    const other = writeObject('t', { a: 2 }, [text, packed], platform)
    expect(isWhole(object.bytes, other.digest)).toBe(false)
  })

  it('belong to another edgewire if they name another schema, whatever else they say', ({
    expect,
  }) => {
    const newer = third.replace(`"schema":${SCHEMA}`, '"schema":99')
    const bytes = Buffer.concat([Buffer.from(`${first}\n${sum}\n${newer}\n`), body])
    expect(parseObject(bytes)).toBe('other-schema')
    expect(parseObject(Buffer.from('{"other":"framing"}\n\n{"schema":2}\n'))).toBe('other-schema')
  })

  it.for([
    ['nothing in a line', '', third],
    ['a line that is no JSON', 'hello', third],
    ['null', 'null', third],
    ['a list', '[]', third],
    ['no facts', first.replace('"facts":{"a":1},', ''), third],
    ['facts that are null', first.replace('{"a":1}', 'null'), third],
    ['a type that is no text', first.replace('"t"', '7'), third],
    ['parts that are none', first.replace(/"parts":\[.*\]/, '"parts":[1]'), third],
    ['no parts', first.replace(/"parts":\[.*\]/, '"parts":[]'), third],
    ['a third line of nothing', first, ''],
    ['a third line without a schema', first, third.replace(`,"schema":${SCHEMA}`, '')],
    ['a negative length', first, third.replace('[[', '[[-')],
    ['a length that is no integer', first, third.replace('[[', '[[0.')],
    ['a part without a length', first, third.replace(/\[\[\d+\]/, '[[]')],
    ['fewer lengths than parts', first, third.replace(/\[\[\d+\],/, '[')],
    ['more lengths than parts', first, third.replace('[[', '[[0],[')],
  ] as const)('are damaged where they have %s', ([, one, two], { expect }) => {
    const bytes = Buffer.concat([Buffer.from(`${one}\n${sum}\n${two}\n`), body])
    expect(parseObject(bytes)).toBe('damaged')
  })

  it('never make the reader throw', ({ expect }) => {
    const anyLine = fc.oneof(fc.json(), fc.string(), fc.constantFrom(first, third))
    fc.assert(
      fc.property(anyLine, anyLine, fc.uint8Array({ maxLength: 40 }), (one, two, rest) => {
        const read = parseObject(Buffer.concat([Buffer.from(`${one}\n${sum}\n${two}\n`), rest]))
        if (typeof read !== 'string') expect(read.header.parts).toBeInstanceOf(Array)
      }),
      { seed: 12, numRuns: 500 },
    )
  })
})

describe('canonical JSON', () => {
  it('does not depend on the order of keys', ({ expect }) => {
    expect(canonicalJson({ b: 1, a: { d: [2, { z: 1, y: undefined }], c: null } })).toBe(
      '{"a":{"c":null,"d":[2,{"z":1}]},"b":1}',
    )
  })
})
