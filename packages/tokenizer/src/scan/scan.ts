/** Folded text → gram runs and tokens: the same at build time and for a query. */
import { foldToString } from '../fold/folder.js'
import { Script, scriptAt, wordPattern } from '../script.js'
import type { Folded, RunSink, ScanSink } from '../types.js'
import { scanCompound } from './compound.js'
import { scanHanNumbers } from './number.js'
import { firstNumber } from './number-frame.js'

/** Changes whenever the same text may fold or scan differently; part of every fingerprint. */
export const SCAN_VERSION = 'scan-4'

/** The dot of .net, with what stands before it: neither a word nor another dot. */
const name = new RegExp(`^(?!${wordPattern})[^.]?\\.(?!\\d)${wordPattern}`, 'u')

/**
 * Reports every gram run and every token of a folded text, sorted by start; a run comes before
 * the values inside it, a whole before its parts. Time is linear in the text. A sink that takes no
 * tokens is told the same runs, which is quicker.
 */
export function scan(folded: Folded, sink: ScanSink | RunSink): void {
  const { units, length } = folded
  // No compound holds a gram character: the runs are the same without looking for any.
  const tokens = 'token' in sink ? sink : null
  // Made only for texts that have more than plain runs.
  let text = ''
  for (let i = 0; i < length; ) {
    const start = i
    let firstNumeral = -1
    let lastNumeral = -1
    let script = scriptAt(units, i, length)
    while (script >= Script.han) {
      if (script === Script.numeral) {
        lastNumeral = i
        if (firstNumeral < 0) firstNumeral = i
      }
      i += (units[i]! & 0xfc00) === 0xd800 ? 2 : 1
      script = i < length ? scriptAt(units, i, length) : Script.other
    }
    if (i > start) {
      sink.run(start, i)
      if (lastNumeral >= 0) reportNumbers(firstNumeral, lastNumeral)
      continue
    }
    if (tokens !== null && startsCompound(i, script)) {
      text ||= foldToString(folded)
      i = scanCompound(folded, text, i, tokens)
    } else i++
  }

  function reportNumbers(from: number, last: number): void {
    if (tokens === null) return
    text ||= foldToString(folded)
    const first = firstNumber(text, from, last)
    if (first >= 0) scanHanNumbers(text, first, last + 1, tokens)
  }

  function startsCompound(at: number, script: Script): boolean {
    if (script === Script.letter || script === Script.digit) return true
    if (units[at] !== 0x2e) return false
    text ||= foldToString(folded)
    return name.test(text.slice(at && at - 1, at + 3))
  }
}
