/** Damage that no one meant: bytes change, vanish or move, and no checksum is made right again. */

import { HEADER_BYTES, TABLE_ENTRY_BYTES } from '../../../packages/core/src/segment/format.js'
import type { Random } from '../../support/random.js'

/** A damaged copy and what was done to it. */
export interface Mutation {
  readonly bytes: Uint8Array
  readonly kind: string
  readonly what: string
}

interface Span {
  readonly start: number
  readonly length: number
}

type Damage = (file: Uint8Array, random: Random) => { bytes: Uint8Array; what: string }

/** Where the sections of a sound file lie. */
export function sectionSpans(file: Uint8Array): Span[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  return Array.from({ length: view.getUint32(12, true) }, (_, i) => {
    const entry = HEADER_BYTES + i * TABLE_ENTRY_BYTES
    return { start: view.getUint32(entry + 8, true), length: view.getUint32(entry + 16, true) }
  })
}

/** A place in the file; each section is as likely as any other, however small. */
function place(file: Uint8Array, random: Random): number {
  const spans: Span[] = [{ start: 0, length: HEADER_BYTES }, ...sectionSpans(file)]
  spans.push({ start: HEADER_BYTES, length: (spans.length - 1) * TABLE_ENTRY_BYTES })
  const { start, length } = random.pick(spans.filter((span) => span.length > 0))
  // Counts and lengths come first.
  return start + random.int(0, random.chance(0.4) ? Math.min(length, 16) : length)
}

const flipBits: Damage = (file, random) => {
  const bytes = file.slice()
  const places = random.times(random.chance(0.8) ? 1 : random.int(2, 9), () => place(file, random))
  for (const at of places) bytes[at]! ^= 1 << random.int(0, 8)
  return { bytes, what: `at ${places.join(' ')}` }
}

const setBytes: Damage = (file, random) => {
  const bytes = file.slice()
  const at = place(file, random)
  const values = random.times(random.pick([1, 1, 2, 4, 8]), () =>
    random.pick([0, 1, 0x7f, 0x80, 0xff, random.int(0, 256)]),
  )
  bytes.set(values.slice(0, file.length - at), at)
  return { bytes, what: `${values.join(' ')} at ${at}` }
}

const cut: Damage = (file, random) => {
  // At every boundary, just beside it, or anywhere.
  const ends = sectionSpans(file).flatMap(({ start, length }) => [start, start + length])
  const boundary = random.pick([0, HEADER_BYTES, ...ends]) + random.int(-1, 2)
  const wanted = random.chance(0.5) ? boundary : random.int(0, file.length)
  const kept = Math.max(0, Math.min(wanted, file.length - 1))
  return { bytes: file.slice(0, kept), what: `to ${kept} bytes` }
}

const fill: Damage = (file, random) => {
  const bytes = file.slice()
  const from = place(file, random)
  const size = random.int(1, 600)
  const value = random.pick([0, 255, -1])
  for (let at = from; at < Math.min(file.length, from + size); at++) {
    bytes[at] = value < 0 ? random.int(0, 256) : value
  }
  return { bytes, what: `${size} bytes of ${value < 0 ? 'noise' : value} at ${from}` }
}

const shift: Damage = (file, random) => {
  const from = place(file, random)
  const by = random.int(1, 40)
  const bytes = file.slice()
  if (random.chance(0.5)) bytes.copyWithin(from, from + by)
  else bytes.copyWithin(from + by, from)
  return { bytes, what: `by ${by} from ${from}` }
}

/** A section's bytes stand where another's should. */
const overwriteSection: Damage = (file, random) => {
  const bytes = file.slice()
  const spans = sectionSpans(file).filter(({ length }) => length > 0)
  const from = random.pick(spans)
  const to = random.pick(spans)
  bytes.set(file.slice(from.start, from.start + Math.min(from.length, to.length)), to.start)
  return { bytes, what: `${from.start} over ${to.start}` }
}

/** Two entries of the section table change places, or one stands twice. */
const swapEntries: Damage = (file, random) => {
  const bytes = file.slice()
  const count = sectionSpans(file).length
  const [a, b] = [random.int(0, count), random.int(0, count)].map(
    (entry) => HEADER_BYTES + entry * TABLE_ENTRY_BYTES,
  ) as [number, number]
  bytes.set(file.subarray(b, b + TABLE_ENTRY_BYTES), a)
  if (random.chance(0.5)) bytes.set(file.subarray(a, a + TABLE_ENTRY_BYTES), b)
  return { bytes, what: `entries at ${a} and ${b}` }
}

/** Pages of a disk that come back old, empty or in the wrong order. */
const swapPages: Damage = (file, random) => {
  const size = random.pick([64, 512, 4096])
  const pages = Math.ceil(file.length / size)
  const [a, b] = [random.int(0, pages), random.int(0, pages)]
  const bytes = file.slice()
  bytes.set(file.slice(b * size, (b + 1) * size).subarray(0, file.length - a * size), a * size)
  bytes.set(file.slice(a * size, (a + 1) * size).subarray(0, file.length - b * size), b * size)
  return { bytes, what: `pages ${a} and ${b} of ${size} bytes` }
}

const append: Damage = (file, random) => {
  const more = random.chance(0.5) ? file : new Uint8Array(random.int(1, 100))
  const bytes = new Uint8Array(file.length + more.length)
  bytes.set(file)
  bytes.set(more, file.length)
  return { bytes, what: `${more.length} bytes` }
}

const DAMAGES: Readonly<Record<string, Damage>> = {
  'flipped bits': flipBits,
  'set bytes': setBytes,
  cut,
  filled: fill,
  shifted: shift,
  'section over section': overwriteSection,
  'section entries swapped': swapEntries,
  'pages swapped': swapPages,
  'bytes appended': append,
}

/** One piece of damage, drawn. */
export function damaged(file: Uint8Array, random: Random): Mutation {
  // Flips and set bytes have by far the most places to be.
  const kind = random.pick(['flipped bits', 'set bytes', ...Object.keys(DAMAGES)])
  return { kind, ...DAMAGES[kind]!(file, random) }
}
