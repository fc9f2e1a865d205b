/** `/health`: which edition this location serves. It tells nothing of what is due. */

import { SCHEMA } from '../edition/object.ts'
import { NOT_STORED } from '../http/freshness.ts'
import { HEALTH_ADDRESS } from './addresses.ts'
import { textResponse } from './answer.ts'
import { createRoutes } from './router.ts'
import { serveReading } from './serve.ts'

export const health = createRoutes()

health.get(HEALTH_ADDRESS, (c) =>
  serveReading(c, async ({ milestone, facts, now }) => {
    const { number, edition, at } = milestone
    const age = Math.max(0, now - at)
    const answer = { schema: SCHEMA, site: facts.site.tag, edition, number, age }
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': NOT_STORED }
    return textResponse(`${JSON.stringify(answer)}\n`, 200, headers)
  }),
)
