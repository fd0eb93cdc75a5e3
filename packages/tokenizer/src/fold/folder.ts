/**
 * Text → folded UTF-16 units, each with the original span it came from.
 *
 * Almost every character folds to one unit in the same place: one lookup in a table of
 * 65,536 units that fills itself on first sight. A text with a character that vanishes,
 * expands, composes or depends on its neighbours takes the slow path, which records offsets.
 * Law of offsets: a folded unit's span is always a whole original character with everything
 * that belongs to it, never a part of one.
 */
import { hanPattern } from '../script.js'
import type { Folded, FoldTable } from '../types.js'
import { extender, foldByRule, invisible, keepsMarks, prefix } from './char-fold.js'

/** Entry of the unit table (0 is not yet known): no one-unit fold. No text folds to this unit. */
const SLOW = 1

// What a character folds to whose fold depends on its neighbours. No text folds to these.
const EXTENDS = '\u0001'
const PRECEDES = '\u0002'
const REPEATS = '\u0003'
const CIRCLE = '\u0004'

/** No real grapheme is longer; hostile ones are folded by their beginning. */
const LONGEST_CLUSTER = 64

const CHUNK = 8192

/** No rule changes these, so that the first query need not ask all of them for every character. */
export const FIRST_IDEOGRAPH = 0x4e00
export const LAST_IDEOGRAPH = 0x9fff

const lastHan = new RegExp(`[${hanPattern}]$`, 'u')
const lastDigit = /[零一二三四五六七八九]$/

/** Folds texts one after the other into a buffer that it owns and reuses. */
export class Folder {
  private units = new Uint16Array(1024)
  private readonly simple = new Uint16Array(0x10000)
  private readonly full = new Map<string, string>()
  private readonly table = new Map<string, string>()

  constructor(table: FoldTable) {
    const to = table.to[Symbol.iterator]()
    for (const from of table.from) this.table.set(from, to.next().value!)
  }

  /**
   * Folds a text. The result's buffers are valid until the next call of `fold`.
   * Never throws: lone surrogates pass through as themselves.
   */
  fold(text: string): Folded {
    const { length } = text
    if (this.units.length < length) this.units = new Uint16Array(length * 2)
    const { units, simple } = this
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      const folded = simple[unit]! || this.learn(unit)
      if (folded === SLOW) return this.foldSlow(text)
      units[i] = folded
    }
    return { text, units, length, starts: null, ends: null }
  }

  /**
   * Folds units in place where every one of them folds to one unit, and tells whether that is so;
   * if not, the units are left half folded. For reading many texts without making strings.
   */
  foldUnits(units: Uint16Array, length: number): boolean {
    const { simple } = this
    for (let i = 0; i < length; i++) {
      const folded = simple[units[i]!]! || this.learn(units[i]!)
      if (folded === SLOW) return false
      units[i] = folded
    }
    return true
  }

  private foldSlow(text: string): Folded {
    const units: number[] = []
    const starts: number[] = []
    const ends: number[] = []
    // The last whole character: where it starts, without and with what precedes it, its first
    // folded unit, its fold.
    let base = 0
    let spanStart = 0
    let baseUnit = 0
    let last = ''
    // Where characters that belong to the next one start, or -1.
    let lead = -1
    let end = 0
    for (const char of text) {
      const start = end
      end += char.length
      let folded = this.foldChar(char)
      if (!folded) continue
      if (folded === PRECEDES) {
        if (lead < 0) lead = start
        continue
      }
      if (folded === EXTENDS) {
        ends.fill(end, baseUnit)
        const isPart = keepsMarks(String.fromCodePoint(text.codePointAt(base)!))
        if (!isPart || end - base > LONGEST_CLUSTER) continue
        folded = this.foldCluster(text.slice(base, end))
        units.length = starts.length = ends.length = baseUnit
      } else {
        if (folded === REPEATS) folded = lastHan.exec(last)?.[0] ?? '々'
        // ○ is a zero after a Chinese digit (二○二四), else a bullet or a blank.
        if (folded === CIRCLE) folded = lastDigit.test(last) ? '零' : '○'
        base = start
        spanStart = lead < 0 ? start : lead
        lead = -1
        baseUnit = units.length
      }
      last = folded
      for (let i = 0; i < folded.length; i++) {
        units.push(folded.charCodeAt(i))
        starts.push(spanStart)
        ends.push(end)
      }
    }
    return {
      text,
      units: Uint16Array.from(units),
      length: units.length,
      starts: Int32Array.from(starts),
      ends: Int32Array.from(ends),
    }
  }

  /** Finds out the one-unit fold of a unit, or that it has none. */
  private learn(unit: number): number {
    const char = String.fromCharCode(unit)
    const isIdeograph = unit >= FIRST_IDEOGRAPH && unit <= LAST_IDEOGRAPH
    const folded = isIdeograph ? (this.table.get(char) ?? char) : this.foldChar(char)
    const isSimple = folded.length === 1 && folded > CIRCLE && (unit & 0xf800) !== 0xd800
    // biome-ignore lint/suspicious/noAssignInExpressions: learn once, answer at once
    return (this.simple[unit] = isSimple ? folded.charCodeAt(0) : SLOW)
  }

  private foldChar(char: string): string {
    let folded = this.full.get(char)
    if (folded === undefined) {
      folded = this.compute(char)
      this.full.set(char, folded)
    }
    return folded
  }

  private compute(char: string): string {
    if (prefix.test(char)) return PRECEDES
    if (extender.test(char)) return EXTENDS
    if (invisible.test(char)) return ''
    if ('々〻'.includes(char)) return REPEATS
    return '○◯'.includes(char) ? CIRCLE : this.foldCluster(char)
  }

  private foldCluster(cluster: string): string {
    let folded = ''
    for (const char of foldByRule(cluster)) folded += this.table.get(char) ?? char
    return folded
  }
}

/** The folded text as a string. */
export function foldToString({ units, length }: Folded): string {
  let text = ''
  for (let i = 0; i < length; i += CHUNK) {
    const chunk = units.subarray(i, Math.min(i + CHUNK, length))
    // Typed arrays are array-likes, which is all that apply wants; its type asks for an array.
    text += String.fromCharCode.apply(null, chunk as unknown as number[])
  }
  return text
}
