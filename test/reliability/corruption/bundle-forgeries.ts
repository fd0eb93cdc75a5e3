/**
 * A bundle whose content someone changed, with every checksum and name made right again: the writer
 * itself writes it, and what it gives to be compressed is changed on the way.
 */

import { pack } from 'msgpackr'
import { fromBase64, toBase64 } from '../../../packages/core/src/bytes/base64.js'
import { crc32 } from '../../../packages/core/src/bytes/crc32.js'
import { unpack } from '../../../packages/core/src/bytes/msgpack.js'
import { MANIFEST_NAME } from '../../../packages/core/src/shards/bundle-format.js'
import type { Random } from '../../support/random.js'
import type { BundleMutation } from './bundle-damages.js'
import { type BundleFiles, type BundleSpecimen, plainBundle } from './bundle-specimen.js'
import { changeValue } from './odd-values.js'
import { RAW_CHANGES } from './raw-changes.js'
import { stored } from './taken-apart.js'

type Source = Pick<BundleSpecimen, 'index' | 'options'>

/** The raw streams that a bundle is made of: pieces, files on demand, parts of the core. */
export function streamsOf({ index, options }: Source): readonly Uint8Array[] {
  const streams: Uint8Array[] = []
  const deflate = (raw: Uint8Array) => {
    streams.push(new Uint8Array(raw))
    return stored(raw)
  }
  plainBundle(index, { ...options, deflate })
  return streams
}

/** The bundle with other streams in the place of some, by number. */
export function withStreams(
  { index, options }: Source,
  changes: ReadonlyMap<number, Uint8Array>,
): BundleFiles {
  let count = 0
  const deflate = (raw: Uint8Array) => stored(changes.get(count++) ?? raw)
  return plainBundle(index, { ...options, deflate })
}

/** The number of the stream that holds the metadata, and what it says. */
export function headOf(streams: readonly Uint8Array[]): [number, Record<string, unknown>] {
  for (let i = streams.length - 1; i >= 0; i--) {
    try {
      const value = unpack(streams[i]!) as Record<string, unknown> | null
      if (value?.['metadata'] !== undefined) return [i, value]
    } catch {
      // Not MessagePack.
    }
  }
  throw new Error('no stream holds the metadata')
}

interface Opened extends Source {
  readonly files: BundleFiles
  readonly streams: readonly Uint8Array[]
}

type Forgery = (bundle: Opened, random: Random) => { files: BundleFiles; what: string }

function changeRaw(bytes: Uint8Array, random: Random): [Uint8Array, string] {
  return random.pick(Object.values(RAW_CHANGES))(bytes, random)
}

const changeStream: Forgery = (bundle, random) => {
  const at = random.int(0, bundle.streams.length)
  const [changed, what] = changeRaw(bundle.streams[at]!, random)
  return { files: withStreams(bundle, new Map([[at, changed]])), what: `${at}: ${what}` }
}

const moveStreams: Forgery = (bundle, random) => {
  const { streams } = bundle
  const what = random.pick(['swapped', 'neighbours swapped', 'doubled', 'emptied'])
  const a = random.int(0, streams.length - 1)
  const b = what === 'neighbours swapped' ? a + 1 : random.int(0, streams.length)
  const changes = new Map([[a, what === 'emptied' ? new Uint8Array(0) : streams[b]!]])
  if (what.endsWith('swapped')) changes.set(b, streams[a]!)
  return { files: withStreams(bundle, changes), what: `${a} and ${b} ${what}` }
}

const changeHead: Forgery = (bundle, random) => {
  const [at, head] = headOf(bundle.streams)
  const isWhole = random.chance(0.2)
  const what = changeValue(isWhole ? head : (head['metadata'] as Record<string, unknown>), random)
  return { files: withStreams(bundle, new Map([[at, new Uint8Array(pack(head))]])), what }
}

const read = (files: BundleFiles) => JSON.parse(new TextDecoder().decode(files.get(MANIFEST_NAME)))
const written = (manifest: object) => new TextEncoder().encode(JSON.stringify(manifest))

/** The core as bytes, with the checksum of what it is then. */
const changeCore: Forgery = ({ files }, random) => {
  const manifest = read(files)
  const [bytes, what] = changeRaw(fromBase64(manifest.core), random)
  const forged = { ...manifest, core: toBase64(bytes), checksum: crc32(bytes) }
  return { files: new Map(files).set(MANIFEST_NAME, written(forged)), what }
}

const changeManifest: Forgery = ({ files }, random) => {
  const manifest = read(files)
  const what = changeValue(manifest, random)
  return { files: new Map(files).set(MANIFEST_NAME, written(manifest)), what }
}

const FORGERIES: Readonly<Record<string, Forgery>> = {
  'raw stream': changeStream,
  'streams moved': moveStreams,
  'value in the core': changeHead,
  'forged core': changeCore,
  'forged manifest': changeManifest,
}

const known = new WeakMap<Uint8Array, Map<string, readonly Uint8Array[]>>()

/** One forgery, drawn; null for a bundle of one file, which is an index like any other. */
export function forgedBundle(bundle: BundleSpecimen, random: Random): BundleMutation | null {
  const { index, name, files } = bundle
  if (read(files).core === undefined) return null
  const byName = known.get(index) ?? new Map<string, readonly Uint8Array[]>()
  known.set(index, byName)
  const streams = byName.get(name) ?? streamsOf(bundle)
  byName.set(name, streams)
  const kind = random.pick(['raw stream', 'raw stream', ...Object.keys(FORGERIES)])
  const { options } = bundle
  const forged = FORGERIES[kind]!({ index, options, files, streams }, random)
  return { kind, ...forged, badRange: null }
}
