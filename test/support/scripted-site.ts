/** A site that answers what a test tells it to, on this machine only. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export type Answering = (response: ServerResponse, request: IncomingMessage) => void

export type ScriptedSite = {
  readonly base: string
  /** What was asked: the path with its query, and the tag that came with it. */
  readonly asked: string[]
  /** What is answered next; without any the connection breaks. */
  readonly answers: Answering[]
}

const servers: Server[] = []

/** Registered for every test file that scripts sites: none outlives its file. */
afterAll(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
})

/** `always` answers whatever no answer is left for. */
export async function aScriptedSite(always?: Answering): Promise<ScriptedSite> {
  const asked: string[] = []
  const answers: Answering[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers['if-none-match'] ?? ''}`.trim())
    const answer = answers.shift() ?? always
    if (answer) answer(response, request)
    else response.destroy()
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, answers }
}

/** A cursor as edgewire makes them. */
export function cursor(number: number): string {
  return `${number}-${'a'.repeat(43)}`
}

/** An item as feeds and pages of changes have it. */
export function anItem(id: string, more: object = {}): object {
  return {
    id: `tag:${id}`,
    url: `https://wire.example.org/articles/${id}`,
    title: id,
    content_html: '',
    date_published: '2026-02-01T10:00:00Z',
    date_modified: '2026-02-01T10:00:00Z',
    authors: [{ name: 'x' }],
    author: { name: 'x' },
    _edgewire: { id },
    ...more,
  }
}

export type ScriptedPage = {
  readonly items?: readonly object[]
  readonly next?: string
  readonly said?: object
}

/** The text of a page of changes: the last of a walk, unless another follows or it says so. */
export function aPage({ items = [], next, said = {} }: ScriptedPage): string {
  const end = next === undefined ? { caught_up: true, cursor: cursor(1) } : { caught_up: false }
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'x',
    home_page_url: 'https://wire.example.org/',
    feed_url: 'https://wire.example.org/changes.json',
    language: 'en',
    next_url: next,
    items,
    _edgewire: { about: 'https://wire.example.org/openapi.json', ...end, ...said },
  })
}

/** Answers with a page. */
export function sayPage(
  page: ScriptedPage,
  headers: Readonly<Record<string, string>> = {},
): Answering {
  return say(200, headers, aPage(page))
}

/** Answers with a status and, where they matter, headers and a body. */
export function say(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '{}',
): Answering {
  return (response) => void response.writeHead(status, headers).end(body)
}
