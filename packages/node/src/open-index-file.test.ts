import {
  closeSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type IndexError, openIndex, type SearchResult } from '@wenxun/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawCorpus, drawText, SHAPES } from '../../../test/support/corpora.js'
import { build, documentsOf, find } from '../../../test/support/notation.js'
import { Random } from '../../../test/support/random.js'
import { hanSubstrings, openSeeds } from '../../../test/support/seeds.js'
import { openIndexFile } from './open-index-file.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wenxun-node-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** Everything that a result says, read to the end. */
function told({ hits, suggestions, ...rest }: SearchResult): string {
  return JSON.stringify([rest, suggestions, hits.map((hit) => ({ ...hit }))])
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as IndexError | NodeJS.ErrnoException).code
  }
}

describe('an index file', () => {
  it('answers as the same index in memory, however little it may keep', async () => {
    const { documents, paragraphs } = await openSeeds()
    const bytes = build(documents)
    const path = write('seeds.wx', bytes)
    const random = new Random(7)
    const texts = hanSubstrings(
      paragraphs.map(({ text }) => text),
      1,
      9,
    )
    const queries = [
      ...random.times(150, () => random.pick(texts)),
      ...random.times(30, () => `"${random.pick(texts)}" ${random.pick(texts)}`),
      '哪些部门做得好',
      'fazhi zhengfu',
      '法制政府',
    ]
    const inMemory = openIndex(bytes)
    for (const options of [{}, { cacheBytes: 0 }, { cacheBytes: 100_000, chunkCacheBytes: 0 }]) {
      const onDisk = openIndexFile(path, options)
      for (const query of queries) {
        expect(told(onDisk.search(query)), query).toBe(told(inMemory.search(query)))
      }
      expect(onDisk.inspect()).toEqual(inMemory.inspect())
      expect(onDisk.topTerms(20)).toEqual(inMemory.topTerms(20))
      onDisk.verify()
      onDisk.close()
    }
  })

  it.each(SHAPES)('does so on random corpora ($name)', (shape) => {
    for (let seed = 1; seed <= 2; seed++) {
      const random = new Random(seed)
      const bytes = build(drawCorpus(random, shape))
      const onDisk = openIndexFile(write(`${seed}.wx`, bytes), { cacheBytes: 0 })
      const inMemory = openIndex(bytes)
      for (let i = 0; i < 20; i++) {
        const query = drawText(random, shape, random.int(1, 6))
        expect(told(onDisk.search(query)), `seed ${seed}, ${query}`).toBe(
          told(inMemory.search(query)),
        )
      }
      onDisk.close()
    }
  })
})

describe('a file that is no index to search', () => {
  it('is named by the system where there is none, or a folder', () => {
    expect(codeOf(() => openIndexFile(join(folder, 'none.wx')))).toBe('ENOENT')
    expect(codeOf(() => openIndexFile(folder))).toBe('EISDIR')
  })

  it('is told from one that is cut off, and from one that is something else', async () => {
    const bytes = build((await openSeeds()).documents)
    const cut = write('cut.wx', bytes.subarray(0, Math.floor(bytes.length / 2)))
    expect(codeOf(() => openIndexFile(cut))).toBe('TRUNCATED')
    expect(codeOf(() => openIndexFile(write('empty.wx', new Uint8Array(0))))).toBe('NOT_AN_INDEX')
  })

  it('is noticed when it changes or shrinks while it is open', async () => {
    const bytes = build((await openSeeds()).documents)
    const path = write('changing.wx', bytes)
    const shrunk = openIndexFile(path, { verify: false })
    truncateSync(path, Math.floor(bytes.length / 4))
    expect(codeOf(() => shrunk.verify())).toBe('TRUNCATED')
    shrunk.close()
    writeFileSync(path, bytes)
    const changed = openIndexFile(path, { verify: false })
    writeFileSync(
      path,
      bytes.map((byte, i) => (i % 50 === 49 ? byte ^ 1 : byte)),
    )
    expect(codeOf(() => [...changed.search('法治政府').hits].map(({ text }) => text))).toBe(
      'CORRUPT',
    )
    changed.close()
  })

  it('keeps its answers when another file takes its name', async () => {
    const { documents } = await openSeeds()
    const path = write('replaced.wx', build(documents))
    const index = openIndexFile(path)
    const before = told(index.search('法治政府'))
    rmSync(path)
    writeFileSync(path, build([{ id: 'x', paragraphs: [{ text: '别的' }] }]))
    expect(told(index.search('法治政府'))).toBe(before)
    index.close()
    index.close()
    expect(codeOf(() => index.search('依法行政'))).toBe('CLOSED')
  })
})

it('a descriptor may be read by several, whatever takes the name of the file meanwhile', () => {
  const path = write('shared.wx', build(documentsOf('a: 法治')))
  const descriptor = openSync(path, 'r')
  const first = openIndexFile(path, { descriptor })
  renameSync(write('newer.wx', build(documentsOf('b: 法治'))), path)
  const second = openIndexFile(path, { descriptor })
  first.close()
  expect(codeOf(() => first.search('法治'))).toBe('CLOSED')
  expect(find(second, '法治')).toBe('a.0')
  second.close()
  closeSync(descriptor)
})
