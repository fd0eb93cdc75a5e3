/** Folded text → gram runs and tokens: the same at build time and for a query. */
import { foldToString } from '../fold/folder.js'
import { Script, scriptAt, wordPattern } from '../script.js'
import type { Folded, ScanSink } from '../types.js'
import { scanCompound } from './compound.js'
import { scanHanNumbers } from './number.js'

/** Changes whenever the same text may fold or scan differently; part of every fingerprint. */
export const SCAN_VERSION = 'scan-3'

/** The dot of .net, with what stands before it: neither a word nor another dot. */
const name = new RegExp(`^(?!${wordPattern})[^.]?\\.(?!\\d)${wordPattern}`, 'u')

/**
 * Reports every gram run and every token of a folded text, sorted by start; a run comes before
 * the values inside it, a whole before its parts. Time is linear in the text.
 */
export function scan(folded: Folded, sink: ScanSink): void {
  const { units, length } = folded
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
      if (lastNumeral >= 0) {
        text ||= foldToString(folded)
        scanHanNumbers(text, firstNumeral, lastNumeral + 1, sink)
      }
      continue
    }
    if (script === Script.letter || script === Script.digit || startsName(i)) {
      text ||= foldToString(folded)
      i = scanCompound(folded, text, i, sink)
    } else i++
  }

  function startsName(at: number): boolean {
    if (units[at] !== 0x2e) return false
    text ||= foldToString(folded)
    return name.test(text.slice(at && at - 1, at + 3))
  }
}
