/** Refusals of a store: the reason why it does not do what it is asked, and what to do. */

import { stripVTControlCharacters } from 'node:util'
import { type Message, quoted } from './terminal.ts'

export type StoreRefusal =
  | { readonly reason: 'not-deployed' }
  | { readonly reason: 'not-logged-in' }
  | { readonly reason: 'not-allowed' }
  | { readonly reason: 'day-is-spent' }
  | { readonly reason: 'namespace-exists' }
  | { readonly reason: 'no-binding' }
  | { readonly reason: 'too-large'; readonly detail: string }
  | { readonly reason: 'unreachable'; readonly detail: string }
  | { readonly reason: 'refused'; readonly detail: string }
  | { readonly reason: 'local-store'; readonly detail: string }
  | { readonly reason: 'locked'; readonly pid: number }

/** The error with which a store, or wrangler in its place, refuses. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly refusal: StoreRefusal

  constructor(refusal: StoreRefusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

/** Cloudflare's codes for a token that is wrong, or may not do this. */
const NOT_ALLOWED = new Set([1000, 9106, 9109, 10_000, 10_405])
/** Signs of a question that asks for too much; the code for it is that of a wrong token, too. */
const TOO_LARGE = /exceeds?\b[^.]*\b\d+ ?[KMG]i?B\b|too large|-> 413\b/i
/** Signs of no answer at all, of half an answer, or of one that is not the API's. */
const UNANSWERED =
  /fetch failed|terminated|ECONN|ETIMEDOUT|EAI_AGAIN|socket|could not be reached|of null|malformed response[\s\S]*-> (?:2\d\d|429|5\d\d)\b|failed\.\s*$/i
/** Signs of a fault of Cloudflare's own, or of too many requests; wrangler hides the status. */
const CLOUDFLARE_FAULT =
  /internal|unknown error|error\.unknown|unavailable|timed? ?out|temporar|try again|throttl|too many requests|rate limit|overload|\[code: (?:971|10429)\]/i

/**
 * Finds the refusal behind wrangler's words. A namespace without an id is found through the Worker,
 * so that one which is not found means that the Worker is not deployed.
 */
export function refusalOf(words: string): StoreRefusal {
  const detail = stripVTControlCharacters(words)
    .replace(/\n\s*(?:If you think this is a bug|🪵)[\s\S]*$/u, '')
    .trim()
  // A path holds names and digests, which could look like one of the signs.
  const said = detail.replace(/\/accounts\/\S*/g, '')
  const code = Number(/\[code: (\d+)\]/.exec(said)?.[1])
  const known = KNOWN.find(([sign]) => (typeof sign === 'number' ? sign === code : sign.test(said)))
  if (known) return { reason: known[1] }
  if (TOO_LARGE.test(said)) return { reason: 'too-large', detail }
  if (NOT_ALLOWED.has(code)) return { reason: 'not-allowed' }
  if (/wrangler login|CLOUDFLARE_API_TOKEN|not authenticated/i.test(said))
    return { reason: 'not-logged-in' }
  const passing = Number.isNaN(code) ? UNANSWERED : CLOUDFLARE_FAULT
  return { reason: passing.test(said) ? 'unreachable' : 'refused', detail }
}

/** Codes and words with one meaning each. */
const KNOWN: readonly (readonly [
  sign: number | RegExp,
  reason: 'not-deployed' | 'day-is-spent' | 'namespace-exists' | 'no-binding' | 'not-allowed',
])[] = [
  [10_007, 'not-deployed'],
  [/No KV namespace ID found/, 'not-deployed'],
  [10_048, 'day-is-spent'],
  [10_014, 'namespace-exists'],
  [/No KV namespace with binding|No KV namespaces are configured|No wrangler config/, 'no-binding'],
  [/unable to authenticate request/i, 'not-allowed'],
]

const NAMESPACE_EXISTS =
  '`npx wrangler kv namespace list` shows the namespace that a deploy has made before (its title ends in `edgewire`): write its id below `binding = "EDGEWIRE"` in wrangler.toml, as `id = "…"`, and deploy again.'

/** Says why a store cannot be used, and what to do. */
export function describeRefusal(refusal: StoreRefusal): Message {
  switch (refusal.reason) {
    case 'not-deployed':
      return `The Worker is not deployed yet, so there is no KV to publish to: run \`npx wrangler deploy\` first. If that ends with code 10014: ${NAMESPACE_EXISTS}`
    case 'namespace-exists':
      return `Cloudflare says that a namespace of that title exists already (code 10014). ${NAMESPACE_EXISTS}`
    case 'not-logged-in':
      return 'wrangler is not logged in: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.'
    case 'not-allowed':
      return 'Cloudflare does not let this login or token do that. A token needs Workers Scripts: Read and Workers KV Storage: Edit, in the account of the Worker; `npx wrangler whoami` shows what there is. What was published stays.'
    case 'no-binding':
      return 'wrangler.toml has no KV namespace with the binding EDGEWIRE, under which the Worker looks for it. Write `[[kv_namespaces]]` and `binding = "EDGEWIRE"` (below `[env.…]` too, if there is one), and run it again. What was published stays.'
    case 'day-is-spent':
      return "Cloudflare says that the free plan's writes of today are used up. What was published stays; run it again tomorrow (UTC), and it goes on where it stopped."
    case 'too-large':
      return [
        `Cloudflare does not take as much at once. What was published stays. It says:`,
        ...quoted(refusal.detail),
      ]
    case 'unreachable':
      return [
        `Cloudflare could not be reached, in six attempts. What was published stays; run it again, and it goes on where it stopped. wrangler says:`,
        ...quoted(refusal.detail),
      ]
    case 'refused':
      return [
        `wrangler could not reach the deployed KV. What was published stays. It says:`,
        ...quoted(refusal.detail),
      ]
    case 'local-store':
      return `The KV of this machine, in .wrangler/state, does not do what it is asked: ${refusal.detail}. What was published stays; run it again. If it stays so, remove that folder, and publish again.`
    case 'locked':
      return `Another edgewire (process ${refusal.pid}) has been publishing to this store for ten minutes: wait for it, or stop it, and run it again. Nothing was published.`
  }
}
