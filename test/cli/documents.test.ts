import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
/** Folders at the top that hold no document of ours. `content/` holds articles. */
const NOT_OURS: ReadonlySet<string> = new Set(['.git', '.edgewire', '.wrangler', 'content'])

/** The Markdown documents of the repository, by their paths. */
function documentsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name === 'node_modules' || NOT_OURS.has(relative(ROOT, path))) return []
    if (entry.isDirectory()) return documentsIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** The text of a document without its examples: what is no link there is none here. */
function proseOf(path: string): string {
  return readFileSync(path, 'utf8')
    .replaceAll(/^ *```.*?^ *```$/gms, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()<>]/g, ''))
}

/** What a link can lead to in a document: its headings, as GitHub names them, and its marks. */
function anchorsOf(path: string): Set<string> {
  const prose = proseOf(path)
  const headings = Array.from(prose.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
  const marks = Array.from(prose.matchAll(/<a id="([^"]+)">/g), ([, id = '']) => id)
  return new Set([...headings, ...marks])
}

/** The links of a document that lead nowhere. */
function brokenLinksOf(path: string): string[] {
  return Array.from(proseOf(path).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link).filter(
    (link) => {
      if (/^[a-z]+:/.test(link)) return false
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : join(dirname(path), file)
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor))
    },
  )
}

/** The decisions of a document, each with all that is said of it. */
function decisionsOf(path: string): string[] {
  const sections = readFileSync(path, 'utf8').split(/^## /m)
  const section = sections.find((text) => text.startsWith('Decisions\n')) ?? ''
  return section.split(/^- /m).slice(1)
}

describe('the documents', () => {
  const documents = documentsIn(ROOT)

  it('link to files and headings that exist', ({ expect }) => {
    const broken = documents.flatMap((path) =>
      brokenLinksOf(path).map((link) => `${relative(ROOT, path)}: ${link}`),
    )
    expect(broken).toEqual([])
  })

  it('can all be reached from README.md, which has 200 lines at most', ({ expect }) => {
    const readme = join(ROOT, 'README.md')
    expect(readFileSync(readme, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(200)
    const linked = Array.from(proseOf(readme).matchAll(/\]\(([^)#\s]+)/g), ([, link]) => link)
    const others = documents.map((path) => relative(ROOT, path)).filter((it) => it !== 'README.md')
    expect(others.length).toBeGreaterThan(10)
    for (const path of others) expect(linked).toContain(path)
  })

  it('say of every decision what would change it', ({ expect }) => {
    const decisions = documents.flatMap(decisionsOf)
    expect(decisions.length).toBeGreaterThan(70)
    expect(decisions.filter((text) => !/\n {2}\*Changes when .{20,}\.\*\n/.test(text))).toEqual([])
  })

  it('pin every action of a workflow by its digest, and say its version', ({ expect }) => {
    const used = documents.flatMap((path) => readFileSync(path, 'utf8').match(/uses: .*/g) ?? [])
    expect(used.length).toBeGreaterThan(3)
    for (const one of used)
      expect(one).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })
})
