/** Writes the dictionary binary. Used when the package is built; see format.ts for the layout. */
import { deflateSync } from 'fflate'
import { checksum } from '../fingerprint.js'
import { unitsOf } from '../unit-text.js'
import {
  FORMAT_VERSION,
  HEADER_LENGTH,
  HeaderOffset,
  MAGIC,
  MAX_WEIGHTS,
  MAX_WORD_UNITS,
  payloadLayout,
} from './format.js'
import { BLOCK_EXPONENT, ROOT_SLOTS, type Trie } from './trie.js'
import { TrieBuilder } from './trie-builder.js'

export interface DictionarySource {
  /** Folded word → frequency, both above zero. */
  readonly frequencies: ReadonlyMap<string, number>
  /** What frequencies are divided by; at least their sum. */
  readonly frequencySum: number
  /** Frequency of a user's word that has none. */
  readonly defaultFrequency: number
  /** Fingerprint of the fold table that the words went through. */
  readonly folds: string
  /** Correctly rounded natural logarithm. */
  readonly log: (value: number) => number
}

/** The bytes of a dictionary; the same source gives the same bytes. */
export function encodeDictionary(source: DictionarySource): Uint8Array {
  const weights = byPopularity([...source.frequencies.values()]).map((frequency) =>
    source.log(frequency / source.frequencySum),
  )
  if (weights.length > MAX_WEIGHTS) throw new RangeError(`${weights.length} distinct frequencies`)
  const trie = layOut(source)
  const payload = encodePayload(trie, weights)
  const deflated = deflateSync(payload, { level: 9, mem: 12 })
  const bytes = new Uint8Array(HEADER_LENGTH + deflated.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(HeaderOffset.magic, MAGIC, true)
  view.setUint32(HeaderOffset.version, FORMAT_VERSION, true)
  view.setUint32(HeaderOffset.words, source.frequencies.size, true)
  view.setUint32(HeaderOffset.slots, trie.slots, true)
  view.setFloat64(HeaderOffset.frequencySum, source.frequencySum, true)
  view.setUint32(HeaderOffset.defaultFrequency, source.defaultFrequency, true)
  view.setUint32(HeaderOffset.weights, weights.length, true)
  view.setUint32(HeaderOffset.depth, trie.depth, true)
  for (let i = 0; i < source.folds.length; i++) {
    bytes[HeaderOffset.folds + i] = source.folds.charCodeAt(i)
  }
  const sum = checksum(payload, checksum(bytes.subarray(0, HeaderOffset.checksum)))
  view.setUint32(HeaderOffset.checksum, sum, true)
  bytes.set(deflated, HEADER_LENGTH)
  return bytes
}

function layOut({ frequencies, frequencySum, log }: DictionarySource): Trie {
  const entries = [...frequencies].sort(([a], [b]) => (a < b ? -1 : 1))
  const builder = new TrieBuilder(entries.length)
  let unknown = 0
  for (const [word, frequency] of entries) {
    if (word.length > MAX_WORD_UNITS) throw new RangeError(`word too long: ${word}`)
    if (word.includes('\0')) throw new RangeError('word holds U+0000')
    const weight = log(frequency / frequencySum)
    unknown = Math.min(unknown, weight)
    builder.add(unitsOf(word), word.length, weight)
  }
  return builder.build(unknown)
}

function encodePayload(trie: Trie, weights: readonly number[]): Uint8Array {
  const rankOf = new Map(weights.map((weight, i) => [weight, i + 1]))
  const { slots } = trie
  const at = payloadLayout(weights.length, slots)
  const payload = new Uint8Array(at.end)
  const view = new DataView(payload.buffer)
  weights.forEach((weight, i) => {
    view.setFloat64(i * 8, weight, true)
  })
  for (let slot = 0; slot < slots; slot++) {
    const isRoot = slot < ROOT_SLOTS
    if (!isRoot) view.setUint16(at.units + (slot - ROOT_SLOTS) * 2, trie.units[slot]!, true)
    const weight = trie.weight[slot]!
    // At the root, words of the least weight and units that are no words look the same.
    const rank = isRoot && weight === trie.unknown ? 0 : (rankOf.get(weight) ?? 0)
    view.setUint16(at.ranks + slot * 2, rank, true)
    const entry = trie.block[slot]!
    payload[at.blocks + slot] = entry === 0 ? 0 : (entry & BLOCK_EXPONENT) + 1
  }
  return payload
}

/** Distinct values, most common first, so that most ranks are small. */
function byPopularity(values: number[]): number[] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([value]) => value)
}
