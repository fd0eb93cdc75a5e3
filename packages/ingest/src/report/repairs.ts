/**
 * Mends what extraction broke inside a line: stray spaces in words, an English "and" that
 * replaced 和, question marks that replaced a layout character. Every change is recorded.
 */
import { type Line, withText } from './lines.js'
import type { Repair, RepairKind } from './types.js'

const context = 4
const strayMarkAtStart = /^[?？]+\s*(?=[“"《「『（(\u4e00-\u9fff])/
const strayMarkAtEnd = /(?<=[。！!”』」])[?？]+$/
const bulletAtStart = /^[•·●■◆▪‣]\s*(?=\S)/
const foreignAnd = /(?<=\p{Script=Han}) and (?=\p{Script=Han})/gu
const latinWord = /[A-Za-z]{3,}/g
const longestMended = 100_000

// Han runs with exactly one plain space between them.
const spacedRun =
  /(?<!\p{Script=Han})\p{Script=Han}+(?:[ \u00a0]\p{Script=Han}+)+(?![ \u00a0\p{Script=Han}])/gu
const unitOfDate = /^[年月日时分]$/
const titleWord = /^[关關][于於]/
const articleNumber = /^第.+[条款章节编]$/
// What a word can stand against; 、 is not among them, since a list may hold single characters.
const clauseEdge = /^[。，,；;：:！!？?（）()“”《》「」]?$/
const attestedSide = 2
const mostLookups = 500

/** Mends lines of one document; knows the whole text, since the text itself is the evidence. */
export class LineMender {
  readonly repairs: Repair[] = []
  private readonly text: string
  private readonly hasEnglish: boolean
  private readonly attested = new Map<string, boolean>()

  constructor(text: string) {
    this.text = text
    this.hasEnglish = (text.match(latinWord) ?? []).some((word) => word !== 'and')
  }

  /** The line as it should be shown. `attest` allows the weaker evidence, used in prose only. */
  mend(line: Line, attest: boolean): Line {
    if (line.text.length > longestMended) return line
    let text = this.replace(line, line.text, bulletAtStart, 'mark', '')
    text = this.replace(line, text, strayMarkAtStart, 'mark', '')
    text = this.replace(line, text, strayMarkAtEnd, 'mark', '')
    if (!this.hasEnglish) text = this.replace(line, text, foreignAnd, 'and', '和')
    text = this.closeSpaces(line, text, attest)
    return text === line.text ? line : withText(line, text)
  }

  private replace(line: Line, text: string, from: RegExp, kind: RepairKind, to: string): string {
    return text.replace(from, (found, ...rest) => {
      const at = rest.find((value) => typeof value === 'number') as number
      this.record(line, kind, text, at, found, to)
      return to
    })
  }

  private record(line: Line, kind: RepairKind, text: string, at: number, from: string, to: string) {
    const before = text.slice(Math.max(0, at - context), at)
    const after = text.slice(at + from.length, at + from.length + context)
    this.repairs.push({
      line: line.number,
      kind,
      before: before + from + after,
      after: before + to + after,
    })
  }

  private closeSpaces(line: Line, text: string, attest: boolean): string {
    return text.replace(spacedRun, (run, at: number) => {
      const pieces = run.split(/[ \u00a0]/)
      let joined = pieces[0]!
      let offset = at + joined.length
      const edges = [text[at - 1] ?? '', text[at + run.length] ?? ''] as const
      for (let i = 1; i < pieces.length; i++) {
        const stray =
          isStray(pieces, i, edges) || (attest && this.isAttested(pieces[i - 1]!, pieces[i]!))
        if (stray) this.record(line, 'space', text, offset, text[offset]!, '')
        joined += (stray ? '' : text[offset]) + pieces[i]!
        offset += 1 + pieces[i]!.length
      }
      return joined
    })
  }

  /** True when the text elsewhere writes the same characters without the space. */
  private isAttested(left: string, right: string): boolean {
    if (left.length < attestedSide || right.length < attestedSide) return false
    if (titleWord.test(right) || articleNumber.test(left)) {
      return false
    }
    const word = left.slice(-attestedSide) + right.slice(0, attestedSide)
    const known = this.attested.get(word)
    if (known !== undefined) return known
    if (this.attested.size >= mostLookups) return false
    const found = this.text.includes(word)
    this.attested.set(word, found)
    return found
  }
}

/**
 * True when the space before piece `i` cannot separate words: a character alone at either side.
 * Characters alone join each other first (王 伟, 通 知); one that is left joins its neighbour
 * where a clause begins or ends with it (情 况). `edges` are the characters around the run.
 */
function isStray(
  pieces: readonly string[],
  i: number,
  [before, after]: readonly [string, string],
): boolean {
  const lone = (k: number) => pieces[k]?.length === 1
  const left = pieces[i - 1]!
  if (unitOfDate.test(pieces[i]!) || unitOfDate.test(left) || articleNumber.test(left)) return false
  const first = i === 1
  const last = i === pieces.length - 1
  const leftHolds = !first || clauseEdge.test(before)
  const rightHolds = !last || clauseEdge.test(after)
  if (lone(i - 1) && lone(i)) return leftHolds && rightHolds
  if (lone(i)) return last && rightHolds
  return lone(i - 1) && first && leftHolds
}
