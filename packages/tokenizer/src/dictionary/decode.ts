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
  payloadLayout,
} from './format.js'
import { BLOCK_SHIFT, ROOT_SLOTS, type Trie } from './trie.js'

export interface DictionaryHeader {
  readonly words: number
  /** Slots of the trie. */
  readonly slots: number
  readonly frequencySum: number
  /** Frequency of a user's word that has none. */
  readonly defaultFrequency: number
  /** Distinct weights. */
  readonly weights: number
  /** Units of the longest word. */
  readonly depth: number
  readonly checksum: number
  /** Fingerprint of the fold table that the words went through. */
  readonly folds: string
}

/** No words deflate to less than a sixteenth; only the root's slots may all be empty. */
const MAX_RATIO = 16

/** A block has one slot for each unit at most. */
const MAX_EXPONENT = 16

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
    slots: u32(HeaderOffset.slots),
    frequencySum: view.getFloat64(HeaderOffset.frequencySum, true),
    defaultFrequency: u32(HeaderOffset.defaultFrequency),
    weights: u32(HeaderOffset.weights),
    depth: u32(HeaderOffset.depth),
    checksum: u32(HeaderOffset.checksum),
    folds: String.fromCharCode(...folds),
  }
}

/**
 * Inflates and checks the words.
 * @throws TokenizerError DICTIONARY_CORRUPT or DICTIONARY_VERSION
 */
export function readTrie(bytes: Uint8Array): Trie {
  const header = readHeader(bytes)
  const { slots, depth } = header
  const at = payloadLayout(header.weights, slots)
  const payload = readPayload(bytes, header, at.end)
  const weights = new Float64Array(littleEndian(payload, 0, at.units, 8))
  const ranks = new Uint16Array(littleEndian(payload, at.ranks, at.blocks, 2))
  const units = new Uint16Array(slots)
  units.set(new Uint16Array(littleEndian(payload, at.units, at.ranks, 2)), ROOT_SLOTS)
  const unknown = weights.reduce((least, weight) => Math.min(least, weight), 0)
  return {
    units,
    block: readBlocks(payload.subarray(at.blocks)),
    weight: readWeights(ranks, weights, unknown),
    unknown,
    slots,
    depth,
  }
}

function readWeights(ranks: Uint16Array, weights: Float64Array, unknown: number): Float64Array {
  const slots = ranks.length
  const ranked = new Float64Array(weights.length + 1)
  ranked.set(weights, 1)
  const weight = new Float64Array(slots)
  ranked[0] = unknown
  for (let slot = 0; slot < ROOT_SLOTS; slot++) weight[slot] = ranked[ranks[slot]!]!
  ranked[0] = Number.NEGATIVE_INFINITY
  for (let slot = ROOT_SLOTS; slot < slots; slot++) weight[slot] = ranked[ranks[slot]!]!
  return weight
}

function readBlocks(sizes: Uint8Array): Int32Array {
  const slots = sizes.length
  const block = new Int32Array(slots)
  let free = ROOT_SLOTS
  for (let slot = 0; slot < slots; slot++) {
    const size = sizes[slot]!
    if (size === 0) continue
    if (size > MAX_EXPONENT + 1) throw corrupt(`slot ${slot} has a block of 2^${size - 1}`)
    block[slot] = (free << BLOCK_SHIFT) | (size - 1)
    free += 1 << (size - 1)
  }
  if (free !== slots) throw corrupt(`blocks for ${free} slots, ${slots} expected`)
  return block
}

function readPayload(bytes: Uint8Array, header: DictionaryHeader, length: number): Uint8Array {
  // Sizes are believed only after the checksum, but memory is needed before.
  const { slots } = header
  const rootLength = payloadLayout(0, ROOT_SLOTS).end
  if (slots < ROOT_SLOTS || length - rootLength > bytes.length * MAX_RATIO) {
    throw corrupt(`${length} bytes and ${slots} slots from ${bytes.length}`)
  }
  let payload: Uint8Array
  try {
    payload = inflateRaw(bytes.subarray(HEADER_LENGTH), length)
  } catch (cause) {
    throw corrupt(`its payload does not inflate to ${length} bytes`, { cause })
  }
  if (payload.length !== length)
    throw corrupt(`its payload has ${payload.length} bytes of ${length}`)
  const found = checksum(payload, checksum(bytes.subarray(0, HeaderOffset.checksum)))
  if (found !== header.checksum) {
    const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`
    throw corrupt(`checksum ${hex(found)}, stored ${hex(header.checksum)}`)
  }
  return payload
}

const isBigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0

/** A copy of `bytes[start, end)`, numbers of `width` bytes, in the order of this machine. */
function littleEndian(bytes: Uint8Array, start: number, end: number, width: number): ArrayBuffer {
  const copy = new Uint8Array(end - start)
  copy.set(bytes.subarray(start, end))
  if (isBigEndian) {
    for (let at = 0; at < copy.length; at += width) copy.subarray(at, at + width).reverse()
  }
  return copy.buffer
}

function corrupt(fault: string, options?: ErrorOptions): TokenizerError {
  return new TokenizerError('DICTIONARY_CORRUPT', `Dictionary is damaged: ${fault}.`, options)
}
