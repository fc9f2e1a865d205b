/**
 * Marks of GitHub beyond CommonMark and its tables: alerts, boxes of tasks, and columns that are
 * aligned. All of it reads as well where no stylesheet is: a feed has none.
 */

import type MarkdownIt from 'markdown-it'
import type { StateCore, Token } from 'markdown-it'
import { escapeText } from './escape.ts'

/** The kinds of alerts, by what stands behind `!`. */
export const ALERTS = ['note', 'tip', 'important', 'warning', 'caution'] as const

export type AlertKind = (typeof ALERTS)[number]

/** The words above alerts, and the language that they are in, if it is another than the text's. */
export type AlertWords = {
  readonly words: Readonly<Record<AlertKind, string>>
  readonly language: string | undefined
}

/** The type of the tokens of what stands above an alert. */
const ALERT = 'alert'
/** The first line of an alert, and the text behind it. */
const ALERT_LINE = new RegExp(`^\\[!(${ALERTS.join('|')})\\][ \\t]*(?:\\n|$)`, 'i')
/** The box of a task, at the beginning of an item. */
const BOX = /^\[([ x])\](?=\s)/i
const BOXES = { open: '☐', done: '☑' }

/** Adds them to Markdown. */
export function readAsGitHub(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.core.ruler.after('block', ALERT, findAlerts)
  markdown.core.ruler.after('block', 'alignment', alignColumns)
  markdown.core.ruler.after('inline', 'tasks', drawBoxes)
  markdown.renderer.rules[ALERT] = (tokens, index, _options, env) => {
    const { words, language } = (env as { readonly alerts: AlertWords }).alerts
    const word = escapeText(words[tokens[index]?.info as AlertKind])
    return `<p><strong${language ? ` lang="${language}"` : ''}>${word}</strong></p>\n`
  }
}

/** Takes the first line of a quote for what kind of alert it is, if there is something below it. */
function findAlerts(state: StateCore): void {
  const found: Token[] = []
  for (let index = 0; index < state.tokens.length; index += 1) {
    const quote = state.tokens[index] as Token
    const [paragraph, text, , next] = state.tokens.slice(index + 1, index + 5)
    found.push(quote)
    const line = quote.type === 'blockquote_open' && ALERT_LINE.exec(text?.content ?? '')
    if (!line || !text || paragraph?.type !== 'paragraph_open') continue
    const rest = text.content.slice(line[0].length)
    if (rest === '' && next?.type === 'blockquote_close') continue
    const alert = new state.Token(ALERT, '', 0)
    alert.info = `${line[1]}`.toLowerCase()
    alert.map = text.map
    quote.attrSet('class', `alert-${alert.info}`)
    found.push(alert)
    if (rest === '') index += 3
    text.content = rest
    text.map = text.map && [text.map[0] + 1, text.map[1]]
  }
  state.tokens = found
}

/** Says how a column is aligned by an attribute: a page allows no style within its text. */
function alignColumns({ tokens }: StateCore): void {
  for (const token of tokens) {
    const align = /^text-align:(\w+)$/.exec(`${token.attrGet('style')}`)?.[1]
    if (!align || !/^t[hd]_open$/.test(token.type)) continue
    token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style')
    token.attrSet('align', align)
  }
}

/** Draws the box of each task: readers take out what belongs to forms. */
function drawBoxes({ tokens }: StateCore): void {
  for (const [index, item] of tokens.entries()) {
    const [paragraph, text] = tokens.slice(index + 1, index + 3)
    const first = text?.children?.[0]
    if (item.type !== 'list_item_open' || paragraph?.type !== 'paragraph_open') continue
    const box = first?.type === 'text' && BOX.exec(first.content)
    if (!box) continue
    item.attrSet('class', 'task')
    first.content = (box[1] === ' ' ? BOXES.open : BOXES.done) + first.content.slice(box[0].length)
  }
}
