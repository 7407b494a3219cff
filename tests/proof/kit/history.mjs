// What the world outside the server remembers: what was tried, and what was acknowledged. It is the judge's only witness.

export class History {
  constructor() {
    /** Item id → hash of its body. */
    this.attempted = new Map()
    /** Item id → the receipt it got. */
    this.acknowledged = new Map()
    this.pictures = new Set()
    this.picturesTried = new Set()
    /** Entry id → {kind, fen}. */
    this.entriesTried = new Map()
    this.entries = new Set()
    /** The latest acknowledgements, for a look right after a crash. */
    this.latest = []
  }

  tries(items) {
    for (const { id, hash } of items) this.attempted.set(id, hash)
  }

  /** An answer came: every item must be stored now, or have been before, with one and the same receipt. */
  answered(phone, items, answer) {
    for (const [n, item] of items.entries()) {
      const result = answer.results[n]
      if (result.id !== item.id || !['stored', 'duplicate'].includes(result.status)) {
        throw new Error(`an item that was sent as before: ${JSON.stringify(result)}`)
      }
      const before = this.acknowledged.get(item.id)
      if (before && before !== result.receipt) throw new Error(`two receipts for ${item.id}`)
      this.acknowledged.set(item.id, result.receipt)
    }
    this.latest.push({ parcel: phone.parcel(items), items, phone })
    if (this.latest.length > 40) this.latest.shift()
  }
}
