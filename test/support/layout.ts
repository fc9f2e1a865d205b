/** How a page stands in its window: what is beside what, and what is left empty. */

import type { Page } from 'playwright-core'

/** Where the words in an element can be seen, line by line. */
const WORDS = `const wordsIn = (element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const lines = []
  while (walker.nextNode()) {
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    if (walker.currentNode.data.trim() !== '') lines.push(...range.getClientRects())
  }
  return lines.filter(({ width, height }) => width > 1 && height > 1)
}`

/** The share of a window, from 0 to 1, of its tallest band in which are no words and no image. */
export function emptyShareOf(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    ${WORDS}
    const images = Array.from(document.images, (image) => image.getBoundingClientRect())
    const shown = [...wordsIn(document.body), ...images, { top: innerHeight, bottom: innerHeight }]
    let [end, tallest] = [0, 0]
    for (const { top, bottom } of shown.toSorted((a, b) => a.top - b.top)) {
      tallest = Math.max(tallest, Math.min(top, innerHeight) - end)
      end = Math.max(end, bottom)
    }
    return tallest / innerHeight
  })()`)
}

/**
 * How far, in CSS pixels, the images of a row of stories reach below the words of one of them, at
 * most. The lead is no row: its words stand in the middle beside its image.
 */
export function deepestHoleOf(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    ${WORDS}
    const stories = Array.from(document.querySelectorAll('.story:not(.lead)'), (story) => ({
      top: Math.round(story.getBoundingClientRect().top),
      words: Math.max(...wordsIn(story).map(({ bottom }) => bottom)),
      image: story.querySelector('img')?.getBoundingClientRect().bottom ?? 0,
    }))
    const rows = Object.values(Object.groupBy(stories, ({ top }) => top))
    const holes = rows.flatMap((row) => {
      const foot = Math.max(...row.map(({ image }) => image))
      return row.map(({ words }) => foot - words)
    })
    return Math.max(0, ...holes)
  })()`)
}

/** The least room, in CSS pixels, between the heading of a part of a page and the words above it. */
export function leastRoomAboveHeadings(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    ${WORDS}
    const words = wordsIn(document.querySelector('main'))
    const rooms = Array.from(document.querySelectorAll('section > h2'), (heading) => {
      const { top, left, right } = wordsIn(heading)[0]
      const above = words.filter((other) => other.top < top && other.left < right && left < other.right)
      return top - Math.max(0, ...above.map(({ bottom }) => bottom))
    })
    return Math.min(Infinity, ...rooms)
  })()`)
}

/** What links and buttons are called, and what each name then leads to or does. */
export function namesOf(page: Page): Promise<{ readonly name: string; readonly does: string }[]> {
  return page.evaluate(`Array.from(document.querySelectorAll('a[href], button'), (control) => {
    const named = control.getAttribute('aria-labelledby')?.split(' ').map((id) => {
      return document.getElementById(id).textContent
    })
    const name = named?.join(' ') ?? control.ariaLabel ?? control.textContent
    return { name, does: control.href ?? control.dataset.copy }
  })`)
}
