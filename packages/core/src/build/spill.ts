/**
 * Room outside of memory, for what a builder has counted so far. Node's is in @wenxun/node; the
 * core asks for it through this interface and never opens a file itself.
 */
export interface Spill {
  /** A new, empty file. */
  create(): SpillFile
}

export interface SpillFile {
  /** Bytes appended so far. */
  readonly length: number
  /** Appends a copy of `bytes`. */
  append(bytes: Uint8Array): void
  /** The bytes `[start, end)`, which the next call may overwrite; `end` is at most `length`. */
  read(start: number, end: number): Uint8Array
  /** Gives the room back; the file is not used afterwards. */
  remove(): void
}

/** How much memory a builder may fill, and where it puts the rest. */
export interface MemoryLimit {
  /** Bytes that terms, postings and finished sections may take; the index is the same for any. */
  readonly bytes: number
  readonly spill: Spill
}
