/** Writes the dictionary binary. Used when the package is built; see format.ts for the layout. */
import { deflateSync } from 'fflate'
import { checksum } from '../fingerprint.js'
import { FORMAT_VERSION, HEADER_LENGTH, HeaderOffset, MAGIC, MAX_WORD_UNITS } from './format.js'

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
  const entries = [...source.frequencies].sort(([a], [b]) => (a < b ? -1 : 1))
  const { payload, nodes } = encodePayload(entries, source)
  const deflated = deflateSync(payload, { level: 9, mem: 12 })
  const bytes = new Uint8Array(HEADER_LENGTH + deflated.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(HeaderOffset.magic, MAGIC, true)
  view.setUint32(HeaderOffset.version, FORMAT_VERSION, true)
  view.setUint32(HeaderOffset.words, entries.length, true)
  view.setUint32(HeaderOffset.nodes, nodes, true)
  view.setFloat64(HeaderOffset.frequencySum, source.frequencySum, true)
  view.setUint32(HeaderOffset.defaultFrequency, source.defaultFrequency, true)
  view.setUint32(HeaderOffset.payloadLength, payload.length, true)
  for (let i = 0; i < source.folds.length; i++) {
    bytes[HeaderOffset.folds + i] = source.folds.charCodeAt(i)
  }
  const sum = checksum(payload, checksum(bytes.subarray(0, HeaderOffset.checksum)))
  view.setUint32(HeaderOffset.checksum, sum, true)
  bytes.set(deflated, HEADER_LENGTH)
  return bytes
}

function encodePayload(entries: [string, number][], source: DictionarySource) {
  const ranked = byPopularity(entries.map(([, frequency]) => frequency))
  const rankOf = new Map(ranked.map((frequency, i) => [frequency, i]))
  const shared: number[] = []
  const extra: number[] = []
  const first: number[] = []
  const low: number[] = []
  const high: number[] = []
  const rank: number[] = []
  let nodes = 0
  let previous = ''
  for (const [word, frequency] of entries) {
    if (word.length > MAX_WORD_UNITS) throw new RangeError(`word too long: ${word}`)
    const common = commonPrefix(previous, word)
    shared.push(common)
    extra.push(word.length - common - 1)
    const replaced = common < previous.length ? previous.charCodeAt(common) : 0
    pushVarint(first, word.charCodeAt(common) - replaced)
    for (let i = common + 1; i < word.length; i++) {
      low.push(word.charCodeAt(i) & 0xff)
      high.push(word.charCodeAt(i) >> 8)
    }
    pushVarint(rank, rankOf.get(frequency) as number)
    nodes += word.length - common
    previous = word
  }
  const weights = new Uint8Array(ranked.length * 8)
  const view = new DataView(weights.buffer)
  ranked.forEach((frequency, i) => {
    view.setFloat64(i * 8, source.log(frequency / source.frequencySum), true)
  })
  return { payload: concat([weights, shared, extra, first, [...low, ...high], rank]), nodes }
}

/** Distinct values, most common first, so that most ranks take one byte. */
function byPopularity(values: number[]): number[] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([value]) => value)
}

function commonPrefix(a: string, b: string): number {
  let length = 0
  while (length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return length
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
}

function concat(streams: ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(streams.reduce((sum, stream) => sum + 4 + stream.length, 0))
  const view = new DataView(bytes.buffer)
  let offset = 0
  for (const stream of streams) {
    view.setUint32(offset, stream.length, true)
    bytes.set(stream, offset + 4)
    offset += 4 + stream.length
  }
  return bytes
}
