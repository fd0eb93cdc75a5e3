/** What is done to an index while it is killed, and what must hold afterwards. */

import type { Random } from '../../support/random.js'

/** A state that an index may be found in after a crash. */
export type Found = 'old' | 'new'

export interface Scenario {
  readonly name: string
  /** Puts the folder into the state before the command; called before every kill. */
  prepare(folder: string): void | Promise<void>
  /** Arguments of the command that is killed. */
  command(folder: string): readonly string[]
  /** Milliseconds after which a command that does not end by itself is killed at the latest. */
  readonly goesOn?: number
  /** The same work by a command that ends; where `command` does not. */
  endingCommand?(folder: string): readonly string[]
  /** What happens around the command while it runs; returns what stops that. */
  meanwhile?(folder: string, random: Random): () => void
  /** Folder in which a new file means that writing has begun. */
  writesIn(folder: string): string
  /**
   * Tells which state the folder is in. Throws an Error for a lost, broken or half-made index, and
   * for a half-made file that is taken for one.
   */
  check(folder: string): Found | Promise<Found>
  /** Whether the next run takes away at once what a killed one left. */
  readonly cleansUp: boolean
  /** Names of files that a killed command left behind. */
  leftovers(folder: string): string[]
}
