/**
 * Damage that someone meant: the content of an index is changed and every checksum is made right
 * again, so only the rules of the format stand between it and the reader.
 */

import { pack } from 'msgpackr'
import { crc32 } from '../../../packages/core/src/bytes/crc32.js'
import {
  HEADER_BYTES,
  Section,
  type SectionId,
  TABLE_ENTRY_BYTES,
} from '../../../packages/core/src/segment/format.js'
import type { Random } from '../../support/random.js'
import { type Mutation, sectionSpans } from './damages.js'
import { metadataOf, putTogether, takeApart } from './taken-apart.js'

type Forgery = (file: Uint8Array, random: Random) => { bytes: Uint8Array; what: string }

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

const U32S = [0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff] as const
const NUMBERS = [
  ...[0, -0, -1, 1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, -1e300],
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
] as const
const ODD_VALUES = [null, true, '', 'x', [], {}, [1, [2]], { toString: null }] as const

/** Changes the raw content of one piece: a chunk, or a section that has none. */
function changePiece(change: (piece: Uint8Array, random: Random) => [Uint8Array, string]): Forgery {
  return (file, random) => {
    const parts = takeApart(file)
    const [id, content] = random.pick([...parts])
    const pieces = content instanceof Uint8Array ? [content] : content
    const i = random.int(0, pieces.length)
    if (pieces[i] === undefined) return { bytes: file, what: `nothing in ${id}` }
    const [piece, what] = change(pieces[i], random)
    const changed = pieces.map((old, k) => (k === i ? piece : old))
    parts.set(id, content instanceof Uint8Array ? changed[0]! : changed)
    return { bytes: putTogether(parts), what: `${id} ${i}: ${what}` }
  }
}

function placeIn(piece: Uint8Array, random: Random): number {
  return random.int(0, random.chance(0.6) ? Math.min(12, piece.length + 1) : piece.length + 1)
}

const setRawBytes = changePiece((piece, random) => {
  const bytes = piece.slice()
  const done: string[] = []
  for (let k = random.int(1, 5); k > 0 && bytes.length > 0; k--) {
    const at = Math.min(placeIn(bytes, random), bytes.length - 1)
    bytes[at] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.int(0, 256)])
    done.push(`${at}=${bytes[at]}`)
  }
  return [bytes, done.join(' ')]
})

/** A varint, or what would be one if it started there, becomes another. */
const forgeVarint = changePiece((piece, random) => {
  const at = placeIn(piece, random)
  let end = at
  while (end < piece.length && piece[end]! >= 0x80) end++
  const varint = random.pick(VARINTS)
  return [spliced(piece, at, Math.min(end + 1, piece.length), varint), `${varint} at ${at}`]
})

const forgeU32 = changePiece((piece, random) => {
  const at = random.int(0, Math.max(1, piece.length >>> 2)) * 4
  const value = random.pick(U32S)
  const four = [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]
  return [spliced(piece, at, at + 4, four), `u32 ${value} at ${at}`]
})

const spliceRaw = changePiece((piece, random) => {
  const at = placeIn(piece, random)
  const end = Math.min(piece.length, at + random.int(0, 20))
  const copied = placeIn(piece, random)
  const what = random.pick(['out', 'twice', 'end', 'bytes of before'])
  if (what === 'out') return [spliced(piece, at, end, []), `${at}-${end} out`]
  if (what === 'twice') return [spliced(piece, at, at, piece.slice(at, end)), `${at}-${end} twice`]
  if (what === 'end') return [piece.slice(0, at), `cut to ${at}`]
  return [spliced(piece, at, end, piece.slice(copied, copied + 20)), `${copied} over ${at}-${end}`]
})

function spliced(
  piece: Uint8Array,
  from: number,
  to: number,
  middle: ArrayLike<number>,
): Uint8Array {
  return Uint8Array.from([...piece.subarray(0, from), ...Array.from(middle), ...piece.subarray(to)])
}

/** Chunks change places, vanish or come twice. */
const moveChunks: Forgery = (file, random) => {
  const parts = takeApart(file)
  const chunked = [...parts].filter(([, raw]) => !(raw instanceof Uint8Array))
  const [id, content] = random.pick(chunked) as [SectionId, Uint8Array[]]
  const what = random.pick(['swapped', 'dropped', 'doubled', 'emptied', 'merged'])
  const a = random.int(0, Math.max(1, content.length))
  const b = random.int(0, Math.max(1, content.length))
  const chunks = content.slice()
  if (what === 'swapped' && chunks.length > 0) [chunks[a], chunks[b]] = [chunks[b]!, chunks[a]!]
  if (what === 'dropped') chunks.splice(a, 1)
  if (what === 'doubled' && chunks.length > 0) chunks.splice(b, 0, chunks[a]!)
  if (what === 'emptied') chunks.length = 0
  if (what === 'merged') chunks.splice(0, chunks.length, joined(chunks))
  parts.set(id, chunks)
  return { bytes: putTogether(parts), what: `${id}: ${a} and ${b} ${what}` }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))
}

