import { afterAll, beforeAll, describe, it } from 'vitest'
import { openSite, type Site } from '../support/browser.ts'
import { aProject } from '../support/command.ts'
import { anArticle } from '../support/corpus.ts'

/** A tone of so many seconds (WAV, 8 kHz, 8 bit). */
function aTone(seconds: number): Uint8Array {
  const samples = 8000 * seconds
  const bytes = Buffer.alloc(44 + samples, 128)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + samples, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(8000, 24)
  bytes.writeUInt32LE(8000, 28)
  bytes.writeUInt16LE(1, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(samples, 40)
  for (let n = 0; n < 8000; n++) bytes[44 + n] = 128 + Math.round(100 * Math.sin(n / 3))
  for (let second = 1; second < seconds; second++) bytes.copy(bytes, 44 + 8000 * second, 44, 8044)
  return bytes
}

/** A page with a line of text, as small as it may be. */
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`

/** One that tries all that an SVG can. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="document.title='ran'">
<style>rect { fill: green }</style><script>document.title = 'ran'</script>
<rect width="40" height="40"/><foreignObject width="40" height="40"><body
xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="document.title='ran'"/></body></foreignObject></svg>`

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Seconds of a file of twenty mebibytes, and the first that is heard of it. */
const LONG = 2620
const HEARD = 2400

const NAMES = ['tone.wav', 'long.wav', 'dot.png', 'page.pdf', 'drawing.svg', 'note.txt']

describe('a file that somebody opens by itself', () => {
  let site: Site
  const paths = new Map<string, string>()

  beforeAll(async () => {
    const attachments = NAMES.map((name) => `{ src: ${name}, title: ${name} }`).join(', ')
    site = await openSite(
      aProject({
        'content/files.md': anArticle({ attachments: `[${attachments}]` }),
        'content/tone.wav': aTone(1),
        'content/long.wav': aTone(LONG),
        'content/dot.png': PNG,
        'content/page.pdf': PDF,
        'content/drawing.svg': SVG,
        'content/note.txt': 'Only words.\n',
      }),
    )
    const page = await (await fetch(`${site.base}/articles/files`)).text()
    for (const [path, name = ''] of page.matchAll(/\/media\/[\w-]{43}\/([\w.]+)/g))
      paths.set(name, path)
  })
  afterAll(() => site.close())

  it('plays, if it is a tone', async ({ expect }) => {
    const { page, context, complaints } = await site.open()
    await page.goto(paths.get('tone.wav') ?? '')
    const played = await page.evaluate(`new Promise((resolve) => {
      const media = document.querySelector('audio, video')
      media.muted = true
      media.addEventListener('timeupdate', () => media.currentTime > 0 && resolve('played'))
      media.addEventListener('error', () => resolve('failed'))
      if (media.error) resolve('failed')
      media.play().catch((error) => resolve(String(error)))
    })`)
    expect({ played, complaints }).toEqual({ played: 'played', complaints: [] })
    await context.close()
  })

  it('is heard from where somebody points, before all of it is there', async ({ expect }) => {
    const { page, context } = await site.open()
    const network = await context.newCDPSession(page)
    await network.send('Network.enable')
    // A second of the network is a minute of sound; all of the file would take a minute.
    const bytes = 400_000
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 10,
      downloadThroughput: bytes,
      uploadThroughput: bytes,
    })
    const parts: string[] = []
    page.on('response', (response) => {
      const range = response.headers()['content-range']
      if (range !== undefined) parts.push(range)
    })
    await page.goto(paths.get('long.wav') ?? '', { waitUntil: 'commit' })
    const heard = await page.evaluate<{ seekable: number; at: number }>(`new Promise((resolve) => {
      const media = document.querySelector('audio, video')
      const seek = () => {
        media.muted = true
        media.currentTime = ${HEARD}
        media.play().catch(() => {})
      }
      if (media.readyState > 0) seek()
      else media.addEventListener('loadedmetadata', seek)
      media.addEventListener('timeupdate', () => {
        const { currentTime: at, seekable, seeking, readyState } = media
        if (at > 0 && !seeking && readyState > 2) resolve({ at, seekable: seekable.end(0) })
      })
    })`)
    expect(Math.floor(heard.seekable)).toBe(LONG)
    expect(Math.floor(heard.at)).toBeGreaterThanOrEqual(HEARD)
    const starts = parts.map((part) => Number(/bytes (\d+)-/.exec(part)?.[1]))
    expect(Math.max(...starts)).toBeGreaterThan(8000 * (HEARD - 60))
    await context.close()
  })

  it('is shown, if it is an image', async ({ expect }) => {
    const { page, context, complaints } = await site.open()
    await page.goto(paths.get('dot.png') ?? '')
    const width = await page.evaluate("document.querySelector('img').naturalWidth")
    expect({ width, complaints }).toEqual({ width: 1, complaints: [] })
    await context.close()
  })

  it('is shown by the viewer of the browser, if it is a PDF', async ({ expect }) => {
    const { page, context, complaints } = await site.open()
    await page.goto(paths.get('page.pdf') ?? '')
    // The viewer is a frame of the browser's own.
    const isOwn = (): boolean =>
      page.frames().some((frame) => /^chrome-extension:/.test(frame.url()))
    await expect.poll(isOwn, { timeout: 30_000 }).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is drawn and runs nothing, if it is an SVG', async ({ expect }) => {
    const { page, context, complaints } = await site.open()
    await page.goto(paths.get('drawing.svg') ?? '')
    await page.waitForLoadState('networkidle')
    expect(await page.title()).not.toBe('ran')
    expect(complaints.some((line) => /script|Content Security Policy/i.test(line))).toBe(true)
    const fill = "getComputedStyle(document.querySelector('rect')).fill"
    expect(await page.evaluate(fill)).toBe('rgb(0, 128, 0)')
    await context.close()
  })

  it('is read, if it is text', async ({ expect }) => {
    const { page, context } = await site.open()
    await page.goto(paths.get('note.txt') ?? '')
    expect(await page.locator('body').textContent()).toContain('Only words.')
    await context.close()
  })
})
