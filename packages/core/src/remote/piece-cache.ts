/**
 * The pieces that are there, and those on their way. Every piece is checked against its checksum;
 * one that fails is asked for once more.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { crc32 } from '../bytes/crc32.js'
import { corrupt, throwIfAborted } from '../errors.js'
import { PIECE_HEAD_BYTES } from '../shards/bundle-format.js'
import { keyOf, type Piece, type PieceTable } from '../shards/piece-table.js'
import { type ByteRange, checkFile, type Inflate, type ShardLoader } from './load-shard.js'
import { Missing } from './missing.js'

const CHECKSUM_BYTES = 4

/** Pieces of one pack with at most this many bytes between them are fetched as one range. */
const COALESCE_BYTES = 1024
/** The same where one request asks for several ranges: each costs a head of its own. */
const COALESCE_SEVERAL_BYTES = 128
/** Ranges of one request: lighttpd leaves out the others, Apache sends the whole file above 200. */
const MOST_RANGES = 10

export class PieceCache {
  readonly #loader: ShardLoader
  /** Pieces, uncompressed, by key. */
  readonly #kept = new Map<string, Uint8Array>()
  /** Packs that came whole, by name. */
  readonly #packs = new Map<string, Uint8Array>()
  readonly #underway = new Map<string, Promise<void>>()
  readonly #budget: number
  #keptBytes = 0
  /** Bytes between pieces of one range. */
  #gap: number
  #asksForRanges = true

  /** Keeps up to `budget` bytes of pieces and packs; the ones used last stay. */
  constructor(loader: ShardLoader, budget: number) {
    this.#loader = loader
    this.#budget = budget
    this.#gap = loader.ranges ? COALESCE_SEVERAL_BYTES : COALESCE_BYTES
  }

  has(piece: Piece): boolean {
    return this.#kept.has(keyOf(piece))
  }

  /** The uncompressed bytes of a piece. Throws Missing when it is not there. */
  get(piece: Piece): Uint8Array {
    const key = keyOf(piece)
    const bytes = this.#kept.get(key)
    if (bytes === undefined) throw new Missing(1, (signal) => this.fetch([piece], signal))
    // Used last, kept longest.
    this.#kept.delete(key)
    this.#kept.set(key, bytes)
    return bytes
  }

  /** Throws Missing when some of the pieces are not there. */
  demand(pieces: Iterable<Piece>): void {
    const missing = new Map<string, Piece>()
    for (const piece of pieces) if (!this.has(piece)) missing.set(keyOf(piece), piece)
    if (missing.size === 0) return
    throw new Missing(missing.size, (signal) => this.fetch([...missing.values()], signal))
  }

