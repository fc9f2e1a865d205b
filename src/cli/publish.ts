/** `publish`: content/ becomes the current edition. */

import type { Instant } from '../article/instant.ts'
import { publish } from '../edition/publish.ts'
import type { Store } from '../edition/store.ts'
import { readContent } from './content.ts'
import { LOCAL_STATE, openLocalStore } from './local-store.ts'
import { clock, platform } from './platform.ts'
import { openRemoteStore, RemoteError } from './remote-store.ts'
import { describeRefusal, printFailure, printProblems, printPublished } from './words.ts'

export type PublishOptions = {
  readonly content: string
  readonly base?: string | undefined
  readonly remote?: boolean | undefined
}

export async function runPublish({ content, base, remote }: PublishOptions): Promise<boolean> {
  const store = remote ? openRemoteStore() : await openLocalStore(LOCAL_STATE)
  try {
    return await publishContent(store, { content, base, now: clock() })
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error
    console.error(describeRefusal(error.refusal))
    return false
  } finally {
    await store.close()
  }
}

export type ContentOptions = {
  readonly content: string
  readonly base: string | undefined
  readonly now: Instant
  readonly drafts?: boolean | undefined
  /** Seconds ahead that are scheduled. */
  readonly ahead?: number | undefined
}

/** Publishes a folder and says what came of it; false where nothing could be published. */
export async function publishContent(
  store: Store,
  { content, base, now, drafts, ahead }: ContentOptions,
): Promise<boolean> {
  const read = readContent(content, { now: clock(), base, drafts })
  if ('problems' in read) {
    printProblems(read.problems)
    return false
  }
  const result = await publish(store, read.corpus, now, platform, ahead)
  if ('failure' in result) {
    printFailure(result.failure)
    return false
  }
  printPublished(result)
  return true
}
