/**
 * Damage the directory of a live index – a file changes, goes, or stands under another's name; or
 * content is forged under right checksums – and open, search and verify it; many times.
 */

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { IndexError } from '@wenxun/core'
import { crc32 } from '@wenxun/core/build'
import {
  openLiveIndex,
  openLiveSnapshot,
  verifyLiveIndex,
} from '../../../packages/node/src/index.js'
import { analyzer, documentsOf } from '../../support/notation.js'
import { Random } from '../../support/random.js'
import { assertWellFormed } from '../well-formed.js'
import type { AllocationMeter } from './allocation-meter.js'
import { forged } from './forgeries.js'
import { changeValue } from './odd-values.js'
import { RAW_CHANGES } from './raw-changes.js'
import { allowedBytes, countOutcome, newTally, type Tally } from './tally.js'

const MANIFEST = 'manifest.json'
const QUERIES = ['法治', '热线', '政府', '"信息公开"', '法治 -热线'] as const

/** Files of a directory by name; null for one that is taken away. */
type Changes = Readonly<Record<string, Uint8Array | null>>

export class LiveCampaign {
  readonly tally: Tally = newTally()
  readonly #seed: number
  readonly #meter: AllocationMeter | null
  readonly #folder: string
  readonly #files: ReadonlyMap<string, Uint8Array>
  readonly #answers: string

