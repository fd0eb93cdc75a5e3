/**
 * Paragraph length in one byte: exact up to 31, then a 4-bit mantissa and an exponent (relative
 * error below 1/16), up to 507,904. Longer paragraphs share the last code.
 *
 *   code < 32:  length = code
 *   else:       length = (16 + (code & 15)) << ((code >> 4) - 1)
 */

const EXACT = 32

export function encodeLength(length: number): number {
  if (length < EXACT) return length
  const shift = 27 - Math.clz32(length)
  return Math.min(255, ((shift + 1) << 4) | ((length >>> shift) & 15))
}

/** The smallest length that has this code. */
export function decodeLength(code: number): number {
  return code < EXACT ? code : (16 + (code & 15)) << ((code >>> 4) - 1)
}

/** Codes that stay as they are, and the bits of the others that `coarseLength` drops. */
const COARSE_FROM = 16
const COARSE_BITS = 3

/**
 * A code near this one, of an eighth as many: lengths from 16 on are off by a quarter at most. For
 * an index that is fetched with its lengths.
 */
export function coarseLength(code: number): number {
  if (code < COARSE_FROM) return code
  return ((code >>> COARSE_BITS) << COARSE_BITS) | (1 << (COARSE_BITS - 1))
}
