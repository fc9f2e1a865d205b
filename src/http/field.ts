/** Fields of a request, as far as they are read. */

/** Characters that a field may have: more than any that a browser, reader or cache means. */
const LONGEST_FIELD = 4096

/** A field by its name; one that is too long says nothing. */
export type Field = (name: string) => string | undefined

/** Reads the fields of a request: whatever is made of one is made of so many characters at most. */
export function fieldsOf(headers: { readonly get: (name: string) => string | null }): Field {
  return (name) => bounded(headers.get(name) ?? undefined)
}

/** A value of a field, or nothing where it is too long. */
export function bounded(value: string | undefined): string | undefined {
  return value !== undefined && value.length > LONGEST_FIELD ? '' : value
}
