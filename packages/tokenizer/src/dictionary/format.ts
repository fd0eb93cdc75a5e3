/**
 * The bytes of `data/dictionary.bin`: folded words with their log probabilities, laid out as the
 * trie that a segmenter walks (trie.ts), so that opening it is little more than inflating.
 *
 *     offset  size  field
 *          0     4  magic "WXDC"
 *          4     4  format version, u32
 *          8     4  number of words, u32
 *         12     4  number of trie slots, the root's 65,536 included, u32
 *         16     8  sum of all frequencies of the source, f64
 *         24     4  frequency given to a word that has none, u32
 *         28     4  number of distinct weights, u32
 *         32     4  units of the longest word, u32
 *         36    12  fingerprint of the fold table, 12 ASCII hex digits
 *         48     4  checksum, u32: of bytes 0-47, then of the inflated payload
 *         52     …  payload, deflate-raw
 *
 * All numbers are little-endian. The payload is four arrays one after the other:
 *
 *     weights  f64 per distinct frequency, most common frequency first: ln(frequency / sum)
 *     units    u16 per slot above the root's: the unit that leads there, 0 for an empty slot
 *     ranks    u16 per slot: index into `weights` plus one, 0 where no word ends
 *     blocks   u8 per slot: exponent of the size of its children's block plus one, 0 for no
 *              children. Blocks follow each other in order of the slots they belong to, from
 *              slot 65,536 on, so that sizes say where they lie.
 *
 * Example: 法治 (frequency 3), 法治国 (3) and 法院 (7). Slot 6cd5 (法) has rank 0 and a block of
 * 2^2 slots, 65,536-65,539, for its two children: 治 (6cbb) at home in slot 2, rank 1, block of
 * one slot; 院 (9662) at home in slot 2 too, so in 3, rank 2, no block. 国 lies in 65,540, rank 1.
 *
 * Weights are stored, not computed at load: whether two paths tie is decided by the last bit
 * of a sum, and engines differ in the last bit of `Math.log`.
 */

import { ROOT_SLOTS } from './trie.js'

export const MAGIC = 0x43445857 // "WXDC" read as a little-endian u32
export const FORMAT_VERSION = 2

export const HeaderOffset = {
  magic: 0,
  version: 4,
  words: 8,
  slots: 12,
  frequencySum: 16,
  defaultFrequency: 24,
  weights: 28,
  depth: 32,
  folds: 36,
  checksum: 48,
} as const

/** Hex digits of the fold fingerprint in the header. */
export const FOLDS_LENGTH = 12
export const HEADER_LENGTH = 52

/** The longest word, in UTF-16 units. */
export const MAX_WORD_UNITS = 255

/** Ranks must fit 16 bits beside 0. */
export const MAX_WEIGHTS = 0xffff

/** Where the arrays of the payload start, and where the last one ends. */
export function payloadLayout(weights: number, slots: number) {
  const units = weights * 8
  const ranks = units + (slots - ROOT_SLOTS) * 2
  const blocks = ranks + slots * 2
  return { units, ranks, blocks, end: blocks + slots }
}
