/** A build within bounded memory writes the bytes of one without a limit. */

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SourceDocument } from '@wenxun/core'
import { IndexBuilder, type Spill } from '@wenxun/core/build'
import { FolderSpill } from '@wenxun/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawCorpus, SHAPES } from '../support/corpora.js'
import { analyzer } from '../support/notation.js'
import { Random } from '../support/random.js'
import { openSeeds } from '../support/seeds.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wenxun-spill-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Counts the files that a build asks for. */
class CountedSpill implements Spill {
  files = 0
  readonly #spill = new FolderSpill(folder)

  create() {
    this.files++
    return this.#spill.create()
  }

  close(): void {
    this.#spill.close()
  }
}

function build(documents: readonly SourceDocument[], bytes?: number) {
  const spill = new CountedSpill()
  const memory = bytes === undefined ? {} : { memory: { bytes, spill } }
  const builder = new IndexBuilder({ analyzer, mergeable: true, ...memory })
  for (const document of documents) builder.add(document)
  const parts: Uint8Array[] = []
  let length = 0
  builder.finishTo(
    (part) => parts.push(part.slice()),
    (whole) => {
      length = whole
    },
  )
  spill.close()
  const index = Buffer.concat(parts)
  expect(index.length).toBe(length)
  return { index, files: spill.files }
}

describe('a build within a limit of memory', () => {
  it('writes the same bytes of the seeds, whatever the limit', async () => {
    const { documents } = await openSeeds()
    const builder = new IndexBuilder({ analyzer, mergeable: true })
    for (const document of documents) builder.add(document)
    const whole = Buffer.from(builder.finish())
    expect(build(documents).index.equals(whole)).toBe(true)
    // A run for every paragraph, for some, and for none but the last.
    const limits = [0, 60_000, 1 << 30]
    const built = limits.map((bytes) => build(documents, bytes))
    expect(built.map(({ index }) => index.equals(whole))).toEqual([true, true, true])
    expect(built[0]!.files).toBeGreaterThan(built[1]!.files)
    expect(built[1]!.files).toBeGreaterThan(built[2]!.files)
  })

  it.each(SHAPES)('writes the same bytes of random corpora ($name)', (shape) => {
    for (let seed = 1; seed <= 2; seed++) {
      const random = new Random(seed)
      const documents = drawCorpus(random, shape)
      const limit = random.int(0, 400_000)
      const { index } = build(documents, limit)
      expect(index.equals(build(documents).index), `seed ${seed}, limit ${limit}`).toBe(true)
    }
  })

  it('leaves nothing on disk', () => {
    expect(existsSync(folder)).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })
})
