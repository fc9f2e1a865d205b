/** `new`: begins an article, as a draft with its front matter. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type InferOutput, object, optional, string } from 'valibot'
import { formatInstant } from '../article/instant.ts'
import { PLACEHOLDERS } from '../article/placeholders.ts'
import { slugOf } from '../article/slug.ts'
import { formatFrontMatter } from '../article/yaml.ts'
import { failed, type Outcome } from '../machine/outcome.ts'
import { clock } from '../machine/platform.ts'
import { COMMON, idForm, instantForm } from './options.ts'
import { option, verb } from './verb.ts'

const OPTIONS = object({
  content: COMMON.content,
  title: string(),
  id: option({ flags: '--id <id>', purpose: 'its id, and the name of its file' }, optional(idForm)),
  published: option(
    {
      flags: '--published <instant>',
      purpose: 'when it is published; the default is now',
    },
    optional(instantForm),
  ),
})

type NewOptions = InferOutput<typeof OPTIONS>

export const NEW = verb({
  options: OPTIONS,
  run: runNew,
})

function runNew({ content, title, id, published }: NewOptions): Outcome {
  const name = id ?? slugOf(title)
  if (name === '')
    return failed({ reason: 'no-slug' }, 'No id can be made of this title: give one with --id.')
  const file = join(content, `${name}.md`)
  const front = {
    title,
    published: formatInstant(published ?? clock()),
    status: 'draft',
    summary: PLACEHOLDERS.summary,
    authors: [],
    tags: [],
  }
  const text = `---\n${formatFrontMatter(front)}---\n\n${PLACEHOLDERS.text}\n`
  mkdirSync(content, { recursive: true })
  if (!create(file, text))
    return failed({ reason: 'exists' }, `${file} exists already: give another id with --id.`)
  return {
    exit: 'done',
    words: `${file} is a draft: \`npm start -- --drafts\` shows it; remove \`status: draft\` to publish it.`,
    data: { file, id: name },
  }
}

/**
 * Writes a file, unless something has its name, if only a link that leads nowhere (`wx`, O_EXCL).
 */
function create(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
