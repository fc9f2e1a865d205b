/** edgewire's own words in English, in which it says what it cannot say in another language. */

export const en = {
  skip: 'Skip to the content',
  site: 'Site',
  more: 'More',
  feeds: 'Feeds',
  all_feeds: 'All feeds',
  all_feeds_as_opml: 'All feeds as OPML',
  how_to_use_feeds:
    'Each has a page, and can be subscribed to. [All of them as OPML], for readers that import lists.',
  licence: 'Licence',
  comma: ', ',
  colon: ': ',
  correction: 'Correction',
  corrected: 'Corrected',
  retracted: 'Retracted',
  retraction: 'Retraction',
  withdrawn: 'This article was withdrawn',
  do_not_rely: 'This article was withdrawn: do not rely on copies of its text.',
  read_instead: 'Read what replaces it',
  alert_note: 'Note',
  alert_tip: 'Tip',
  alert_important: 'Important',
  alert_warning: 'Warning',
  alert_caution: 'Caution',
  files: 'Files',
  found_at: 'Found at',
  this_article: 'This article',
  subscribe_to_this: 'Subscribe to this feed',
  subscribe: 'Subscribe',
  how_to_subscribe:
    'Give one of these addresses to a feed reader, and it shows new articles as soon as they appear. No account, no e-mail.',
  copy: 'Copy the address of {format}',
  copy_button: 'Copy',
  copied: 'Copied',
  press_to_copy: 'Press Ctrl+C',
  open_in_reader: 'Open in a reader',
  save: 'Save the document',
  nothing_yet: 'Nothing is here at the moment. Whoever subscribes hears of the next article.',
  archive: 'Archive',
  to_archive: 'Everything by month: the archive',
  months: 'Months',
  all_months: 'All months',
  by_month: '{articles}, by the month in which they were published.',
  articles: { one: '{count} article', other: '{count} articles' },
  days: 'How many articles each day has',
  all_withdrawn: 'What was published here was withdrawn.',
  not_found: 'Not found',
  nothing_here: 'Nothing is here',
  where_to_look:
    'The address may be mistyped, or the page was never published. Everything that is stands on the [front page].',
  where_to_look_too:
    'The address may be mistyped, or the page was never published. Everything that is stands on the [front page], or in the [archive].',
  did_you_mean: 'Did you mean {addresses}?',
  or: ' or ',
  fault: 'Something went wrong',
  about_fault:
    'The fault is ours, and has been logged. Trying again in a minute may help; the [front page] may work now.',
  // The registers say these in English.
  kinds: {},
  purposes: {},
}

/** Forms of a word beside a number, by what `Intl.PluralRules` calls them. */
type Plurals = { readonly [F in Intl.LDMLPluralRule]?: string } & { readonly other: string }

/** OwnWords for kinds of feeds and for formats, where the language has other ones than the registers. */
type Named = Readonly<Record<string, string>>

/** The keys of words that are one text each. */
export type PlainWord = Exclude<keyof typeof en, 'articles' | 'kinds' | 'purposes'>

export type OwnWords = Readonly<Record<PlainWord, string>> & {
  readonly articles: Plurals
  readonly kinds: Named
  readonly purposes: Named
}
