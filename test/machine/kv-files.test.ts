import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, it } from 'vitest'
import type { Pair } from '../../src/edition/store.ts'
import { type LocalStore, openEmulatedStore } from '../../src/machine/emulated-store.ts'
import { KNOWN_EMULATOR, openKvFiles } from '../../src/machine/kv-files.ts'
import { localNamespace } from '../../src/machine/local-namespace.ts'
import { clock } from '../../src/machine/platform.ts'
import { emulatorVersion } from '../../src/machine/wrangler.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'edgewire-kv-'))
  folders.push(folder)
  return folder
}

/** Opens a namespace directly, which has to succeed. */
function openDirectly(state: string): LocalStore {
  const store = openKvFiles(state, 'EDGEWIRE', KNOWN_EMULATOR)
  if (!store) throw new Error('The files of the local KV are not as expected.')
  return store
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Values of every kind: none at all, every byte, a large one, and keys that sort by UTF-8. */
const PAIRS: readonly Pair[] = [
  ['head', bytes('{"schema":1}')],
  ['o/empty', new Uint8Array()],
  ['o/every-byte', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
  ['o/large', new Uint8Array(3 * 1024 * 1024).fill(7)],
  ['o/Z%2F?&#', bytes('x')],
  ['o/żółw', bytes('y')],
  ['o/🐢', bytes('z')],
  ...Array.from({ length: 40 }, (_, n): Pair => [`o/${n}`, bytes(`value ${n}`)]),
]
const KEYS = PAIRS.map(([key]) => key)

/** All that a store tells: what it lists, with instants, and every value. */
async function all(store: LocalStore): Promise<unknown> {
  const values = await store.get([...KEYS, 'o/nothing'])
  const told = values.map((value) => value && Buffer.from(value).toString('base64'))
  return { listed: await store.list(), told }
}

/** The files of values that lie in a state folder. */
const filesIn = (state: string): number => readdirSync(join(state, 'v3/kv/EDGEWIRE/blobs')).length

describe('the files of the local KV', () => {
  it('are those of the emulator that is installed', ({ expect }) => {
    expect(
      emulatorVersion(),
      'Another miniflare is installed. Until KNOWN_EMULATOR in src/machine/kv-files.ts names it, every verb starts the emulation, which is right and slow: see that the other tests of this file and test/deep/stores.test.ts pass, compare its storage with EMULATOR_TABLES, and name it.',
    ).toBe(KNOWN_EMULATOR)
  })

  it('are read and written as the emulation does, both ways, and at the same time', async ({
    expect,
  }) => {
    const state = aFolder()
    const begun = clock()
    const direct = openDirectly(state)
    await direct.put(PAIRS)
    // The emulation finds files that it has not made, and stays open while others write.
    const emulated = await openEmulatedStore(state)
    try {
      const written = await all(direct)
      expect(await all(emulated)).toEqual(written)
      const listed = await emulated.list()
      expect(listed.map(({ key }) => key)).toEqual(
        KEYS.toSorted((one, other) => Buffer.compare(bytes(one), bytes(other))),
      )
      for (const { written: at } of listed) expect(at).toBeGreaterThanOrEqual(begun)

      await emulated.put([
        ['head', bytes('theirs')],
        ['o/every-byte', new Uint8Array()],
        ['o/theirs', bytes('t')],
      ])
      await emulated.remove(['o/0', 'o/nothing'])
      expect(await all(direct)).toEqual(await all(emulated))
      expect(await direct.get(['head', 'o/0', 'o/theirs'])).toEqual([
        Buffer.from('theirs'),
        undefined,
        Buffer.from('t'),
      ])

      await direct.put([
        ['head', bytes('ours')],
        ['o/theirs', bytes('u')],
      ])
      await direct.remove(['o/1', 'o/nothing'])
      expect(await all(emulated)).toEqual(await all(direct))
      expect(await emulated.get(['head', 'o/1', 'o/theirs'])).toEqual([
        bytes('ours'),
        undefined,
        bytes('u'),
      ])
    } finally {
      await emulated.close()
      await direct.close()
    }
    // Nothing is left of what was replaced or removed.
    expect(filesIn(state)).toBe(PAIRS.length + 1 - 2)
  })

  it('tell of keys only when they are there, and leave nothing behind what fails', async ({
    expect,
  }) => {
    const state = aFolder()
    const [store, other] = [openDirectly(state), openDirectly(state)]
    const told: string[][] = []
    await store.put(PAIRS, (keys) => {
      told.push([...keys])
    })
    expect(told.flat()).toEqual(KEYS)
    expect(told.length).toBeGreaterThan(1)
    const before = await all(other)
    // A value that cannot be written: its slice is not there at all, and no file of it stays.
    const broken: Pair[] = [
      ['head', bytes('new')],
      ['o/broken', { length: 1 } as Uint8Array],
    ]
    await expect(store.put(broken)).rejects.toThrow()
    expect(await all(other)).toEqual(before)
    expect(filesIn(state)).toBe(PAIRS.length)
    for (const one of [store, other]) await one.close()
  })

  it('keep what is replaced for whoever has just looked up where it lies', async ({ expect }) => {
    const state = aFolder()
    const store = openDirectly(state)
    await store.put([['head', bytes('one')]])
    await store.put([['head', bytes('two')]])
    expect(filesIn(state)).toBe(2)
    await store.put([['head', bytes('three')]])
    expect(filesIn(state)).toBe(2)
    await store.close()
    expect(filesIn(state)).toBe(1)
  })

  it('hide what has expired, as KV does', async ({ expect }) => {
    const state = aFolder()
    const store = openDirectly(state)
    await store.put([
      ['o/old', bytes('x')],
      ['o/new', bytes('y')],
    ])
    withTables(state, (database) => {
      database.exec(`UPDATE _mf_entries SET expiration = 1 WHERE key = 'o/old'`)
      database.exec(`UPDATE _mf_entries SET expiration = 99999999999999 WHERE key = 'o/new'`)
    })
    expect(await store.get(['o/old', 'o/new'])).toEqual([undefined, Buffer.from('y')])
    expect((await store.list()).map(({ key }) => key)).toEqual(['o/new'])
    await store.close()
  })

  it('are left to the emulation if anything is not as expected', async ({ expect }) => {
    const state = aFolder()
    expect(openKvFiles(state, 'EDGEWIRE', '6.0.0')).toBeUndefined()
    expect(existsSync(join(state, 'v3'))).toBe(false)
    await openDirectly(state).close()
    withTables(state, (database) => database.exec('ALTER TABLE _mf_entries ADD COLUMN size'))
    expect(openKvFiles(state, 'EDGEWIRE', KNOWN_EMULATOR)).toBeUndefined()
    const inTheWay = aFolder()
    writeFileSync(join(inTheWay, 'v3'), '')
    expect(openKvFiles(inTheWay, 'EDGEWIRE', KNOWN_EMULATOR)).toBeUndefined()
  })

  it('refuse, and say why, if they are damaged or held while they are in use', async ({
    expect,
  }) => {
    const state = aFolder()
    const store = openDirectly(state)
    await store.put(PAIRS)
    withTables(state, (database) => {
      database.exec('PRAGMA writable_schema = ON')
      database.exec('DROP TABLE _mf_entries')
    })
    await expect(store.get(['head'])).rejects.toMatchObject({
      refusal: { reason: 'local-store', detail: expect.stringContaining('_mf_entries') },
    })
    await store.close()
  })
})

function withTables(state: string, work: (database: DatabaseSync) => void): void {
  const folder = join(state, 'v3/kv/miniflare-KVNamespaceObject')
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name)) ?? ''
  const database = new DatabaseSync(join(folder, file))
  work(database)
  database.close()
}

