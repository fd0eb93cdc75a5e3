import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { useTestFolder } from '../../fixtures/folder.js'
import { usePageWorker } from '../../fixtures/page-worker.js'
import type { PagePlace } from './page-file.js'
import { pageItems } from './page-item.js'
import { pageRules } from './page-rules.js'
import { batchesOf, type ThreadTask, threadedItems, threadsFor } from './page-threads.js'
import type { SiteItem, SiteOptions } from './types.js'

const folder = useTestFolder()
const worker = usePageWorker()

const options: SiteOptions = { base: '/docs/', fields: { who: '.who' }, keep: ['description'] }
const task: ThreadTask = { options, encoding: null, onlyMarked: false, limit: 5000 }

function put(id: string, content: string | Uint8Array): PagePlace {
  return { path: folder.put(id, content), id, bytes: Buffer.from(content).length }
}

/** Pages of all outcomes, long ones between short ones. */
function mixedPages(count: number): PagePlace[] {
  return Array.from({ length: count }, (_, i) => {
    const text = `<h1>第${i}条</h1><p class=who>${i % 7}</p><p>${'法治政府建设'.repeat((i * 37) % 200)}`
    if (i % 11 === 3) return put(`${i}.html`, Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'))
    if (i % 11 === 5) return put(`${i}.html`, '<body data-pagefind-ignore>略')
    if (i % 11 === 7) return put(`${i}.html`, Buffer.concat([Buffer.from(text), Buffer.of(0xe6)]))
    if (i % 11 === 9) return { path: `${folder.path}/gone.html`, id: 'gone.html', bytes: 9 }
    return put(`${i}.html`, text)
  })
}

async function gathered(items: AsyncIterable<SiteItem>): Promise<SiteItem[]> {
  const all: SiteItem[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('pages read in threads', () => {
  it.each([1, 2, 3])('are those that one thread reads, in the same order (%i)', async (threads) => {
    const places = mixedPages(500)
    const expected = await gathered(pageItems(places, { ...task, rules: pageRules(options) }))
    const found = await gathered(threadedItems(places, task, threads, worker.program))
    expect(found).toEqual(expected)
    const kinds = expected.map((item) => Object.keys(item).sort().join())
    expect([...new Set(kinds)].sort()).toEqual([
      'document,page',
      'document,page,problem',
      'leftOut',
      'problem',
    ])
  })

  it('may be given up at any page', async () => {
    let taken = 0
    for await (const item of threadedItems(mixedPages(300), task, 2, worker.program)) {
      expect(item).toBeDefined()
      if (++taken === 100) break
    }
    expect(taken).toBe(100)
  })

  it('are none for a site without pages', async () => {
    expect(await gathered(threadedItems([], task, 2, worker.program))).toEqual([])
  })
})

describe('a thread that fails', () => {
  const program = (code: string) => {
    const head = "import { parentPort } from 'node:worker_threads'\n"
    return pathToFileURL(folder.put('program.mjs', head + code))
  }
  const read = (code: string, count: number) =>
    gathered(threadedItems(mixedPages(count), task, 1, program(code)))

  it('names the page that it was reading', async () => {
    const failed = "{ failed: { message: 'x/7.html: out of luck', stack: 'at luck' } }"
    const code = `parentPort.on('message', () => parentPort.postMessage(${failed}))`
    await expect(read(code, 3)).rejects.toThrow('x/7.html: out of luck')
  })

  it('names where to look when it ends without a word', async () => {
    const code = "parentPort.on('message', () => process.exit(3))"
    await expect(read(code, 3)).rejects.toThrow(
      /0\.html or one of the 2 after it: reading it failed: the thread ended with code 3/,
    )
    await expect(read(code, 1)).rejects.toThrow(/0\.html: reading it failed/)
  })

  it('tells what it died of, in the batches after it too', async () => {
    const code = "parentPort.on('message', () => { throw new Error('no such luck') })"
    await expect(read(code, 500)).rejects.toThrow(/0\.html .* failed: no such luck/)
  })
})

describe('batches', () => {
  const place = (bytes: number): PagePlace => ({ path: '', id: '', bytes })

  it('hold all pages in order, each at most 256 KB unless a page is larger', () => {
    const sizes = [200_000, 60_000, 3_000, 900_000, 1, 2]
    const batches = batchesOf(sizes.map(place))
    expect(batches.map((batch) => batch.map(({ bytes }) => bytes))).toEqual([
      [200_000, 60_000],
      [3_000],
      [900_000],
      [1, 2],
    ])
    expect(batchesOf(Array.from({ length: 130 }, () => place(0))).map((b) => b.length)).toEqual([
      64, 64, 2,
    ])
    expect(batchesOf([])).toEqual([])
  })

  it('are not worth a thread in a small site', () => {
    expect(threadsFor(100_000)).toBe(0)
  })
})
