import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { canonicalJson } from '../../src/edition/canonical.ts'
import { digestOf, StoredObject, writeObject } from '../../src/edition/object.ts'
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

  it('have a digest that no compressor decides', ({ expect }) => {
    const parts = [{ name: 'a', content: 'aaaaaaaaaaaaaaaaaaaa', gzip: true }]
    const other = { ...platform, gzip: (bytes: Uint8Array) => bytes }
    expect(writeObject('t', {}, parts, other).digest).toBe(
      writeObject('t', {}, parts, platform).digest,
    )
    expect(
      writeObject('t', {}, [{ name: 'a', content: 'aaaaaaaaaaaaaaaaaaaa' }], platform).digest,
    ).toBe(writeObject('t', {}, parts, platform).digest)
  })

  it('have another digest where type, facts, a name or a byte differ', ({ expect }) => {
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

  it('keep the digest that this one had in the first version', ({ expect }) => {
    expect(
      writeObject('article', { b: 1, a: ['Łódź'] }, [{ name: 'json', content: '{}' }], platform)
        .digest,
    ).toBe('-TtRgUlxlOXB9i_AG9UVvinzPGJcwUeT3UfBH5vdnl4')
  })
})

describe('canonical JSON', () => {
  it('does not depend on the order of keys', ({ expect }) => {
    expect(canonicalJson({ b: 1, a: { d: [2, { z: 1, y: undefined }], c: null } })).toBe(
      '{"a":{"c":null,"d":[2,{"z":1}]},"b":1}',
    )
  })
})
