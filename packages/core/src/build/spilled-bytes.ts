/** Finished bytes that wait outside of memory until the index is written. */

import { ByteWriter } from '../bytes/byte-writer.js'
import type { PackedBytes } from '../segment/chunks.js'
import type { Spill, SpillFile } from './spill.js'

/** Bytes written and read at a time. */
const WINDOW = 1 << 18

export class SpilledBytes implements PackedBytes {
  readonly #file: SpillFile
  readonly #open = new ByteWriter()

  constructor(spill: Spill) {
    this.#file = spill.create()
  }

  get length(): number {
    return this.#file.length + this.#open.length
  }

  bytes(source: Uint8Array): void {
    this.#open.bytes(source)
    if (this.#open.length >= WINDOW) this.#flush()
  }

  *parts(): Generator<Uint8Array> {
    this.#flush()
    for (let at = 0; at < this.#file.length; at += WINDOW) {
      yield this.#file.read(at, Math.min(this.#file.length, at + WINDOW))
    }
  }

  #flush(): void {
    if (this.#open.length > 0) this.#file.append(this.#open.view())
    this.#open.clear()
  }
}
