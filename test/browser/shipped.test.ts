import { aShippedProject } from '../support/browser.ts'
import { describeReading } from '../support/reading.ts'

describeReading('the shipped site', aShippedProject, {
  article: { title: 'How a feed reader asks whether there is news', tag: 'caching' },
  pages: {
    front: '/',
    article: '/articles/how-a-reader-asks',
    image: '/articles/from-file-to-feed',
    files: '/articles/headlines-as-a-table',
    'right-to-left': '/articles/ma-hiya-at-tabaa',
    retracted: '/articles/feeds-are-kept-for-an-hour',
    section: '/sections/wire/',
    tag: '/tags/osce/',
    author: '/authors/desk/',
    language: '/languages/ar/',
    feeds: '/feeds/',
    archive: '/archive/',
    month: '/archive/2026-01/',
    'open month': '/archive/2026-10/',
    nothing: '/nothing',
    'nothing near': '/tags/osc/',
  },
})
