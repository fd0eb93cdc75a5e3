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
import { changeValue } from './odd-values.js'
import { RAW_CHANGES, type RawChange, U32S } from './raw-changes.js'
import { metadataOf, putTogether, takeApart } from './taken-apart.js'

type Forgery = (file: Uint8Array, random: Random) => { bytes: Uint8Array; what: string }

/** Changes the raw content of one piece: a chunk, or a section that has none. */
function changePiece(change: RawChange): Forgery {
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
  'raw bytes set': changePiece(RAW_CHANGES.setBytes),
  'forged varint': changePiece(RAW_CHANGES.forgeVarint),
  'forged u32': changePiece(RAW_CHANGES.forgeU32),
  'raw bytes spliced': changePiece(RAW_CHANGES.splice),
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
