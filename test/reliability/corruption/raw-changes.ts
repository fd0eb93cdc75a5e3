/** Changes of a raw content that know nothing of it but what formats are made of. */

import type { Random } from '../../support/random.js'

/** A changed copy and what was done to it. */
export type RawChange = (piece: Uint8Array, random: Random) => [Uint8Array, string]

/** Varints: the largest of 32 bits, of 53 and of 56, 2^31, too long, with needless zeros. */
const VARINTS: readonly (readonly number[])[] = [
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
  [0x80, 0x80, 0x80, 0x80, 0x08],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0x80, 0x80, 0x80, 0x80, 0x00],
  [0xff, 0xff, 0x03],
  [0xff, 0x01],
  [0],
  [1],
]

export const U32S = [0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff] as const
function placeIn(piece: Uint8Array, random: Random): number {
  return random.int(0, random.chance(0.6) ? Math.min(12, piece.length + 1) : piece.length + 1)
}

const setBytes: RawChange = (piece, random) => {
  const bytes = piece.slice()
  const done: string[] = []
  for (let k = random.int(1, 5); k > 0 && bytes.length > 0; k--) {
    const at = Math.min(placeIn(bytes, random), bytes.length - 1)
    bytes[at] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.int(0, 256)])
    done.push(`${at}=${bytes[at]}`)
  }
  return [bytes, done.join(' ')]
}

/** A varint, or what would be one if it started there, becomes another. */
const forgeVarint: RawChange = (piece, random) => {
  const at = placeIn(piece, random)
  let end = at
  while (end < piece.length && piece[end]! >= 0x80) end++
  const varint = random.pick(VARINTS)
  return [spliced(piece, at, Math.min(end + 1, piece.length), varint), `${varint} at ${at}`]
}

const forgeU32: RawChange = (piece, random) => {
  const at = random.int(0, Math.max(1, piece.length >>> 2)) * 4
  const value = random.pick(U32S)
  const four = [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]
  return [spliced(piece, at, at + 4, four), `u32 ${value} at ${at}`]
}

const splice: RawChange = (piece, random) => {
  const at = placeIn(piece, random)
  const end = Math.min(piece.length, at + random.int(0, 20))
  const copied = placeIn(piece, random)
  const what = random.pick(['out', 'twice', 'end', 'bytes of before'])
  if (what === 'out') return [spliced(piece, at, end, []), `${at}-${end} out`]
  if (what === 'twice') return [spliced(piece, at, at, piece.slice(at, end)), `${at}-${end} twice`]
  if (what === 'end') return [piece.slice(0, at), `cut to ${at}`]
  return [spliced(piece, at, end, piece.slice(copied, copied + 20)), `${copied} over ${at}-${end}`]
}

function spliced(
  piece: Uint8Array,
  from: number,
  to: number,
  middle: ArrayLike<number>,
): Uint8Array {
  return Uint8Array.from([...piece.subarray(0, from), ...Array.from(middle), ...piece.subarray(to)])
}

export const RAW_CHANGES = { setBytes, forgeVarint, forgeU32, splice } as const
