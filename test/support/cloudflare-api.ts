/** A small stand-in for Cloudflare's API, on loopback: the routes that wrangler's KV commands call. */

import { createServer, type IncomingMessage, type Server } from 'node:http'

export type CloudflareApi = {
  readonly env: Record<string, string>
  readonly values: Map<string, Buffer>
  readonly requests: string[]
  /** Whether the Worker is deployed, which is where wrangler learns the namespace's id. */
  deployed: boolean
  readonly close: () => Promise<void>
}

type Answer = { status: number; result?: unknown; code?: number }
type Pair = { key: string; value: string; base64?: boolean }

export async function startCloudflareApi(): Promise<CloudflareApi> {
  const values = new Map<string, Buffer>()
  const requests: string[] = []
  const state = { deployed: true }
  const routes: Record<string, (body: string) => Answer> = {
    '/workers/scripts/edgewire/settings': () => {
      const bindings = [{ type: 'kv_namespace', name: 'EDGEWIRE', namespace_id: 'namespace-1' }]
      return state.deployed ? { status: 200, result: { bindings } } : { status: 404, code: 10_007 }
    },
    '/storage/kv/namespaces/namespace-1/bulk/get': (body) => {
      const { keys } = JSON.parse(body) as { keys: string[] }
      const found = keys.map((key) => [key, values.get(key)?.toString('utf8') ?? null])
      return { status: 200, result: { values: Object.fromEntries(found) } }
    },
    '/storage/kv/namespaces/namespace-1/bulk': (body) => {
      for (const { key, value, base64 } of JSON.parse(body) as Pair[]) {
        values.set(key, Buffer.from(value, base64 ? 'base64' : 'utf8'))
      }
      return { status: 200, result: {} }
    },
  }
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const path = (request.url ?? '').replace(/^.*\/accounts\/account-1/, '')
    requests.push(`${request.method} ${path}`)
    const { status, result, code } = routes[path]?.(body) ?? { status: 404, code: 7003 }
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(
      JSON.stringify({
        success: status === 200,
        errors: code ? [{ code, message: 'No.' }] : [],
        messages: [],
        result,
      }),
    )
  })
  const port = await listen(server)
  return {
    values,
    requests,
    get deployed() {
      return state.deployed
    },
    set deployed(deployed) {
      state.deployed = deployed
    },
    env: {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}/client/v4`,
      CLOUDFLARE_API_TOKEN: 'token',
      CLOUDFLARE_ACCOUNT_ID: 'account-1',
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
