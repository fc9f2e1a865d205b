/**
 * Writes canonical JSON: keys in the order of their code units, nothing undefined, no space.
 * The same value is the same bytes, whoever wrote it.
 */

export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort())
    result[key] = sorted((value as Record<string, unknown>)[key])
  return result
}
