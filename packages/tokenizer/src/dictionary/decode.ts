/** Reads the dictionary binary; see format.ts for the layout. */
import { inflateRaw } from '#dictionary'
import { checksum } from '../fingerprint.js'
import { TokenizerError } from '../tokenizer-error.js'
import {
  FOLDS_LENGTH,
  FORMAT_VERSION,
  HEADER_LENGTH,
  HeaderOffset,
  MAGIC,
  MAX_WORD_UNITS,
} from './format.js'

export interface DictionaryHeader {
  readonly words: number
  /** Trie nodes that the words need below the root. */
  readonly nodes: number
  readonly frequencySum: number
  /** Frequency of a user's word that has none. */
  readonly defaultFrequency: number
  readonly payloadLength: number
  readonly checksum: number
  /** Fingerprint of the fold table that the words went through. */
  readonly folds: string
}

/** The words of a dictionary, still coded. */
export interface WordList {
  readonly words: number
  /** Log probabilities; each word has the number of one. */
  readonly weights: Float64Array
  readonly shared: Uint8Array
  readonly extra: Uint8Array
  readonly first: Uint8Array
  readonly rest: Uint8Array
  readonly rank: Uint8Array
}

/** Receives a word in `units[0, length)`, whose buffer is reused, and the number of its weight. */
export type WordVisitor = (units: Uint16Array, length: number, weight: number) => void

/** No word list deflates to less than a sixteenth. */
const MAX_RATIO = 16

/**
 * Reads and checks the header alone, which is cheap.
 * @throws TokenizerError DICTIONARY_CORRUPT or DICTIONARY_VERSION
 */
export function readHeader(bytes: Uint8Array): DictionaryHeader {
  if (bytes.length < HEADER_LENGTH) {
    throw corrupt(`${bytes.length} bytes, shorter than its header of ${HEADER_LENGTH}`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const u32 = (offset: number) => view.getUint32(offset, true)
  if (u32(HeaderOffset.magic) !== MAGIC) throw corrupt('it does not start with "WXDC"')
  const version = u32(HeaderOffset.version)
  if (version !== FORMAT_VERSION) {
    throw new TokenizerError(
      'DICTIONARY_VERSION',
      `Dictionary has format version ${version}; this release reads ${FORMAT_VERSION}.`,
    )
  }
  const folds = bytes.subarray(HeaderOffset.folds, HeaderOffset.folds + FOLDS_LENGTH)
  return {
    words: u32(HeaderOffset.words),
    nodes: u32(HeaderOffset.nodes),
    frequencySum: view.getFloat64(HeaderOffset.frequencySum, true),
    defaultFrequency: u32(HeaderOffset.defaultFrequency),
    payloadLength: u32(HeaderOffset.payloadLength),
    checksum: u32(HeaderOffset.checksum),
    folds: String.fromCharCode(...folds),
  }
}

/** Visits every word in order of its units. */
export function visitWords(list: WordList, visit: WordVisitor): void {
  const { shared, extra, first, rest, rank } = list
  const word = new Uint16Array(MAX_WORD_UNITS + 1)
  const restCount = rest.length >> 1
  let length = 0
  let firstAt = 0
  let restAt = 0
  let rankAt = 0
  // Varints are read in place: a call per number would double the time to load.
  for (let i = 0; i < list.words; i++) {
    const common = shared[i]!
    let delta = first[firstAt++]!
    if (delta > 0x7f) {
      delta = (delta & 0x7f) | (first[firstAt++]! << 7)
      if (delta > 0x3fff) delta = (delta & 0x3fff) | (first[firstAt++]! << 14)
    }
    word[common] = delta + (common < length ? word[common]! : 0)
    length = common + 1
    for (let left = extra[i]!; left > 0; left--, restAt++) {
      word[length++] = rest[restAt]! | (rest[restCount + restAt]! << 8)
    }
    let code = rank[rankAt++]!
    if (code > 0x7f) {
      code = (code & 0x7f) | (rank[rankAt++]! << 7)
      if (code > 0x3fff) code = (code & 0x3fff) | (rank[rankAt++]! << 14)
    }
    // The number of the weight, as a weight itself would be boxed by the call.
    visit(word, length, code)
  }
}

/**
 * Inflates and checks the words.
 * @throws TokenizerError DICTIONARY_CORRUPT or DICTIONARY_VERSION
 */
export function readWords(bytes: Uint8Array): WordList {
  const header = readHeader(bytes)
  const payload = readPayload(bytes, header)
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  let offset = 0
  const next = () => {
    const length = view.getUint32(offset, true)
    const stream = payload.subarray(offset + 4, offset + 4 + length)
    offset += 4 + length
    return stream
  }
  const weightBytes = next()
  const weights = new Float64Array(weightBytes.length / 8)
  for (let i = 0; i < weights.length; i++) {
    weights[i] = view.getFloat64(weightBytes.byteOffset - payload.byteOffset + i * 8, true)
  }
  return {
    words: header.words,
    weights,
    shared: next(),
    extra: next(),
    first: next(),
    rest: next(),
    rank: next(),
  }
}

function readPayload(bytes: Uint8Array, header: DictionaryHeader): Uint8Array {
  // Sizes are believed only after the checksum, but memory is needed before.
  if (header.payloadLength > bytes.length * MAX_RATIO || header.nodes > header.payloadLength) {
    throw corrupt(`${header.payloadLength} bytes and ${header.nodes} nodes from ${bytes.length}`)
  }
  let payload: Uint8Array
  try {
    payload = inflateRaw(bytes.subarray(HEADER_LENGTH), header.payloadLength)
  } catch (cause) {
    throw corrupt(`its payload does not inflate to ${header.payloadLength} bytes`, { cause })
  }
  const found = checksum(payload, checksum(bytes.subarray(0, HeaderOffset.checksum)))
  if (found !== header.checksum) {
    const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`
    throw corrupt(`checksum ${hex(found)}, stored ${hex(header.checksum)}`)
  }
  return payload
}

function corrupt(fault: string, options?: ErrorOptions): TokenizerError {
  return new TokenizerError('DICTIONARY_CORRUPT', `Dictionary is damaged: ${fault}.`, options)
}
