/** Content codings that a client accepts (RFC 9110 §12.5.3). */

/**
 * Whether gzip may be sent. A client that says nothing is sent none: the rule allows any coding,
 * but a program that does not ask for gzip seldom unpacks it.
 */
export function acceptsGzip(value: string | undefined): boolean {
  const weights = new Map<string, number>()
  for (const member of (value ?? '').toLowerCase().split(',')) {
    const [coding = '', ...parameters] = member.split(';').map((part) => part.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    weights.set(coding === 'x-gzip' ? 'gzip' : coding, weight === undefined ? 1 : Number(weight))
  }
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0
}
