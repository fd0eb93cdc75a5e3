/** What came of many mutations. */

/** Raw DEFLATE holds at most 1,032 bytes in one; readers may double a buffer. */
const BYTES_PER_FILE_BYTE = 2 * 1032
/** Tables that every open index has, whatever its size. */
const FIXED_BYTES = 8 << 20

export interface Fault {
  readonly trial: number
  readonly message: string
}

export interface Tally {
  trials: number
  /** Outcomes by kind of mutation: codes of errors, `right`, `well-formed`. */
  readonly outcomes: Map<string, Map<string, number>>
  readonly faults: Fault[]
  /** Largest single request for memory, as a share of what its file allows. */
  largestShare: number
  /** Longest trial in milliseconds; reported, never judged here. */
  slowest: { trial: number; took: number }
}

export function newTally(): Tally {
  return {
    trials: 0,
    outcomes: new Map(),
    faults: [],
    largestShare: 0,
    slowest: { trial: -1, took: 0 },
  }
}

export function countOutcome({ outcomes }: Tally, kind: string, outcome: string): void {
  const counts = outcomes.get(kind) ?? new Map<string, number>()
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  outcomes.set(kind, counts)
}

/** The largest single request for memory that files of so many bytes account for. */
export function allowedBytes(fileBytes: number): number {
  return fileBytes * BYTES_PER_FILE_BYTE + FIXED_BYTES
}
