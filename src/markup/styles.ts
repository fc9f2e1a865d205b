/** Styles that say something: without them the text means something else, or is not to be read. */

/** Declarations that carry meaning, and what says the same to every reader. */
const STYLE_MEANINGS: readonly (readonly [declaration: RegExp, instead: string])[] = [
  [/^vertical-align:\s*super\b/, '<sup>'],
  [/^vertical-align:\s*sub\b/, '<sub>'],
  [/^text-decoration(?:-line)?:.*\bline-through\b/, '<del>'],
  [/^text-decoration(?:-line)?:.*\bunderline\b/, '<u>'],
  [/^font-weight:\s*(?:bold|[6-9]00)/, '<strong>'],
  [/^font-style:\s*(?:italic|oblique)\b/, '<em>'],
  [/^white-space:\s*(?:pre\b|break-spaces)/, '<pre>'],
  [/^direction:\s*rtl\b/, 'dir="rtl"'],
]
const HIDDEN = /^(?:display:\s*none|visibility:\s*(?:hidden|collapse))\b/
const HEAVY = new Set(['b', 'strong'])
const LIGHT_WEIGHT = /^font-weight:\s*(?:normal|[1-4]00)\b/

/** Elements that readers set apart already, or that have a meaning of their own. */
const SET_APART = new Set(
  (
    'a b caption cite code del dfn dt em figcaption h1 h2 h3 h4 h5 h6 i img ins kbd mark pre q s ' +
    'samp strike strong sub summary sup th u var'
  ).split(' '),
)

/** A declaration that means something, and what is to be done about it. */
export type MeantStyle = {
  readonly style: string
  /** Markup that says the same; or what the style does to the text. */
  readonly instead: string | 'hidden' | 'plain'
}

/** Finds the first declaration of a `style` that means something on an element. */
export function meantStyleOf(element: string, css: string): MeantStyle | undefined {
  for (const declaration of css.split(';')) {
    const style = declaration
      .trim()
      .replace(/\s*:\s*/, ': ')
      .toLowerCase()
    if (HIDDEN.test(style)) return { style, instead: 'hidden' }
    if (HEAVY.has(element) && LIGHT_WEIGHT.test(style)) return { style, instead: 'plain' }
    const instead = SET_APART.has(element)
      ? undefined
      : STYLE_MEANINGS.find(([one]) => one.test(style))?.[1]
    if (instead) return { style, instead }
  }
  return undefined
}
