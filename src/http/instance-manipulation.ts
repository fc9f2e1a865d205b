/** Instance manipulations (RFC 3229 §10.5.3): what a client can do with the old instance it has. */

/** Whether a client takes, for a feed, only what is new in it (`A-IM: feed`). */
export function acceptsFeedDelta(value: string | undefined): boolean {
  return (value ?? '')
    .toLowerCase()
    .split(',')
    .some((member) => {
      const [token = '', ...parameters] = member.split(';').map((part) => part.trim())
      return token === 'feed' && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))
    })
}
