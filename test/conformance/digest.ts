/** Prints the digest of the nasty corpus, as it is compiled on this machine at an instant. */

import { publish } from '../../src/publish/publish.ts'
import { aPress } from '../support/corpus.ts'
import { aStore } from '../support/memory-store.ts'
import { aPublisher } from '../support/publishing.ts'
import { must } from '../support/results.ts'
import { LATE, nastyFiles } from './nasty.ts'

const [order = 'forward'] = process.argv.slice(2)
const files = Object.entries(nastyFiles())
const press = aPress(Object.fromEntries(order === 'forward' ? files : files.reverse()), {
  now: LATE,
})
const result = must(await publish(aPublisher(aStore(), LATE, press.cache), press, {}))
console.log(result.plan.current.digest)
