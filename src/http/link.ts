/** The `Link` header (RFC 8288 §3). Addresses are ASCII already. */

export type Link = { readonly href: string; readonly rel: string; readonly type?: string }

export function formatLinks(links: readonly Link[]): string {
  return links
    .map(
      ({ href, rel, type }) =>
        `<${href}>; rel="${rel}"${type ? `; type="${type.replace(/;.*$/, '')}"` : ''}`,
    )
    .join(', ')
}
