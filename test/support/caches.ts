/** Shared caches of Debian, as an operator would put them in front of a site. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, until } from './command.ts'

export type SharedCache = { readonly base: string; readonly close: () => Promise<void> }

/** Puts a cache with a folder of its own in front of a server on this machine. */
export type StartCache = (home: string, upstream: number) => Promise<SharedCache>

/** A cache that revalidates with tags of its own, as nginx does when it is told to. */
export const startNginx: StartCache = async (home, upstream) => {
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${home}/${name};`)
    .join(' ')
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const config = `daemon off; worker_processes 1; pid ${home}/pid; error_log ${home}/error; ${user}
    events {} http { access_log off; ${temporary}
    proxy_cache_path ${home}/cache keys_zone=a:5m;
    server { listen 127.0.0.1:${port}; merge_slashes off; location / {
      proxy_pass http://localhost:${upstream}; proxy_http_version 1.1; proxy_redirect off;
      proxy_cache a; proxy_cache_revalidate on; add_header X-Cache $upstream_cache_status; } } }`
  writeFileSync(join(home, 'nginx.conf'), config)
  const file = join(home, 'nginx.conf')
  return ready(port, spawn('/usr/sbin/nginx', ['-e', `${home}/error`, '-c', file]))
}

/** Varnish as it comes: the built-in rules, and a minute in which the old is shown meanwhile. */
export const startVarnish: StartCache = async (home, upstream) => {
  const port = await freePort()
  const config = `vcl 4.1;
    backend site { .host = "127.0.0.1"; .port = "${upstream}"; }
    sub vcl_deliver {
      if (obj.hits > 0) { set resp.http.X-Cache = "HIT"; } else { set resp.http.X-Cache = "MISS"; }
    }`
  writeFileSync(join(home, 'site.vcl'), config)
  const work = join(home, 'varnish')
  mkdirSync(work)
  const listens = ['-a', `127.0.0.1:${port}`, '-T', 'none', '-s', 'malloc,64m']
  return ready(
    port,
    spawn('/usr/sbin/varnishd', [
      '-F',
      '-j',
      'none',
      '-n',
      work,
      '-f',
      join(home, 'site.vcl'),
      ...listens,
    ]),
  )
}

async function ready(port: number, server: ChildProcess): Promise<SharedCache> {
  const base = `http://127.0.0.1:${port}`
  const answers = (): Promise<boolean> =>
    fetch(`${base}/health`).then(
      (answer) => answer.ok,
      () => false,
    )
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()))
  await until(answers, 'the cache starts')
  return {
    base,
    async close() {
      server.kill('SIGTERM')
      await closed
    },
  }
}
