/** A place in a file; lines and columns count from 1. */
export type FilePlace = { readonly file: string; readonly line: number; readonly column: number }
