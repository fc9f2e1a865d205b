/** The verbs, in the order in which help lists them, each of which is loaded when it is named. */

import type { Verb } from './verb.ts'

export type ListedVerb = {
  /** The name of the verb, and those of its arguments: `diff [from] [to]`. */
  readonly usage: string
  readonly purpose: string
  readonly load: () => Promise<Verb>
}

export const VERBS: readonly ListedVerb[] = [
  {
    usage: 'start',
    purpose: 'publish to this machine, serve, and publish again whatever is saved',
    load: async () => (await import('./start.ts')).START,
  },
  {
    usage: 'new <title>',
    purpose: 'begin an article',
    load: async () => (await import('./new.ts')).NEW,
  },
  {
    usage: 'check',
    purpose: 'everything that publish would refuse',
    load: async () => (await import('./check.ts')).CHECK,
  },
  {
    usage: 'publish',
    purpose: 'make content/ the current edition',
    load: async () => (await import('./publish.ts')).PUBLISH,
  },
  {
    usage: 'status',
    purpose: 'what is current, what is scheduled, and what waits',
    load: async () => (await import('./status.ts')).STATUS,
  },
  {
    usage: 'diff [from] [to]',
    purpose: 'between two editions, or content/ and the published one',
    load: async () => (await import('./diff.ts')).DIFF,
  },
  {
    usage: 'rollback [edition]',
    purpose: 'make an earlier edition current again',
    load: async () => (await import('./rollback.ts')).ROLLBACK,
  },
  {
    usage: 'prune',
    purpose: 'remove objects that no recent edition reaches',
    load: async () => (await import('./prune.ts')).PRUNE,
  },
  {
    usage: 'pull <address> <folder>',
    purpose: 'mirror a site or a feed into a folder',
    load: async () => (await import('./pull.ts')).PULL,
  },
]