  /** Fetches pieces side by side; one that is on its way already is not asked for again. */
  async fetch(pieces: readonly Piece[], signal?: AbortSignal): Promise<void> {
    const underway = pieces.map((piece) => this.#underway.get(keyOf(piece)))
    const isWanted = (piece: Piece) => !this.has(piece) && !this.#underway.has(keyOf(piece))
    const requests = [...this.#requests(pieces.filter(isWanted))]
    await Promise.all(requests.map((request) => this.#start(request, signal)))
    const settled = await Promise.allSettled(underway)
    // A request that its first asker gave up is made again for the others.
    if (settled.some(({ status }) => status === 'rejected')) await this.fetch(pieces, signal)
  }

  /** Of each request its ranges, which are in one pack. */
  *#requests(pieces: readonly Piece[]): Generator<Piece[][]> {
    const most = this.#gap < COALESCE_BYTES ? MOST_RANGES : 1
    for (const group of groupByPack(pieces).values()) {
      const ranges = coalesced(group, this.#gap)
      while (ranges.length > 0) yield ranges.splice(0, most)
    }
  }

  #start(request: readonly Piece[][], signal?: AbortSignal): Promise<void> {
    const keys = request.flat().map(keyOf)
    const fetching = this.#fetchRanges(request, signal).finally(() => {
      for (const key of keys) this.#underway.delete(key)
    })
    for (const key of keys) this.#underway.set(key, fetching)
    return fetching
  }

  /** Ranges of one pack in one request; what does not come so is asked for by itself. */
  async #fetchRanges(ranges: readonly Piece[][], signal?: AbortSignal): Promise<void> {
    if (ranges.length === 1) return this.#fetchRange(ranges[0]!, signal)
    const { name } = ranges[0]![0]!.pack
    const loading = this.#loader.ranges!(name, ranges.map(spanOf), signal)
    const take = async (range: readonly Piece[], i: number) =>
      this.#take(range, (await loading)[i]!, range[0]!.start)
    await Promise.allSettled(ranges.map(take))
    const others = ranges.flat().filter((piece) => !this.has(piece))
    if (others.length === 0) return
    throwIfAborted(signal)
    this.#gap = Math.max(this.#gap, COALESCE_BYTES)
    const again = [...this.#requests(others)]
    await Promise.all(again.map((request) => this.#fetchRanges(request, signal)))
  }

  /** Pieces of one pack, ascending, in one request; where that fails, out of the whole pack. */
  async #fetchRange(range: readonly Piece[], signal?: AbortSignal): Promise<void> {
    const { pack } = range[0]!
    const { start, end } = spanOf(range)
    const known = this.#packs.get(pack.name)
    if (known !== undefined) {
      await this.#take(range, known, 0)
      return
    }
    // One byte more, or a file of just this length would look like a range of it.
    const more = start === 0 ? 1 : 0
    const load = (span?: ByteRange) =>
      this.#loader.load(pack.name, signal, span, async (bytes) => {
        const isWhole = bytes.length !== end + more - start
        // A piece's own checksum tells its place in a pack, but not which pack.
        if (isWhole) checkFile(pack, bytes)
        await this.#take(range, bytes, isWhole ? 0 : start)
        if (!isWhole || bytes.length <= end || this.#packs.has(pack.name)) return
        // A host that sends packs whole is asked for each of them once.
        this.#gap = Number.POSITIVE_INFINITY
        this.#packs.set(pack.name, bytes)
        this.#keptBytes += bytes.length
      })
    if (this.#asksForRanges) {
      try {
        return await load({ start, end: end + more })
      } catch {
        throwIfAborted(signal)
      }
    }
    await load()
    // A host that compresses what it sends may cut that into ranges, or something between does.
    this.#asksForRanges = false
  }

  /** Unpacks pieces from bytes of their pack that start at `base`. */
  async #take(pieces: readonly Piece[], bytes: Uint8Array, base: number): Promise<void> {
    const unpacked = pieces.map((piece) => {
      const part = bytes.subarray(piece.start - base, piece.end - base)
      return unpackPiece(piece, part, this.#loader.inflate)
    })
    for (const [i, raw] of (await Promise.all(unpacked)).entries()) this.#keep(pieces[i]!, raw)
  }

  #keep(piece: Piece, bytes: Uint8Array): void {
    const key = keyOf(piece)
    if (this.#kept.has(key)) return
    this.#kept.set(key, bytes)
    this.#keptBytes += bytes.length
  }

  /** Drops what is beyond the budget. Not during a search: it may need more than that at once. */
  trim(): void {
    for (const kept of [this.#packs, this.#kept]) {
      for (const [key, bytes] of kept) {
        if (this.#keptBytes <= this.#budget) return
        kept.delete(key)
        this.#keptBytes -= bytes.length
      }
    }
  }
}

/** Pieces of one pack by place, those near each other together. */
function coalesced(pieces: Piece[], gap: number): Piece[][] {
  const ranges: Piece[][] = []
  for (const piece of pieces.sort((a, b) => a.start - b.start)) {
    const open = ranges.at(-1)
    if (open !== undefined && piece.start - open.at(-1)!.end <= gap) open.push(piece)
    else ranges.push([piece])
  }
  return ranges
}

/** From the first byte of ascending pieces to the last. */
function spanOf(range: readonly Piece[]): ByteRange {
  return { start: range[0]!.start, end: range.at(-1)!.end }
}

function groupByPack(pieces: readonly Piece[]): Map<string, Piece[]> {
  const groups = new Map<string, Piece[]>()
  for (const piece of pieces) {
    const group = groups.get(piece.pack.name)
    if (group === undefined) groups.set(piece.pack.name, [piece])
    else group.push(piece)
  }
  return groups
}

async function unpackPiece(
  { pack, start, end }: Piece,
  bytes: Uint8Array,
  inflate: Inflate,
): Promise<Uint8Array> {
  if (bytes.length !== end - start || bytes.length < PIECE_HEAD_BYTES) {
    throw corrupt(`${pack.name} ends before byte ${end}`)
  }
  const checksum = new ByteReader(bytes, pack.name).u32()
  const checked = bytes.subarray(CHECKSUM_BYTES)
  if (crc32(checked, start) !== checksum)
    throw corrupt(`a piece of ${pack.name} has another checksum`)
  try {
    return await inflate(bytes.subarray(PIECE_HEAD_BYTES, bytes.length - checked[0]!))
  } catch {
    throw corrupt(`a piece of ${pack.name} does not decompress`)
  }
}

/** The pieces of a table by number, out of a cache. */
export class Pieces {
  readonly cache: PieceCache
  readonly table: PieceTable

  constructor(cache: PieceCache, table: PieceTable) {
    this.cache = cache
    this.table = table
  }

  get count(): number {
    return this.table.count
  }

  has(number: number): boolean {
    return this.cache.has(this.table.piece(number))
  }

  /** The uncompressed bytes of a piece. Throws Missing when it is not there. */
  get(number: number): Uint8Array {
    return this.cache.get(this.table.piece(number))
  }

  /** Throws Missing when some of the pieces are not there. */
  demand(numbers: Iterable<number>): void {
    this.cache.demand(Array.from(numbers, (number) => this.table.piece(number)))
  }
}
