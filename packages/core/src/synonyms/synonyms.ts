/**
 * Regional words for one another (软体/软件), trimmed to what an index may hold.
 *
 * The section is UTF-8 text: lines of a word and what else to look for, separated by spaces. A
 * word alone on its line only looks as if it held others (软体动物).
 */

import { corrupt } from '../errors.js'

/** Far beyond what any word has; a query never gets longer by more. */
const LONGEST_LINE = 1000
const MAX_BYTES = 1 << 24

/** A place in a run with a word that may stand there instead. */
export interface Alternative {
  /** Span `[start, end)` in UTF-16 units of the run. */
  readonly start: number
  readonly end: number
  /** Folded. */
  readonly text: string
}

export class Synonyms {
  readonly #others = new Map<string, readonly string[]>()
  /** Units of the longest word that begins with these two. */
  readonly #longest = new Map<string, number>()

  /** `bytes`: the one chunk of section SYNO; empty bytes know no words. */
  constructor(bytes: Uint8Array) {
    if (bytes.length > MAX_BYTES) throw corrupt(`section SYNO has ${bytes.length} bytes`)
    for (const line of new TextDecoder().decode(bytes).split('\n')) {
      if (line.length > LONGEST_LINE)
        throw corrupt(`section SYNO has a line of ${line.length} units`)
      const [word, ...others] = line.split(' ')
      this.#others.set(word!, others)
      const start = word!.slice(0, 2)
      this.#longest.set(start, Math.max(this.#longest.get(start) ?? 0, word!.length))
    }
  }

  /**
   * The words known to stand in a folded run, from the left, longest first, without overlap; a
   * place with several alternatives is there once for each. Their texts need not be in the index.
   */
  alternatives(run: string): Alternative[] {
    const found: Alternative[] = []
    let start = 0
    while (start < run.length) {
      const longest = this.#longest.get(run.slice(start, start + 2)) ?? 1
      let end = Math.min(run.length, start + longest)
      while (end > start + 1 && !this.#others.has(run.slice(start, end))) end--
      for (const text of this.#others.get(run.slice(start, end)) ?? []) {
        found.push({ start, end, text })
      }
      start = Math.max(end, start + 1)
    }
    return found
  }
}
