/**
 * Open posting lists that stay open between queries, within a limit of bytes: two generations, the
 * older of which is dropped when the younger holds half of what there may be.
 */

import type { ListKeeper, PostingList } from './posting-list.js'

/** The largest share of the limit that one decoded list takes. */
const LARGEST_SHARE = 1 / 8

export class KeptLists<K> implements ListKeeper {
  readonly #limit: number
  #young = new Map<K, PostingList>()
  #old = new Map<K, PostingList>()
  /** Bytes of the young ones. */
  #bytes = 0

  /** `limit`: about how many bytes to keep. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** The list of a key; opened where it is not kept. */
  get(key: K, open: () => PostingList): PostingList {
    const kept = this.#young.get(key)
    if (kept !== undefined) return kept
    const list = this.#old.get(key) ?? open()
    this.#bytes += list.byteLength
    if (this.#bytes > this.#limit / 2) {
      this.#old = this.#young
      this.#young = new Map()
      this.#bytes = list.byteLength
    }
    this.#young.set(key, list)
    return list
  }

  /** The keys of the lists that are kept, those used last in the end. */
  keys(): K[] {
    return [...this.#old.keys(), ...this.#young.keys()]
  }

  take(bytes: number): boolean {
    if (bytes > this.#limit * LARGEST_SHARE) return false
    this.#bytes += bytes
    return true
  }
}
