/**
 * The gate of XML: what leaves the compiler is parsed again, by a validating tokenizer with
 * namespaces, and what readers take for HTML is judged.
 *
 * The only importer of the XML parser.
 */

import { SaxesParser, type SaxesTagNS } from 'saxes'
import type { Judge } from './judge.ts'

/** Judges what some readers take for text, and others show as HTML. */
const PLAIN: Judge = (html) => (/<[a-z!/?]/i.test(html) ? 'markup' : undefined)

/** Tells why an XML document may not be published; undefined if it may. */
export function refuseXml(document: string, judge: Judge): string | undefined {
  let problem: string | undefined
  const open: SaxesTagNS[] = []
  let text = ''
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    problem ??= error.message
  })
  parser.on('opentag', (tag) => {
    open.push(tag)
    text = ''
  })
  parser.on('text', (more) => {
    text += more
  })
  parser.on('closetag', () => {
    const tag = open.pop()
    const found = tag && judgeOf(tag, open.at(-1)?.name, judge)?.(text)
    if (found) problem ??= `<${tag.name}> has ${found}`
    text = ''
  })
  parser.write(document).close()
  return problem
}

/** Finds the judge of what an element holds; undefined where nobody takes it for HTML. */
function judgeOf(
  { name, attributes }: SaxesTagNS,
  outside: string | undefined,
  judge: Judge,
): Judge | undefined {
  if (attributes['type']?.value === 'html') return judge
  const isOfChannel = outside === 'channel' || outside === 'image'
  if (isOfChannel && (name === 'title' || name === 'description')) return PLAIN
  return name === 'description' || name === 'content:encoded' ? judge : undefined
}
