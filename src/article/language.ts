/**
 * Language tags (RFC 5646): how they are written, and what the platform's own data says of them.
 * `Intl` knows no tag of private use alone (`x-klingon`): whoever asks it something asks here.
 */

/** What an extension, or private use, begins with: a subtag of one letter or digit. */
const EXTENSIONS = /(?:^|-)[a-z0-9]-.*$/

/** The language with its script and so on, before any extension. */
const PRIMARY = /^(?:[a-z]{2,3}(?:-|$)|x-)/

/**
 * Writes a tag in the case that RFC 5646 §2.1.1 recommends, whichever it is in; underscores, which
 * operating systems write, are hyphens. Undefined if it is no language tag.
 */
export function languageOf(text: string): string | undefined {
  const plain = text
    .toLowerCase()
    .replaceAll('_', '-')
    // §4.5: a language that extends another one (`zh-yue`) is named alone.
    .replace(/^(?:[a-z]{2,3}-)+(?=[a-z]{3}(?:-|$))/, '')
  const [extensions = ''] = EXTENSIONS.exec(plain) ?? []
  const tag =
    plain
      .slice(0, plain.length - extensions.length)
      .replace(/-[a-z]{2}(?=-|$)/g, (region) => region.toUpperCase())
      .replace(
        /-[a-z]{4}(?=-|$)/g,
        (script) => `-${script.charAt(1).toUpperCase()}${script.slice(2)}`,
      ) + extensions
  return PRIMARY.test(tag) && localeOf(tag) ? tag : undefined
}

/** A locale, with what the compiler's library does not know of it yet (Intl Locale Info, §1.4). */
type Locale = Intl.Locale & { getTextInfo(): { readonly direction?: 'ltr' | 'rtl' } }

/** Returns what the platform knows of a tag; undefined if that is none. */
function localeOf(tag: string): Locale | undefined {
  try {
    return new Intl.Locale(/^x-/.test(tag) ? `und-${tag}` : tag) as Locale
  } catch {
    // It has no other way to say that it does not take one.
    return undefined
  }
}

/**
 * Returns the direction of writing: that of the script, which the tag says, or in which the language
 * is mostly written.
 */
export function directionOf(language: string): 'rtl' | 'ltr' {
  return localeOf(language)?.getTextInfo().direction ?? 'ltr'
}

/** Lists the languages in which the platform may write dates: where it does not know one, English. */
export function localesOf(language: string): string[] {
  return /^x-/.test(language) ? ['en'] : [language, 'en']
}

/** Names a language in another, or, where the platform does not know that, in English. */
export function nameOfLanguage(language: string, speaker: string): string {
  const plain = language.replace(EXTENSIONS, '')
  if (plain === '') return language
  const name = new Intl.DisplayNames(localesOf(speaker), { type: 'language' }).of(plain) ?? plain
  return plain === language ? name : `${name} (${language})`
}

/**
 * Tells whether who reads one language reads the other: `de-AT` and `de`, but not `zh-TW` and `zh`,
 * which have two scripts.
 */
export function isSameLanguage(one: string, other: string): boolean {
  return one === other || spokenAndWritten(one) === spokenAndWritten(other)
}

/** Languages with the script that they are mostly written in: every text of a page asks. */
const readAs = new Map<string, string>()

function spokenAndWritten(tag: string): string {
  const read = readAs.get(tag)
  if (read !== undefined) return read
  const { language, script } = localeOf(tag)?.maximize() ?? {}
  const found = language === undefined || language === 'und' ? tag : `${language}-${script}`
  readAs.set(tag, found)
  return found
}
