/**
 * Markdown to HTML: CommonMark with GFM tables, strikethrough, bare links and footnotes.
 *
 * The only importer of the Markdown library. Raw HTML passes through; `sanitise` comes after.
 */

import MarkdownIt from 'markdown-it'
import footnote from 'markdown-it-footnote'

const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false })
markdown.use(footnote)
// A bare domain such as "example.md" is more often a file than a site: only links with a scheme.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
// Links are checked by the sanitiser, which knows more schemes; one judge is enough.
markdown.validateLink = () => true

/** Renders a body. Footnote anchors carry `scope`, so that articles can stand in one document. */
export function renderMarkdown(body: string, scope: string): string {
  return markdown.render(body, { docId: scope })
}
