/**
 * Puts paragraphs together again that a page break cut in two. Evidence, in this order: the
 * first piece stops without a closing mark, the second does not begin like a paragraph of its
 * own, and the document otherwise ends its paragraphs properly.
 */
import { dateAlone } from './dates.js'
import type { Line } from './lines.js'
import { isHeadingAlone, numberingOf } from './numbering.js'
import { isClosing, unnumberedHeading } from './section-names.js'
import type { Repair } from './types.js'

const context = 4
// A closing bracket may end a note that stands alone.
const closed = /(?:[。!?;:….][”’"』」)\]》\ue000-\uf8ff]*|\))$/
const prose = /[。,;]/
const openEnded = /[,、]$/
const shortestOpenPiece = 30
const ownBeginning =
  /^(?:[•·●■◆▪‣*—\-?]|附件|附:|注:|\d{1,2}[、.]|第[一二三四五六七八九十百千零〇\d]{1,7}[条款章节编])/
// `成效。2022年…`: too short for a sentence, and text goes on after it.
const danglingSentence = /^[^,。;:!?、]{1,3}。.{10}/
const requiredClosedShare = 0.6

/** What the whole document says about one break. */
interface Evidence {
  readonly properlyClosed: boolean
  readonly breaksInProse: boolean
  /** Levels whose numbered lines all carry their text, but for at most one. */
  readonly inlineLevels: ReadonlySet<number>
}

const begins = (line: Line) =>
  numberingOf(line.folded) !== null ||
  ownBeginning.test(line.folded) ||
  dateAlone(line.folded) !== null ||
  isClosing(line.folded) ||
  unnumberedHeading(line.folded) !== null

const isOpenProse = (line: Line, next: Line) =>
  !closed.test(line.folded) &&
  prose.test(line.folded) &&
  (next.startsPage || line.text.length >= shortestOpenPiece || openEnded.test(line.folded))

const isHeadingLike = (line: Line) =>
  numberingOf(line.folded) !== null && isHeadingAlone(line.folded) && !closed.test(line.folded)

function continues(next: Line, previous: Line): boolean {
  // A paragraph set in by its author starts something new even after a missing full stop.
  const setIn = next.indent >= 2 && previous.indent >= 2
  return !begins(next) && !setIn
}

function gather(lines: readonly Line[]): Evidence {
  let ended = 0
  let paragraphs = 0
  let breaksInProse = false
  const alone = new Map<number, number>()
  const inline = new Map<number, number>()
  lines.forEach((line, i) => {
    const number = numberingOf(line.folded)
    if (number) {
      const counts = isHeadingLike(line) ? alone : inline
      counts.set(number.level, (counts.get(number.level) ?? 0) + 1)
    }
    if (!prose.test(line.folded) || isHeadingLike(line)) return
    paragraphs++
    if (closed.test(line.folded)) ended++
    const next = lines[i + 1]
    if (next && isOpenProse(line, next) && continues(next, line)) breaksInProse = true
  })
  const inlineLevels = [...inline].filter(([level, n]) => n >= 2 && (alone.get(level) ?? 0) <= 1)
  return {
    properlyClosed: ended >= paragraphs * requiredClosedShare,
    breaksInProse,
    inlineLevels: new Set(inlineLevels.map(([level]) => level)),
  }
}

function isBroken(line: Line, next: Line, evidence: Evidence): boolean {
  if (!continues(next, line) || !prose.test(next.folded)) return false
  if (!isHeadingLike(line)) return evidence.properlyClosed && isOpenProse(line, next)
  // `（四）坚持…，提升复议应诉工作 / 成效。2022年…` looks like a heading until one looks at
  // what follows, or at its siblings, which all carry their text in the same line.
  if (danglingSentence.test(next.folded)) return true
  return evidence.breaksInProse && evidence.inlineLevels.has(numberingOf(line.folded)!.level)
}

const seam = (left: string, right: string) =>
  /[A-Za-z0-9]$/.test(left) && /^[A-Za-z]/.test(right) ? ' ' : ''

/** The lines with broken paragraphs joined, each under the number and indent of its first piece. */
export function joinBrokenLines(lines: readonly Line[], repairs: Repair[]): Line[] {
  const evidence = gather(lines)
  const joined: Line[] = []
  let pieces: string[] = []
  let folded: string[] = []
  const flush = () => {
    const last = joined.at(-1)
    if (!last || pieces.length < 2) return
    joined[joined.length - 1] = { ...last, text: pieces.join(''), folded: folded.join('') }
  }
  lines.forEach((line, i) => {
    const previous = lines[i - 1]
    if (previous && isBroken(previous, line, evidence)) {
      const between = seam(previous.text, line.text)
      pieces.push(between + line.text)
      folded.push(between + line.folded)
      const left = previous.text.slice(-context)
      const right = line.text.slice(0, context)
      repairs.push({
        line: line.number,
        kind: 'page break',
        before: `${left}\n${right}`,
        after: left + between + right,
      })
      return
    }
    flush()
    joined.push(line)
    pieces = [line.text]
    folded = [line.folded]
  })
  flush()
  return joined
}
