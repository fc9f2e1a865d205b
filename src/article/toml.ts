/** TOML, as Hugo and Zola write it: read to say how the same is written here, and for nothing else. */

import { parse, TomlDate } from 'smol-toml'

/** Reads TOML; undefined if it cannot be read. Dates are texts, as they were written. */
export function parseToml(text: string): unknown {
  try {
    return plainValue(parse(text, { maxDepth: 30 }))
  } catch {
    // The library has no other way to say that it cannot; its words would be about TOML.
    return undefined
  }
}

function plainValue(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000(?=$|[-+Z])/, '')
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainValue(one)]))
}
