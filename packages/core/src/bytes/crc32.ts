/** CRC-32 (IEEE 802.3, reflected, polynomial 0xEDB88320), eight bytes a step. */

const SLICES = 8
const POLYNOMIAL = 0xedb88320

const tables = makeTables()

function makeTables(): Uint32Array {
  const table = new Uint32Array(SLICES * 256)
  for (let n = 0; n < 256; n++) {
    let c = n
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ POLYNOMIAL : c >>> 1
    table[n] = c
  }
  for (let n = 0; n < 256; n++) {
    for (let slice = 1; slice < SLICES; slice++) {
      const c = table[(slice - 1) * 256 + n]!
      table[slice * 256 + n] = table[c & 0xff]! ^ (c >>> 8)
    }
  }
  return table
}

/**
 * The checksum of `bytes`, unsigned. `crc32('123456789') = 0xcbf43926`. `before`: the checksum of
 * what stands before them.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const t = tables
  let crc = ~before
  let i = 0
  const wide = bytes.length - (bytes.length % SLICES)
  while (i < wide) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    crc =
      t[1792 + (crc & 0xff)]! ^
      t[1536 + ((crc >>> 8) & 0xff)]! ^
      t[1280 + ((crc >>> 16) & 0xff)]! ^
      t[1024 + (crc >>> 24)]! ^
      t[768 + bytes[i + 4]!]! ^
      t[512 + bytes[i + 5]!]! ^
      t[256 + bytes[i + 6]!]! ^
      t[bytes[i + 7]!]!
    i += SLICES
  }
  for (; i < bytes.length; i++) crc = t[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8)
  return ~crc >>> 0
}
