/** The plug-in for lists of definitions, which comes without types. */
declare module 'markdown-it-deflist' {
  import type MarkdownIt from 'markdown-it'

  function definitionLists(markdown: InstanceType<typeof MarkdownIt>): void

  export { definitionLists as default }
}
