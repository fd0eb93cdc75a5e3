/** From cleaned lines to paragraphs under heading paths. */
import type { SourceParagraph } from '@wenxun/core'
import type { Line } from './lines.js'
import { headingLabel, isHeadingAlone, leadOf, type Numbering, numberingOf } from './numbering.js'
import { isGlossaryHeading, unnumberedHeading } from './section-names.js'

interface OpenHeading {
  readonly level: number
  readonly label: string
}

/**
 * Every line becomes one paragraph. A heading line carries the headings above it and heads
 * what follows; a numbered paragraph carries its own lead sentence as innermost heading, so
 * that a hit far inside it still shows what it is about. The lines of `closing` (signature and
 * date) belong to no section, and end the one before.
 */
export function structure(lines: readonly Line[], closing: ReadonlySet<number>): SourceParagraph[] {
  const open: OpenHeading[] = []
  let inGlossary = false
  const path = () => open.map((heading) => heading.label)
  const enter = (level: number, label: string | null) => {
    while (open.length > 0 && open.at(-1)!.level >= level) open.pop()
    const above = path()
    if (label !== null) open.push({ level, label })
    return above
  }

  return lines.map((line, i) => {
    if (closing.has(i)) {
      open.length = 0
      return paragraph(line.text, [])
    }
    const section = unnumberedHeading(line.folded)
    if (section !== null) {
      inGlossary = isGlossaryHeading(line.folded)
      return paragraph(line.text, enter(section, headingLabel(line.text)))
    }
    const number = numberingOf(line.folded)
    // Entries of a glossary may be numbered; they are not sections.
    if (number === null || (inGlossary && number.level > 1)) return paragraph(line.text, path())
    inGlossary = false
    return numbered(line, number, enter, path)
  })
}

function numbered(
  line: Line,
  number: Numbering,
  enter: (level: number, label: string | null) => string[],
  path: () => string[],
): SourceParagraph {
  if (isHeadingAlone(line.folded)) {
    return paragraph(line.text, enter(number.level, headingLabel(line.text)))
  }
  enter(number.level, leadOf(line.text, line.folded, number))
  return paragraph(line.text, path())
}

function paragraph(text: string, heading: string[]): SourceParagraph {
  return heading.length > 0 ? { text, heading } : { text }
}
