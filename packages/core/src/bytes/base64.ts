/** Bytes as text of 64 characters (RFC 4648, for addresses, unpadded), both ways. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  let value = 0
  let bits = 0
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff
    for (bits += 8; bits >= 6; bits -= 6) text += DIGITS[(value >> (bits - 6)) & 63]
  }
  return bits === 0 ? text : text + DIGITS[(value << (6 - bits)) & 63]!
}

/** Of other characters anything may come back. */
export function fromBase64(text: string): Uint8Array {
  const bytes: number[] = []
  let value = 0
  let bits = 0
  for (const digit of text) {
    value = ((value << 6) | DIGITS.indexOf(digit)) & 0xffff
    for (bits += 6; bits >= 8; bits -= 8) bytes.push((value >> (bits - 8)) & 0xff)
  }
  return Uint8Array.from(bytes)
}
