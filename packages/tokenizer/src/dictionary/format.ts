/**
 * The bytes of `data/dictionary.bin`: a list of folded words with their log probabilities.
 *
 *     offset  size  field
 *          0     4  magic "WXDC"
 *          4     4  format version, u32
 *          8     4  number of words, u32
 *         12     4  number of trie nodes below the root, u32
 *         16     8  sum of all frequencies of the source, f64
 *         24     4  frequency given to a word that has none, u32
 *         28     4  bytes of the payload once inflated, u32
 *         32    12  fingerprint of the fold table, 12 ASCII hex digits
 *         44     4  checksum, u32: FNV-1a of bytes 0-43, then of the inflated payload
 *         48     …  payload, deflate-raw
 *
 * All numbers are little-endian. The payload is six streams one after the other, each
 * preceded by its length in bytes (u32). Words are sorted by UTF-16 units and front-coded.
 *
 *     weights  f64 per distinct frequency, most common frequency first: ln(frequency / sum)
 *     shared   u8 per word: units shared with the word before
 *     extra    u8 per word: units after the first new one
 *     first    varint per word: first new unit, less the unit it replaces in the word before
 *              (less 0 where the word before had ended)
 *     rest     u16 per extra unit, all low bytes first, then all high bytes
 *     rank     varint per word: index into `weights`
 *
 * Example: 法治 (frequency 3), 法治国 (3) and 法院 (7) are shared 0 2 1, extra 1 0 0,
 * first 6cd5 56fd (9662 - 6cbb), rest 6cbb, rank 0 0 1.
 *
 * Weights are stored, not computed at load: whether two paths tie is decided by the last bit
 * of a sum, and engines differ in the last bit of `Math.log`.
 */

export const MAGIC = 0x43445857 // "WXDC" read as a little-endian u32
export const FORMAT_VERSION = 1

export const HeaderOffset = {
  magic: 0,
  version: 4,
  words: 8,
  nodes: 12,
  frequencySum: 16,
  defaultFrequency: 24,
  payloadLength: 28,
  folds: 32,
  checksum: 44,
} as const

/** Hex digits of the fold fingerprint in the header. */
export const FOLDS_LENGTH = 12
export const HEADER_LENGTH = 48

/** The longest word, in UTF-16 units: lengths must fit a byte. */
export const MAX_WORD_UNITS = 255
