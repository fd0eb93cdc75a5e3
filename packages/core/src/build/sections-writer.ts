/** Follows the heading paths of a document and records which paragraphs each section covers. */

import { ByteWriter } from '../bytes/byte-writer.js'
import type { SectionKind } from '../segment/sections.js'

interface OpenHeading {
  readonly line: string
  /** Number of the section, or −1 for a heading that is none. */
  section: number
}

export interface NewHeading {
  readonly line: string
  readonly depth: number
}

const NO_HEADINGS: readonly NewHeading[] = []

export class SectionsWriter {
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  readonly #kinds: SectionKind[] = []
  #title = -1
  #path: OpenHeading[] = []

  openDocument(): void {
    this.#title = -1
    this.#path = []
  }

  /** Closes what ends before `row`; returns the headings that begin there, outermost first. */
  follow(heading: readonly string[], row: number): readonly NewHeading[] {
    const path = this.#path
    let kept = 0
    while (kept < heading.length && heading[kept] === path[kept]?.line) kept++
    if (kept < path.length) this.#close(kept, row)
    if (kept === heading.length) return NO_HEADINGS
    const begun: NewHeading[] = []
    for (let depth = kept; depth < heading.length; ) {
      const line = heading[depth++]!
      path.push({ line, section: -1 })
      if (line !== '') begun.push({ line, depth })
    }
    return begun
  }

  /** Starts a section at `row`: the title (depth 0) or the heading at `depth` of the path. */
  open(kind: SectionKind, depth: number, row: number): void {
    const section = this.#starts.length
    this.#starts.push(row)
    this.#ends.push(row)
    this.#kinds.push(kind)
    const heading = this.#path[depth - 1]
    if (heading === undefined) this.#title = section
    else heading.section = section
  }

  closeDocument(row: number): void {
    this.#close(0, row)
    if (this.#title >= 0) this.#ends[this.#title] = row
  }

  finish(): Uint8Array {
    const out = new ByteWriter(this.#starts.length * 9)
    for (const [i, start] of this.#starts.entries()) {
      out.u32(start)
      out.u32(this.#ends[i]!)
    }
    for (const kind of this.#kinds) out.byte(kind)
    return out.finish()
  }

  #close(kept: number, row: number): void {
    for (const { section } of this.#path.splice(kept)) {
      if (section >= 0) this.#ends[section] = row
    }
  }
}
