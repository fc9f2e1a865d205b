/**
 * The one stylesheet: the site's colours, light and dark, and the rules that use them. It is served
 * under its digest, so a change of it needs no invalidation.
 */

import type { Site } from '../article/site.ts'
import { isLegible, legible, mix } from './colour.ts'
import { RULES } from './rules.ts'

type Colours = { readonly accent: string; readonly background: string; readonly text: string }

/** Colours where `site.yaml` names none, in the light and in the dark. */
const LIGHT: Colours = { accent: '#a3271b', background: '#fdfcfa', text: '#1d1b19' }
const DARK: Omit<Colours, 'accent'> = { background: '#161412', text: '#ebe6df' }

/** Colours of alerts and of code, by which one tells their kinds apart; each is made legible. */
const HUES = {
  blue: '#2a6fdb',
  green: '#2e8540',
  purple: '#8250df',
  amber: '#a86400',
  red: '#cf222e',
}

/** Shares of the background in what is quieter than text, in a raised surface, and in a line. */
const SHARES = { quiet: 0.35, raised: 0.95, line: 0.82 }

/** Writes a site's stylesheet. A colour of text that cannot be read is moved until it can. */
export function stylesheetOf({ colours: { dark, ...light } }: Site): string {
  const day = withDefaults(light, LIGHT)
  const night = withDefaults(dark ?? {}, { accent: day.accent, ...DARK })
  return `:root{color-scheme:light dark;${propertiesOf(day)}}
@media (prefers-color-scheme:dark){:root{${propertiesOf(night)}}}
${RULES}`
}

type ColourChoice = { readonly [K in keyof Colours]?: string | undefined }

function withDefaults({ accent, background, text }: ColourChoice, defaults: Colours): Colours {
  return {
    accent: accent ?? defaults.accent,
    background: background ?? defaults.background,
    text: text ?? defaults.text,
  }
}

/**
 * Returns a surface that stands out a little, if some colour can be read on both; else the
 * background.
 */
function raisedOn(background: string, text: string): string {
  const raised = mix(text, background, SHARES.raised)
  return isLegible(legible(text, background, raised), background, raised) ? raised : background
}

function propertiesOf({ accent, background, text }: Colours): string {
  const raised = raisedOn(background, text)
  const properties = {
    paper: background,
    raised,
    line: mix(text, background, SHARES.line),
    ink: legible(text, background, raised),
    quiet: legible(mix(text, background, SHARES.quiet), background, raised),
    accent: legible(accent, background, raised),
    ...Object.fromEntries(
      Object.entries(HUES).map(([name, hue]) => [name, legible(hue, background, raised)]),
    ),
  }
  return Object.entries(properties)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')
}
