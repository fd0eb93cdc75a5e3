/**
 * Damage an index, open it, ask it everything; many times. What must come out: a typed error, the
 * right answers, or – where checksums were made right again – well-formed ones; and never a
 * request for more memory than the file can account for.
 */

import { IndexError } from '@wenxun/core'
import { Random } from '../../support/random.js'
import type { AllocationMeter } from './allocation-meter.js'
import { damaged, type Mutation } from './damages.js'
import { examine, verify } from './examine.js'
import { forged } from './forgeries.js'
import { type Specimen, specimens } from './specimen.js'
import { allowedBytes, countOutcome, newTally, type Tally } from './tally.js'

/** What a specimen answers while it is sound. */
interface Subject extends Specimen {
  readonly answers: string
}

export class Campaign {
  readonly tally: Tally = newTally()
  readonly #seed: number
  readonly #meter: AllocationMeter | null
  readonly #subjects: Subject[]

  constructor(seed: number, meter: AllocationMeter | null) {
    this.#seed = seed
    this.#meter = meter
    this.#subjects = specimens().map((specimen) => ({
      ...specimen,
      answers: examine(specimen.bytes, specimen.queries, { verify: true }).answers,
    }))
  }

  /** One mutation, drawn by seed and number alone. */
  trial(number: number): void {
    const random = new Random((this.#seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0)
    const subject = random.pickSkewed(this.#subjects)
    const isForged = random.chance(0.6)
    const mutation = isForged ? forged(subject.bytes, random) : damaged(subject.bytes, random)
    const where = `${subject.name}: ${mutation.kind}: ${mutation.what}`
    this.tally.trials++
    const started = performance.now()
    // Opening checks every byte; or every byte is checked when it is read.
    const isChecked = random.chance(0.3)
    try {
      const outcome = this.#outcome(subject, mutation, isForged, isChecked)
      countOutcome(this.tally, mutation.kind, outcome)
    } catch (error) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      this.tally.faults.push({ trial: number, message: `${where}\n${stack}` })
    }
    const took = performance.now() - started
    if (took > this.tally.slowest.took) this.tally.slowest = { trial: number, took }
  }

  #outcome(subject: Subject, { bytes }: Mutation, isForged: boolean, isChecked: boolean): string {
    const limit = allowedBytes(bytes.length)
    const search = this.#metered(limit, () => {
      const { answers } = examine(bytes, subject.queries, { verify: isChecked })
      if (answers === subject.answers) return 'right'
      if (!isForged) throw new Error('wrong answers')
      return 'well-formed'
    })
    const check = this.#metered(limit, () => {
      verify(bytes)
      return 'sound'
    })
    // What opening refuses, verify refuses too.
    if (isChecked && search === 'TRUNCATED' && check === 'sound') throw new Error('verify is blind')
    return search
  }

  #metered(limit: number, run: () => string): string {
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
}
