/** Lists of which a client wants some members more than others (RFC 9110 §12.4.2). */

export type Preference = { readonly name: string; readonly weight: number }

/**
 * Reads the members of a list in their order and in lower case. The weight of one that has none is
 * 1; a weight that is no number counts as 0.
 */
export function parsePreferences(value: string | undefined): Preference[] {
  return (value ?? '').split(',').map((member) => {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    return { name, weight: weight === undefined ? 1 : Number(weight) || 0 }
  })
}
