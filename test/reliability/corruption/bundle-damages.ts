/** Files of a bundle that changed, got lost or changed places, and hosts that send other bytes. */

import { MANIFEST_NAME } from '../../../packages/core/src/shards/bundle-format.js'
import type { Random } from '../../support/random.js'
import type { BundleFiles, BundleSpecimen } from './bundle-specimen.js'

export interface BundleMutation {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly kind: string
  readonly what: string
  /** How far ranges begin and end from where they should; null for a host that reads them right. */
  readonly badRange: readonly [start: number, end: number] | null
}

type Change = (bytes: Uint8Array, random: Random) => Uint8Array

const place = (bytes: Uint8Array, random: Random) =>
  random.int(0, Math.max(1, random.chance(0.4) ? Math.min(16, bytes.length) : bytes.length))

const CHANGES: Readonly<Record<string, Change>> = {
  'flipped bits': (bytes, random) => {
    const copy = bytes.slice()
    for (let k = random.pick([1, 1, 1, 4]); k > 0; k--) {
      copy[place(bytes, random)]! ^= 1 << random.int(0, 8)
    }
    return copy
  },
  'set bytes': (bytes, random) => {
    const copy = bytes.slice()
    copy[place(bytes, random)] = random.pick([0, 1, 0x22, 0x30, 0x7f, 0x80, 0xff])
    return copy
  },
  cut: (bytes, random) => bytes.slice(0, random.int(0, bytes.length)),
  filled: (bytes, random) => {
    const from = place(bytes, random)
    return bytes.slice().fill(random.pick([0, 32, 255]), from, from + random.int(1, 300))
  },
  shifted: (bytes, random) => {
    const from = place(bytes, random)
    return bytes.slice().copyWithin(from, from + random.int(1, 40))
  },
  doubled: (bytes) => Uint8Array.from([...bytes, ...bytes]),
}

const isHashed = (name: string) => name !== MANIFEST_NAME

/** Files as they are, but some: `undefined` takes one away. */
function replaced(
  files: BundleFiles,
  changes: Readonly<Record<string, Uint8Array | undefined>>,
): Map<string, Uint8Array> {
  const copy = new Map(files)
  for (const [name, bytes] of Object.entries(changes)) {
    if (bytes === undefined) copy.delete(name)
    else copy.set(name, bytes)
  }
  return copy
}

function changedFile({ files }: BundleSpecimen, random: Random, kind: string): BundleMutation {
  const names = [...files.keys()]
  const name = random.chance(0.25) ? MANIFEST_NAME : random.pick(names)
  const bytes = CHANGES[kind]!(files.get(name)!, random)
  return { kind, files: replaced(files, { [name]: bytes }), what: name, badRange: null }
}

/** A file of this bundle or of another under a name that is not its own, or none. */
function mixedUp({ files, other }: BundleSpecimen, random: Random): BundleMutation {
  const names = [...files.keys()].filter(isHashed)
  const name = random.pick(names)
  const what = random.pick(['of this bundle', 'of another', 'swapped', 'gone', 'all but the names'])
  const changes: Record<string, Uint8Array | undefined> = {}
  const pool = what === 'of another' ? other : files
  const from = random.pick([...pool.keys()].filter(isHashed))
  if (what === 'gone') changes[name] = undefined
  else changes[name] = pool.get(from)!
  if (what === 'swapped') changes[from] = files.get(name)!
  if (what === 'all but the names') {
    const contents = [...other].filter(([each]) => isHashed(each)).map(([, bytes]) => bytes)
    for (const each of names) changes[each] = random.pick(contents)
  }
  const kind = 'file under another name'
  return { kind, files: replaced(files, changes), what: `${name}: ${what}`, badRange: null }
}

/**
 * Spans of one size change places in a file, or one stands twice. Where they happen to be pieces,
 * all but their places is right.
 */
function mixedPieces({ files }: BundleSpecimen, random: Random): BundleMutation {
  const name = random.pick([...files.keys()].filter(isHashed))
  const bytes = files.get(name)!.slice()
  const unit = random.pick([4, 16, 64])
  const units = Math.floor(bytes.length / unit)
  const size = random.int(1, Math.max(2, units >>> 1)) * unit
  const [a, b] = [random.int(0, units) * unit, random.int(0, units) * unit]
  const [first, second] = [bytes.slice(a, a + size), bytes.slice(b, b + size)]
  bytes.set(second.subarray(0, bytes.length - a), a)
  if (random.chance(0.5)) bytes.set(first.subarray(0, bytes.length - b), b)
  const what = `${name}: ${size} bytes at ${a} and ${b}`
  return { kind: 'pieces swapped', files: replaced(files, { [name]: bytes }), what, badRange: null }
}

/** A host, or a cache before it, that sends other bytes than those asked for. */
function wrongRanges({ files }: BundleSpecimen, random: Random): BundleMutation {
  const [start, end] = [random.int(-3, 4) * random.pick([1, 64]), random.int(-3, 4)]
  const badRange = [start, random.chance(0.7) ? start : end] as const
  return { kind: 'wrong ranges', files, what: badRange.join(' '), badRange }
}

/** One piece of damage, drawn. */
export function damagedBundle(specimen: BundleSpecimen, random: Random): BundleMutation {
  const others = { mixedUp, mixedPieces, wrongRanges }
  const kind = random.pick([...Object.keys(CHANGES), ...Object.keys(others), 'mixedUp'])
  const other = others[kind as keyof typeof others]
  return other === undefined ? changedFile(specimen, random, kind) : other(specimen, random)
}