/** A section has the content of another, or is not there, or is empty. */
const moveSections: Forgery = (file, random) => {
  const parts = takeApart(file)
  const ids = [...parts.keys()]
  const a = random.pick(ids)
  const b = random.pick(ids)
  const what = random.pick(['swapped', 'dropped', 'copied', 'emptied'])
  const [ofA, ofB] = [parts.get(a)!, parts.get(b)!]
  if (what === 'swapped') parts.set(a, ofB).set(b, ofA)
  if (what === 'dropped') parts.delete(a)
  if (what === 'copied') parts.set(a, ofB)
  if (what === 'emptied') parts.set(a, new Uint8Array(0))
  return { bytes: putTogether(parts), what: `${a} and ${b} ${what}` }
}

/** A value in the metadata, or in a column or document record, becomes an odd one. */
const forgeMetadata: Forgery = (file, random) => {
  const parts = takeApart(file)
  const metadata = metadataOf(parts)
  const what = changeValue(metadata, random)
  parts.set(Section.metadata, pack(metadata))
  return { bytes: putTogether(parts), what }
}

function changeValue(root: Record<string, unknown>, random: Random): string {
  let owner = root
  let path = random.pick(Object.keys(root))
  let key = path
  while (isRecord(owner[key]) && random.chance(0.95)) {
    owner = owner[key] as Record<string, unknown>
    key = random.pick(Object.keys(owner))
    path += `.${key}`
  }
  const before = owner[key]
  if (typeof before === 'string' && random.chance(0.7)) {
    const at = random.int(0, before.length + 1)
    const piece = random.pick(['', '𠮷', '\ud842', '法', 'a', '\u0000', '\u0001', '\u0300'])
    owner[key] = before.slice(0, at) + piece + before.slice(at + random.int(0, 3))
  } else if (random.chance(0.15)) owner[key] = random.pick(ODD_VALUES)
  else owner[key] = random.pick(NUMBERS)
  return `${path} = ${typeof owner[key] === 'number' ? owner[key] : JSON.stringify(owner[key])}`
}

function isRecord(value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null
  return isObject && !(value instanceof Uint8Array) && Object.keys(value).length > 0
}

/** A u32 of the header, of a section's table entry, or of a chunk table; checksums follow suit. */
const forgeTables: Forgery = (file, random) => {
  const bytes = file.slice()
  const view = new DataView(bytes.buffer)
  const spans = sectionSpans(file)
  const entry = random.int(0, spans.length)
  const at = HEADER_BYTES + entry * TABLE_ENTRY_BYTES
  const { start, length } = spans[entry]!
  const target = random.pick(['header', 'entry', 'chunks', 'chunks'])
  const value = random.chance(0.5) ? random.pick(U32S) : random.int(0, file.length + 10)
  let place = at + random.pick([0, 8, 12, 16, 20])
  if (target === 'header') place = random.pick([8, 12, 16, 20])
  if (target === 'chunks' && length > 8) {
    const count = Math.min(view.getUint32(start, true), Math.floor((length - 8) / 12))
    place = random.chance(0.2) ? start : start + 8 + random.int(0, Math.max(1, count * 3)) * 4
    if (place + 4 <= bytes.length) view.setUint32(place, value, true)
    if (place !== start && 8 + count * 12 <= length) {
      const table = bytes.subarray(start + 8, start + 8 + count * 12)
      view.setUint32(start + 4, crc32(table), true)
    }
    view.setUint32(at + 24, crc32(bytes.subarray(start, start + length)), true)
  } else view.setUint32(place, value, true)
  makeTableRight(bytes)
  return { bytes, what: `${target}: u32 ${value} at ${place}` }
}

/** Two entries of the section table become the same, under right checksums. */
const doubleEntry: Forgery = (file, random) => {
  const bytes = file.slice()
  const count = sectionSpans(file).length
  const [a, b] = [random.int(0, count), random.int(0, count)].map(
    (entry) => HEADER_BYTES + entry * TABLE_ENTRY_BYTES,
  ) as [number, number]
  const size = random.pick([4, TABLE_ENTRY_BYTES])
  const from = random.pick([0, size === 4 ? 0 : 4])
  bytes.set(file.subarray(b + from, b + size), a + from)
  if (random.chance(0.5)) bytes.set(file.subarray(a + from, a + size), b + from)
  makeTableRight(bytes)
  return { bytes, what: `entries at ${a} and ${b}, bytes ${from} to ${size}` }
}

function makeTableRight(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer)
  const size = view.getUint32(12, true) * TABLE_ENTRY_BYTES
  view.setUint32(24, crc32(bytes.subarray(HEADER_BYTES, HEADER_BYTES + size)), true)
  view.setUint32(28, crc32(bytes.subarray(0, HEADER_BYTES - 4)), true)
}

const FORGERIES: Readonly<Record<string, Forgery>> = {
  'raw bytes set': setRawBytes,
  'forged varint': forgeVarint,
  'forged u32': forgeU32,
  'raw bytes spliced': spliceRaw,
  'chunks moved': moveChunks,
  'sections moved': moveSections,
  'forged metadata': forgeMetadata,
  'forged tables': forgeTables,
  'section entry twice': doubleEntry,
}

/** One forgery, drawn. */
export function forged(file: Uint8Array, random: Random): Mutation {
  const kind = random.pick(['raw bytes set', 'forged varint', ...Object.keys(FORGERIES)])
  return { kind, ...FORGERIES[kind]!(file, random) }
}
