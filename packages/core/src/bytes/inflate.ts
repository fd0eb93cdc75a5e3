/**
 * Decompresses raw DEFLATE (RFC 1951), for where the platform has nothing that does.
 *
 * A Huffman code becomes a table by the next bits, as many as its longest code has: each entry is
 * symbol << 4 | bits of the code, 0 where no code begins so.
 */

/** In which order the lengths of the codes for code lengths stand. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const END_OF_BLOCK = 256
/** Behind it come the symbols of lengths, of which this is the last: it has no further bits. */
const LONGEST_MATCH = 285

const WHAT = 'the compressed bytes are'

const fixedLengths = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280)

/** Throws when the bytes are none; `size`: how many there will be at most, default unlimited. */
export function inflateRaw(bytes: Uint8Array, size?: number): Uint8Array {
  let out = new Uint8Array(size ?? bytes.length * 4)
  let length = 0
  let position = 0
  /** The next bits, the first one lowest; at least 17 of them. */
  const peek = () => {
    const at = position >>> 3
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) >>> (position & 7)
  }
  const take = (count: number) => {
    const bits = peek() & ((1 << count) - 1)
    position += count
    return bits
  }
  const next = (table: Uint16Array) => {
    const entry = table[peek() & (table.length - 1)]!
    position += entry & 15
    if (entry === 0 || position > bytes.length * 8) throw broken()
    return entry >>> 4
  }
  const makeRoom = (count: number) => {
    if (length + count <= out.length) return
    if (size !== undefined) throw new Error(`${WHAT} too many`)
    const grown = new Uint8Array((length + count) * 2)
    grown.set(out)
    out = grown
  }
  const copyStored = () => {
    position = (position + 7) & ~7
    const count = take(16)
    const start = (position >>> 3) + 2
    if (take(16) !== (count ^ 0xffff) || start + count > bytes.length) throw broken()
    makeRoom(count)
    out.set(bytes.subarray(start, start + count), length)
    length += count
    position += count * 8
  }
  const readTables = () => {
    const literals = take(5) + 257
    const distances = take(5) + 1
    const ofLengths = new Uint8Array(LENGTH_ORDER.length)
    const count = take(4) + 4
    for (let i = 0; i < count; i++) ofLengths[LENGTH_ORDER[i]!] = take(3)
    const table = tableOf(ofLengths)
    const lengths = new Uint8Array(literals + distances)
    for (let i = 0; i < lengths.length; ) {
      const symbol = next(table)
      if (symbol < 16) lengths[i++] = symbol
      else {
        // 16 repeats what stands before, 17 and 18 are zeros.
        const value = symbol === 16 ? lengths[i - 1]! : 0
        const times = symbol === 18 ? take(7) + 11 : take(symbol - 14) + 3
        lengths.fill(value, i, i + times)
        i += times
      }
    }
    return [tableOf(lengths.subarray(0, literals)), tableOf(lengths.subarray(literals))] as const
  }
  const decode = ([literals, distances]: readonly [Uint16Array, Uint16Array]) => {
    const mask = literals.length - 1
    for (;;) {
      // Most symbols are bytes; what ends their run, or the room for them, is looked at below.
      const to = out
      let bit = position
      let end = length
      while (end < to.length) {
        const at = bit >>> 3
        const bits = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)
        const entry = literals[(bits >>> (bit & 7)) & mask]!
        if (entry === 0 || entry >= END_OF_BLOCK << 4) break
        bit += entry & 15
        to[end++] = entry >>> 4
      }
      position = bit
      length = end
      const symbol = next(literals)
      if (symbol < END_OF_BLOCK) {
        makeRoom(1)
        out[length++] = symbol
        continue
      }
      if (symbol === END_OF_BLOCK) return
      const place = symbol - END_OF_BLOCK - 1
      const count = symbol === LONGEST_MATCH ? 258 : 3 + stepsTo(place, 2)
      const distance = 1 + stepsTo(next(distances), 1)
      if (distance > length) throw broken()
      makeRoom(count)
      const whole = out
      const last = length + count
      for (let at = length; at < last; at++) whole[at] = whole[at - distance]!
      length = last
    }
  }
  /** Values of symbols: 2 ** `fine` in each doubling, of which further bits choose one. */
  const stepsTo = (symbol: number, fine: number) => {
    const bits = (symbol >>> fine) - 1
    if (bits < 1) return symbol
    return ((symbol - (bits << fine)) << bits) + take(bits)
  }
  for (let isLast = 0; isLast === 0; ) {
    isLast = take(1)
    const kind = take(2)
    if (kind === 0) copyStored()
    else if (kind === 1) decode([tableOf(fixedLengths), tableOf(new Uint8Array(32).fill(5))])
    else if (kind === 2) decode(readTables())
    else throw broken()
  }
  if (position > bytes.length * 8) throw broken()
  return out.subarray(0, length)
}

function broken(): Error {
  return new Error(`${WHAT} broken`)
}

function tableOf(lengths: Uint8Array): Uint16Array {
  let most = 0
  for (const length of lengths) if (length > most) most = length
  const table = new Uint16Array(1 << most)
  let code = 0
  for (let length = 1; length <= most; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue
      // Codes stand with their first bit lowest.
      let at = 0
      for (let bit = 0; bit < length; bit++) at |= ((code >>> bit) & 1) << (length - 1 - bit)
      for (; at < table.length; at += 1 << length) table[at] = (symbol << 4) | length
      code++
    }
    code <<= 1
  }
  return table
}
