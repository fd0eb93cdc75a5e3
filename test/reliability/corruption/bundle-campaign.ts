/**
 * Damage a bundle, put it on a host, open it from afar and ask it everything; many times. What must
 * come out is what must come out of a damaged index (campaign.ts), after a bounded number of
 * requests.
 */

import { IndexError, openRemoteIndex, type RemoteIndex, type SearchOptions } from '@wenxun/core'
import { BundleHost } from '../../support/bundle-host.js'
import { Random } from '../../support/random.js'
import { assertWellFormed } from '../well-formed.js'
import type { AllocationMeter } from './allocation-meter.js'
import { type BundleMutation, damagedBundle } from './bundle-damages.js'
import { forgedBundle } from './bundle-forgeries.js'
import { type BundleFiles, type BundleSpecimen, bundleSpecimens } from './bundle-specimen.js'
import { allowedBytes, countOutcome, newTally, type Tally } from './tally.js'

/** A search asks for a file twice at most, and renews the bundle once. */
const MOST_REQUESTS = 5000

interface Subject extends BundleSpecimen {
  readonly answers: string
}

export class BundleCampaign {
  readonly tally: Tally = newTally()
  readonly #seed: number
  readonly #meter: AllocationMeter | null
  readonly #subjects: readonly Subject[]

  private constructor(seed: number, meter: AllocationMeter | null, subjects: readonly Subject[]) {
    this.#seed = seed
    this.#meter = meter
    this.#subjects = subjects
  }

  static async start(seed: number, meter: AllocationMeter | null): Promise<BundleCampaign> {
    const subjects = bundleSpecimens().map(async (specimen) => {
      const { files, queries } = specimen
      return { ...specimen, answers: await examineBundle(new BundleHost(files), queries) }
    })
    return new BundleCampaign(seed, meter, await Promise.all(subjects))
  }

  /** One mutation, drawn by seed and number alone. */
  async trial(number: number): Promise<void> {
    const random = new Random((this.#seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0)
    const subject = random.pickSkewed(this.#subjects)
    const forged = random.chance(0.6) ? forgedBundle(subject, random) : null
    const mutation = forged ?? damagedBundle(subject, random)
    const answersRanges = random.chance(0.7)
    const host = new DamagedHost(mutation, answersRanges)
    this.tally.trials++
    const started = performance.now()
    const limit = allowedBytes(bytesOf(mutation.files) + bytesOf(subject.files))
    try {
      const outcome = await this.#outcome(subject, host, forged !== null, limit)
      countOutcome(this.tally, mutation.kind, outcome)
    } catch (error) {
      const way = answersRanges ? 'ranges' : 'whole files'
      const where = `${subject.name}: ${mutation.kind}: ${mutation.what} (${way})`
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.tally.faults.push({ trial: number, message: `${where}\n${stack}` })
    }
    const share = (this.#meter?.largest ?? 0) / limit
    if (share > this.tally.largestShare) this.tally.largestShare = share
    const took = performance.now() - started
    if (took > this.tally.slowest.took) this.tally.slowest = { trial: number, took }
  }

  async #outcome(
    subject: Subject,
    host: BundleHost,
    isForged: boolean,
    limit: number,
  ): Promise<string> {
    this.#meter?.reset(limit)
    try {
      const answers = await examineBundle(host, subject.queries)
      if (answers === subject.answers) return 'right'
      if (!isForged) throw new Error('wrong answers')
      return 'well-formed'
    } catch (error) {
      if (!(error instanceof IndexError)) throw error
      const asked = host.requests.length
      if (asked > MOST_REQUESTS) throw new Error(`${asked} requests and no end`)
      return error.code
    }
  }
}

/** A host of damaged files, or one that misreads ranges; ends those who ask for ever. */
class DamagedHost extends BundleHost {
  constructor({ files, badRange }: BundleMutation, answersRanges: boolean) {
    super(files, answersRanges || badRange !== null)
    this.badRange = badRange
    this.mostRequests = MOST_REQUESTS
  }
}

/** Opens a bundle and asks it everything; answers as one text, to be compared. */
async function examineBundle(host: BundleHost, queries: readonly string[]): Promise<string> {
  const index = await openRemoteIndex(host.load)
  const facets = [...index.metadata.columns]
  const found: unknown[] = []
  for (const query of queries) found.push(await ask(index, query, { limit: 3 }))
  for (const name of facets) {
    found.push(await ask(index, '法治', { sort: `${name}:desc`, limit: 2 }))
  }
  found.push(await ask(index, '第', { facets, limit: 20, snippetLength: 5 }))
  found.push(await ask(index, '法治', { group: 'document', limit: 5 }))
  // A column that lost its name is one that is not there.
  if (facets.includes('city')) {
    found.push(await ask(index, '法治', { filter: { city: '洛阳' }, offset: 1 }))
  }
  return JSON.stringify(found)
}

async function ask(index: RemoteIndex, query: string, options: SearchOptions): Promise<unknown> {
  const result = await index.search(query, options)
  assertWellFormed(result, options.offset)
  return result
}

function bytesOf(files: BundleFiles): number {
  return [...files.values()].reduce((sum, { length }) => sum + length, 0)
}
