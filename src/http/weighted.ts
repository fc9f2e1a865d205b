/** Lists of which a client wants some members more than others (RFC 9110 §12.4.2). */

export type Weighted = { readonly name: string; readonly weight: number }

/** The members of a list, in lower case and as they stand; one without a weight has 1, of no number 0. */
export function weighted(value: string | undefined): Weighted[] {
  return (value ?? '').split(',').map((member) => {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    return { name, weight: weight === undefined ? 1 : Number(weight) || 0 }
  })
}