  private constructor(seed: number, meter: AllocationMeter | null, folder: string) {
    this.#seed = seed
    this.#meter = meter
    this.#folder = folder
    const sound = join(folder, 'sound')
    this.#files = new Map(
      readdirSync(sound).map((name) => [name, new Uint8Array(readFileSync(join(sound, name)))]),
    )
    this.#answers = answersOf(sound)
  }

  static async start(seed: number, meter: AllocationMeter | null): Promise<LiveCampaign> {
    const folder = mkdtempSync(join(tmpdir(), 'wenxun-live-damage-'))
    const live = await openLiveIndex(join(folder, 'sound'), { analyzer, backgroundMerge: false })
    for (const batch of [
      'a 《年度报告》: 法治政府建设\nb: 行政复议 | 热线\nc city=洛阳: 法治',
      'd: 政府信息公开\nb: 热线工作',
      // Segments of one size.
      'e: 法治政府',
      'f: 法治社会',
      'g: 政府热线',
    ]) {
      live.upsert(documentsOf(batch))
      live.delete('c')
      await live.commit()
    }
    await live.close()
    return new LiveCampaign(seed, meter, folder)
  }

  /** Takes the directories away. */
  end(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Names of the sound files. */
  get files(): readonly string[] {
    return [...this.#files.keys()]
  }

  /** One mutation, drawn by seed and number alone. */
  trial(number: number): void {
    const random = new Random((this.#seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0)
    const isForged = random.chance(0.4)
    const { kind, what, changes } = isForged ? this.#forgery(random) : this.#damage(random)
    const directory = join(this.#folder, 'damaged')
    rmSync(directory, { recursive: true, force: true })
    cpSync(join(this.#folder, 'sound'), directory, { recursive: true })
    for (const [name, bytes] of Object.entries(changes)) {
      if (bytes === null) rmSync(join(directory, name))
      else writeFileSync(join(directory, name), bytes)
    }
    this.tally.trials++
    const started = performance.now()
    try {
      countOutcome(this.tally, kind, this.#outcome(directory, isForged))
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.tally.faults.push({ trial: number, message: `${kind}: ${what}\n${stack}` })
    }
    const took = performance.now() - started
    if (took > this.tally.slowest.took) this.tally.slowest = { trial: number, took }
  }

  #outcome(directory: string, isForged: boolean): string {
    const found = this.#metered(() => {
      const answers = answersOf(directory)
      if (answers === this.#answers) return 'right'
      if (!isForged) throw new Error('wrong answers')
      return 'well-formed'
    })
    const checked = this.#metered(() => {
      verifyLiveIndex(directory)
      return 'sound'
    })
    // Damage that a search meets, verify meets, too. Forged counts of what was deleted are met by
    // a search for their term alone.
    const isError = found !== 'right' && found !== 'well-formed'
    if (isError && checked === 'sound' && !isForged)
      throw new Error(`${found}, and verify is blind`)
    return found
  }

  #metered(run: () => string): string {
    const limit = allowedBytes(
      [...this.#files.values()].reduce((sum, { length }) => sum + length, 0),
    )
    this.#meter?.reset(limit)
    try {
      return run()
    } catch (error) {
      if (error instanceof IndexError) return error.code
      throw error
    } finally {
      const share = (this.#meter?.largest ?? 0) / limit
      if (share > this.tally.largestShare) this.tally.largestShare = share
    }
  }

  #damage(random: Random): { kind: string; what: string; changes: Changes } {
    const kind = random.pick(['flip', 'flip', 'flip', 'cut', 'zeros', 'gone', 'double', 'swapped'])
    const name = random.pick(this.files)
    const bytes = this.#files.get(name)!
    if (kind === 'swapped') {
      const other = random.pick(this.files)
      return {
        kind,
        what: `${name} and ${other}`,
        changes: { [name]: this.#files.get(other)!, [other]: bytes },
      }
    }
    return { kind, what: name, changes: { [name]: changed(bytes, kind, random) } }
  }

  /** Content that someone changed, under checksums and sizes made right again. */
  #forgery(random: Random): { kind: string; what: string; changes: Changes } {
    const stored = JSON.parse(new TextDecoder().decode(this.#files.get(MANIFEST)))
    const { checksum: _, ...manifest } = stored
    const name = random.pick(this.files)
    if (name === MANIFEST || random.chance(0.3)) {
      const what = changeValue(manifest, random)
      return { kind: 'forged manifest', what, changes: { [MANIFEST]: signed(manifest) } }
    }
    const sound = this.#files.get(name)!
    const isSegment = name.endsWith('.wx')
    const { bytes, what } = isSegment ? forged(sound, random) : forgedDeletion(sound, random)
    for (const segment of manifest.segments) {
      for (const entry of [segment, ...segment.deletions]) {
        if (entry.file === name) {
          Object.assign(entry, { bytes: bytes.length, checksum: crc32(bytes) })
        }
      }
    }
    const kind = isSegment ? 'forged segment' : 'forged deletions'
    return {
      kind,
      what: `${name}: ${what}`,
      changes: { [name]: bytes, [MANIFEST]: signed(manifest) },
    }
  }
}

function changed(bytes: Uint8Array, kind: string, random: Random): Uint8Array | null {
  if (kind === 'gone') return null
  if (kind === 'cut') return bytes.slice(0, random.int(0, bytes.length))
  if (kind === 'double') return Uint8Array.from([...bytes, ...bytes])
  const copy = bytes.slice()
  const at = random.int(0, copy.length)
  if (kind === 'zeros') copy.fill(0, at, Math.min(copy.length, at + random.int(1, 100)))
  else copy[at]! ^= 1 << random.int(0, 8)
  return copy
}

function forgedDeletion(bytes: Uint8Array, random: Random): { bytes: Uint8Array; what: string } {
  const change = random.pick(Object.values(RAW_CHANGES))
  const [raw, what] = change(new Uint8Array(inflateRawSync(bytes)), random)
  return { bytes: new Uint8Array(deflateRawSync(raw)), what }
}

function signed(manifest: object): Uint8Array {
  const encoder = new TextEncoder()
  const checksum = crc32(encoder.encode(JSON.stringify(manifest)))
  return encoder.encode(`${JSON.stringify({ ...manifest, checksum })}\n`)
}

function answersOf(directory: string): string {
  const { index } = openLiveSnapshot(directory)
  const found = QUERIES.map((query) => {
    const result = index.search(query)
    assertWellFormed(result)
    return result.hits.map(({ document, text, highlights, score }) => {
      return [document, text, highlights, score]
    })
  })
  return JSON.stringify(found)
}
