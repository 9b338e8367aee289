/** Gives each different run of bytes a number, in the order they first come. Much quicker than a Map of strings. */
export class ByteDictionary {
  #slots = new Int32Array(1024).fill(-1)
  #hashes = new Int32Array(512)
  #starts = new Int32Array(513)
  #pool = Buffer.allocUnsafe(1 << 16)
  size = 0

  code(bytes: Buffer, from: number, to: number): number {
    let hash = 0x811c9dc5
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
    const mask = this.#slots.length - 1
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot] ?? -1
      if (code < 0) return this.#add(bytes, from, to, hash, slot)
      if (this.#hashes[code] === hash && this.#isSame(code, bytes, from, to)) return code
    }
  }

  bytes(code: number): Buffer {
    return this.#pool.subarray(this.#starts[code] ?? 0, this.#starts[code + 1] ?? 0)
  }

  text(code: number): string {
    return this.bytes(code).toString()
  }

  /** All of them, by their number. */
  texts(): string[] {
    return Array.from({ length: this.size }, (_, code) => this.text(code))
  }

  #isSame(code: number, bytes: Buffer, from: number, to: number): boolean {
    const start = this.#starts[code] ?? 0
    if ((this.#starts[code + 1] ?? 0) - start !== to - from) return false
    for (let at = from, mine = start; at < to; at++, mine++) if (bytes[at] !== this.#pool[mine]) return false
    return true
  }

  #add(bytes: Buffer, from: number, to: number, hash: number, slot: number): number {
    const code = this.size++
    const start = this.#starts[code] ?? 0
    const end = start + to - from
    if (end > this.#pool.length) {
      const larger = Buffer.allocUnsafe(Math.max(end, this.#pool.length * 2))
      this.#pool.copy(larger)
      this.#pool = larger
    }
    bytes.copy(this.#pool, start, from, to)
    this.#slots[slot] = code
    this.#hashes[code] = hash
    this.#starts[code + 1] = end
    if (this.size === this.#hashes.length) this.#grow()
    return code
  }

  #grow(): void {
    const count = this.size * 2
    const hashes = new Int32Array(count)
    hashes.set(this.#hashes)
    const starts = new Int32Array(count + 1)
    starts.set(this.#starts)
    this.#hashes = hashes
    this.#starts = starts
    this.#slots = new Int32Array(count * 2).fill(-1)
    const mask = this.#slots.length - 1
    for (let code = 0; code < this.size; code++) {
      const hash = hashes[code] ?? 0
      let slot = (hash ^ (hash >>> 15)) & mask
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask
      this.#slots[slot] = code
    }
  }
}
