/**
 * Colours, and whether words in them can be read: contrast as WCAG 2.2 measures it (§1.4.3).
 */

/** Red, green and blue, from 0 to 255. */
type Colour = readonly [number, number, number]

/** The least contrast of text with what is behind it (level AA). */
const LEGIBLE = 4.5

/** Parses `#b3261e` or `#b26`, the two forms that `site.yaml` takes. */
function parseColour(text: string): Colour {
  const digits = text.slice(1)
  const wide = digits.length === 3 ? Array.from(digits, (digit) => digit + digit).join('') : digits
  const channel = (at: number): number => Number.parseInt(wide.slice(at, at + 2), 16)
  return [channel(0), channel(2), channel(4)]
}

function formatColour(colour: Colour): string {
  return `#${colour.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}

/** Mixes two colours: `share` is that of the second, from 0 to 1. */
export function mix(first: string, second: string, share: number): string {
  const [a, b] = [parseColour(first), parseColour(second)]
  const channel = (at: 0 | 1 | 2): number => a[at] + (b[at] - a[at]) * share
  return formatColour([channel(0), channel(1), channel(2)])
}

/** Measures the contrast between two colours, from 1 to 21. */
export function contrast(first: string, second: string): number {
  const [a, b] = [luminance(parseColour(first)), luminance(parseColour(second))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Tells whether text of a colour can be read on each of some backgrounds. */
export function isLegible(colour: string, ...backgrounds: readonly string[]): boolean {
  return least(colour, backgrounds) >= LEGIBLE
}

/** Finds the nearest colour, darker or lighter, that can be read on each of some backgrounds. */
export function legible(colour: string, ...backgrounds: readonly string[]): string {
  const [dark, light] = ['#000000', '#ffffff']
  const end = least(dark, backgrounds) > least(light, backgrounds) ? dark : light
  const steps = Array.from({ length: 21 }, (_, step) => mix(colour, end, step / 20))
  return steps.find((candidate) => isLegible(candidate, ...backgrounds)) ?? end
}

function least(colour: string, backgrounds: readonly string[]): number {
  return Math.min(...backgrounds.map((background) => contrast(colour, background)))
}
