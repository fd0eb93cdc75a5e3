/**
 * Numbered items that the extract has run together: `1、……素质。2、切实抓好……` on one line. The
 * second item is put on a line of its own when the numbers leave no doubt: the line starts with
 * one number, the next number stands after the end of a sentence, and no line of its own has it.
 */
import { foldForRules } from './fold.js'
import type { Line } from './lines.js'
import { numberingOf } from './numbering.js'
import type { Repair } from './types.js'

const context = 4
const digits = /^(\(?)(\d{1,2})(\)|、|\.(?!\d))/

/** The digits that number a line, with the marks around them. */
interface Item {
  readonly before: string
  readonly value: number
  readonly after: string
}

function itemOf(folded: string): Item | null {
  const match = digits.exec(folded)
  return match ? { before: match[1]!, value: Number(match[2]), after: match[3]! } : null
}

const markOf = ({ before, value, after }: Item) => before + value + after
const following = (item: Item): Item => ({ ...item, value: item.value + 1 })

/** True when a later line of the same section carries the mark itself. */
function stands(mark: string, lines: readonly Line[], from: number, level: number): boolean {
  for (let i = from; i < lines.length; i++) {
    const { folded } = lines[i]!
    if (folded.startsWith(mark)) return true
    const number = numberingOf(folded)
    if (number !== null && number.level < level) return false
  }
  return false
}

/** Where an item begins after the end of a sentence, or -1. */
function inside(mark: string, folded: string): number {
  const at = folded.search(
    new RegExp(`(?<=[。;!?])${mark.replace(/[().]/g, '\\$&')}(?=\\p{Script=Han})`, 'u'),
  )
  return at > 0 ? at : -1
}

/** The lines with such items apart; a piece keeps the number of the source line. */
export function splitInlineItems(lines: readonly Line[], repairs: Repair[]): Line[] {
  return lines.flatMap((line, i) => {
    const level = numberingOf(line.folded)?.level
    const pieces: Line[] = []
    let rest = line
    for (let item = itemOf(line.folded); item && level !== undefined; ) {
      const next = following(item)
      const mark = markOf(next)
      const at = inside(mark, rest.folded)
      if (at < 0 || stands(mark, lines, i + 1, level)) break
      const [left, right] = [rest.text.slice(0, at).trimEnd(), rest.text.slice(at)]
      const [before, after] = [left.slice(-context), right.slice(0, context)]
      repairs.push({
        line: line.number,
        kind: 'item',
        before: before + after,
        after: `${before}\n${after}`,
      })
      pieces.push({ ...rest, text: left, folded: foldForRules(left) })
      rest = { ...rest, text: right, folded: foldForRules(right), startsPage: false }
      item = next
    }
    return [...pieces, rest]
  })
}
