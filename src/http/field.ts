/** Fields of a request, as far as they are read. */

/** Characters that a field may have: more than any that a browser, reader or cache means. */
const LONGEST_FIELD = 4096

/** The fields of a request by name; one that is too long is empty. */
export type Field = (name: string) => string | undefined

/** Reads the fields of a request, so that nothing is ever made of more than so many characters. */
export function fieldsOf(headers: { readonly get: (name: string) => string | null }): Field {
  return (name) => fieldValue(headers.get(name) ?? undefined)
}

/** Returns the value of a field, or the empty text where it is too long. */
export function fieldValue(value: string | undefined): string | undefined {
  return value !== undefined && value.length > LONGEST_FIELD ? '' : value
}
