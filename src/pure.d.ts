/**
 * The names that a pure room has beyond the language itself: the two codecs between text and bytes.
 * No `fetch`, no `crypto`, no `URL`, no `process`: whatever else a layer needs is handed to it.
 */

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label?: 'utf-8', options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean })
  decode(bytes: Uint8Array): string
}