describe('the namespace of the binding', () => {
  const id = '0123456789abcdef0123456789abcdef'
  const bound = (more = ''): string => `[[kv_namespaces]]\nbinding = "EDGEWIRE"\n${more}\n`
  it.for([
    [bound(), 'EDGEWIRE'],
    [bound(`id = "${id}"`), id],
    [bound(`id = "${id}"\npreview_id = "preview-1"`), 'preview-1'],
    [`kv_namespaces = [{ binding = "OTHER", id = "x" }, { binding = "EDGEWIRE" }]`, 'EDGEWIRE'],
    [bound('remote = true'), 'EDGEWIRE'],
    // wrangler has to be asked, or to say what is wrong.
    ['name = "x"', undefined],
    ['name = [', undefined],
    [bound('id = 7'), undefined],
    [bound('id = "../x"'), undefined],
    [bound('id = "aux"'), undefined],
    [bound() + bound(), undefined],
    ['kv_namespaces = 1', undefined],
  ] as const)('is, by %j, %s', ([settings, expected], { expect }) => {
    const folder = aFolder()
    writeFileSync(join(folder, 'wrangler.toml'), settings)
    expect(localNamespace(folder)).toBe(expected)
    mkdirSync(join(folder, 'below'))
    expect(localNamespace(join(folder, 'below'))).toBe(expected)
  })

  it('is that of the environment that is asked for', ({ expect, onTestFinished }) => {
    const folder = aFolder()
    const staging = '[[env.staging.kv_namespaces]]\nbinding = "EDGEWIRE"\nid = "staging-1"\n'
    writeFileSync(join(folder, 'wrangler.toml'), `${bound()}[env.bare]\nname = "x"\n${staging}`)
    onTestFinished(() => {
      delete process.env['CLOUDFLARE_ENV']
    })
    const found = ['', 'staging', 'bare', 'unknown'].map((name) => {
      process.env['CLOUDFLARE_ENV'] = name
      return localNamespace(folder)
    })
    expect(found).toEqual(['EDGEWIRE', 'staging-1', undefined, undefined])
  })

  it.for(['wrangler.json', 'wrangler.jsonc', '.wrangler/deploy/config.json'])(
    'is asked of wrangler where there is %s, in the folder or above',
    (file, { expect }) => {
      const folder = aFolder()
      mkdirSync(join(folder, 'project'))
      writeFileSync(join(folder, 'project/wrangler.toml'), bound())
      mkdirSync(join(folder, '.wrangler/deploy'), { recursive: true })
      expect(localNamespace(join(folder, 'project'))).toBe('EDGEWIRE')
      writeFileSync(join(folder, file), '{}')
      expect(localNamespace(join(folder, 'project'))).toBeUndefined()
    },
  )
})
