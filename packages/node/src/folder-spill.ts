/** Files in a folder of their own, where a builder puts what does not fit into memory. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Spill, SpillFile } from '@wenxun/core/build'

export class FolderSpill implements Spill {
  readonly #folder: string
  readonly #open = new Set<FolderFile>()
  #created = 0

  /** `parent`: an existing folder; default that of the system for temporary files. */
  constructor(parent: string = tmpdir()) {
    this.#folder = mkdtempSync(join(parent, 'wenxun-'))
  }

  create(): SpillFile {
    const path = join(this.#folder, `${this.#created++}.run`)
    const file = new FolderFile(path, () => this.#open.delete(file))
    this.#open.add(file)
    return file
  }

  /** Takes the folder away with all its files. */
  close(): void {
    for (const file of this.#open) file.remove()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

class FolderFile implements SpillFile {
  length = 0
  readonly #path: string
  readonly #removed: () => void
  #file: number | null
  #window = new Uint8Array(0)

  constructor(path: string, removed: () => void) {
    this.#path = path
    this.#removed = removed
    this.#file = openSync(path, 'wx+')
    // Without a name it goes with the process, however that ends; Windows needs the name.
    if (process.platform !== 'win32') rmSync(path)
  }

  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const count = writeSync(this.#fd(), bytes, at, bytes.length - at, this.length)
      at += count
      this.length += count
    }
  }

  read(start: number, end: number): Uint8Array {
    const size = end - start
    if (size > this.#window.length) this.#window = new Uint8Array(size)
    for (let at = 0; at < size; ) {
      const count = readSync(this.#fd(), this.#window, at, size - at, start + at)
      if (count === 0) throw new Error(`${this.#path} ended at byte ${start + at}`)
      at += count
    }
    return this.#window.subarray(0, size)
  }

  remove(): void {
    if (this.#file === null) return
    closeSync(this.#file)
    this.#file = null
    rmSync(this.#path, { force: true })
    this.#removed()
  }

  #fd(): number {
    if (this.#file === null) throw new Error(`${this.#path} was removed`)
    return this.#file
  }
}
