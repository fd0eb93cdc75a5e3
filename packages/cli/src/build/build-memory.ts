/** What `--memory` asks for: how much a builder may keep, and where it puts the rest. */
import type { MemoryLimit, SpillFile } from '@wenxun/core/build'
import { FolderSpill } from '@wenxun/node/file'

/** What the program takes besides the builder's terms and postings: Node, dictionary, readers. */
const besideBuilder = 160_000_000
/** With less, a build would write to disk more than it counts. */
const least = 8_000_000

export class BuildMemory implements MemoryLimit {
  readonly bytes: number
  #spill: FolderSpill | null = null

  /** `bytes`: of the whole process, about. */
  constructor(bytes: number) {
    this.bytes = Math.max(least, bytes - besideBuilder)
  }

  /** The folder is made when something is put there. */
  readonly spill = {
    create: (): SpillFile => {
      this.#spill ??= new FolderSpill()
      return this.#spill.create()
    },
  }

  /** Takes away what was put on disk. */
  close(): void {
    this.#spill?.close()
  }
}
