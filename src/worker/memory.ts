/** A memory of values by name, bounded by bytes: the least recently used is forgotten first. */

export class Memory<Value extends { readonly weight: number }> {
  readonly #values = new Map<string, Value>()
  readonly #most: number
  #weight = 0

  /** Takes the bytes in all, `most`: a value of more than a quarter of it is not kept. */
  constructor(most: number) {
    this.#most = most
  }

  get(name: string): Value | undefined {
    const value = this.#values.get(name)
    if (value) {
      // A map keeps the order of insertion: the first is the one not used for longest.
      this.#values.delete(name)
      this.#values.set(name, value)
    }
    return value
  }

  /** Tells whether a value of so many bytes is kept. */
  keeps(weight: number): boolean {
    return weight <= this.#most / 4
  }

  set(name: string, value: Value): void {
    if (this.#values.has(name) || !this.keeps(value.weight)) return
    this.#values.set(name, value)
    this.#weight += value.weight
    for (const [oldest, { weight }] of this.#values) {
      if (this.#weight <= this.#most) return
      this.#values.delete(oldest)
      this.#weight -= weight
    }
  }

  clear(): void {
    this.#values.clear()
    this.#weight = 0
  }
}
