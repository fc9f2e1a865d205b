/**
 * HTTP dates (RFC 9110 §5.6.7): one form to write, three to read. Seconds since the epoch.
 */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const HTTP_DATES = [
  // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  // rfc850-date: Sunday, 06-Nov-94 08:49:37 GMT
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
  // asctime-date: Sun Nov  6 08:49:37 1994
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
]

export function formatDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString()
}

/** Reads a date; undefined where it is none, which the conditions that use it then ignore. */
export function parseDate(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? ''
  const groups = HTTP_DATES.map((form) => form.exec(text)?.groups).find(Boolean)
  if (!groups) return undefined
  const month = MONTHS.indexOf(groups['month'] ?? '')
  const [hour = 99, minute = 99, second = 99] = (groups['time'] ?? '').split(':').map(Number)
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return undefined
  const year = fullYear(groups['year'] ?? '', now)
  const date = new Date(
    Date.UTC(year, month, Number(groups['day']), hour, minute, Math.min(second, 59)),
  )
  return date.getUTCMonth() === month ? date.getTime() / 1000 : undefined
}

/** Completes a year of two digits: one more than 50 years ahead is in the past (§5.6.7). */
function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits)
  const thisYear = new Date(now * 1000).getUTCFullYear()
  const year = Math.floor(thisYear / 100) * 100 + Number(digits)
  return year > thisYear + 50 ? year - 100 : year
}
