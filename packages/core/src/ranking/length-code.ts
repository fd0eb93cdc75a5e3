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
