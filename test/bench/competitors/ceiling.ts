/**
 * The ceiling: a bare Hono Worker that returns constants. They are answers of edgewire, byte for
 * byte and header for header; what it does not do is find out which one is right.
 */

import { Hono } from 'hono'

type Env = { Bindings: { readonly EDGEWIRE: KVNamespace } }

type Constant = { readonly status: number; readonly headers: Record<string, string> }

/** The answers that it can be asked for, each at an address of its own. */
export const CONSTANTS = ['/unchanged', '/gzip', '/identity', '/item', '/changes'] as const

const app = new Hono<Env>()
for (const path of CONSTANTS) {
  let known: { body: Uint8Array | null; init: ResponseInit } | undefined
  app.get(path, async ({ env }) => {
    known ??= await load(env.EDGEWIRE, path)
    return new Response(known.body, known.init)
  })
}

async function load(
  kv: KVNamespace,
  path: string,
): Promise<{ body: Uint8Array | null; init: ResponseInit }> {
  const constant = await kv.get<Constant>(path, 'json')
  const body = await kv.get(`${path}:body`, 'arrayBuffer')
  const { status = 500, headers = {} } = constant ?? {}
  const encodeBody = headers['content-encoding'] ? 'manual' : 'automatic'
  return {
    body: status === 304 || !body ? null : new Uint8Array(body),
    init: { status, headers, encodeBody },
  }
}

export default app
