/**
 * Makes a Segmenter of a function that cuts a string into words.
 * Long runs are handed over piece by piece: native cutters need hundreds of bytes a character.
 */
import type { Segmenter, WordSink } from '../types.js'
import { textOf } from '../unit-text.js'

export interface TextCutter {
  readonly name: string
  readonly fingerprint: string
  /** Cuts a text into words that join up to a text of the same length. */
  readonly split: (text: string) => Iterable<string>
}

/** Units per call of `split`. */
const PIECE = 1 << 14

/** Words that end this close to the end of a piece are cut again with what follows them. */
const OVERLAP = 64

/** Gives no ids, as such cutters know none. */
export function createTextSegmenter({ name, fingerprint, split }: TextCutter): Segmenter {
  return {
    name,
    fingerprint,
    idLimit: 0,
    cut(units, start, end, sink) {
      let from = start
      while (end - from > PIECE) {
        const pieceEnd = from + PIECE
        from = report(split(textOf(units, from, pieceEnd)), from, pieceEnd - OVERLAP, sink)
      }
      report(split(textOf(units, from, end)), from, end, sink)
    },
  }
}

/** Reports words until `until` is reached or passed; returns where. */
function report(words: Iterable<string>, start: number, until: number, sink: WordSink): number {
  let at = start
  for (const word of words) {
    if (at >= until) break
    sink.word(at, at + word.length, -1)
    at += word.length
  }
  return at
}
