/** The headings above the current place of a document with ranked headings (HTML, Markdown). */

interface OpenHeading {
  readonly rank: number
  readonly text: string
  readonly anchor: string | undefined
}

export class HeadingPath {
  private open: OpenHeading[] = []

  /** Texts, outermost first. */
  get texts(): string[] {
    return this.open.map((heading) => heading.text)
  }

  /** Anchor of the innermost heading that has one. */
  get anchor(): string | undefined {
    return this.open.findLast((heading) => heading.anchor !== undefined)?.anchor
  }

  /** Leaves headings of this rank and below; what remains is above the new heading. */
  leave(rank: number): void {
    this.open = this.open.filter((heading) => heading.rank < rank)
  }

  enter(rank: number, text: string, anchor: string | undefined): void {
    this.leave(rank)
    this.open.push({ rank, text, anchor })
  }
}
