import { writeBundle } from '@wenxun/core/build'
import { afterEach, expect, it, vi } from 'vitest'
import { build, documentsOf } from '../../../test/support/notation.js'
import { fetchShard, openBundle } from './remote-index.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Answers by name, and notes what was asked for and how. */
function host(files: Record<string, string | Uint8Array<ArrayBuffer>>) {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: URL, { cache }: { cache: string }) => {
    asked.push(`${url.href} ${cache}`)
    const file = files[url.pathname.split('/').at(-1)!]
    return Promise.resolve(new Response(file ?? 'gone', { status: file === undefined ? 404 : 200 }))
  })
  return asked
}

it('finds files in the folder, and asks anew only for the manifest', async () => {
  const asked = host({ 'wenxun.json': '{}', 'terms.5f3a.wx': 'terms' })
  for (const folder of ['https://example.org/docs/wenxun', 'https://example.org/docs/wenxun/']) {
    const load = fetchShard(folder)
    expect(new TextDecoder().decode(await load('terms.5f3a.wx'))).toBe('terms')
    await load('wenxun.json')
  }
  expect([...new Set(asked)]).toEqual([
    'https://example.org/docs/wenxun/terms.5f3a.wx force-cache',
    'https://example.org/docs/wenxun/wenxun.json no-cache',
  ])
})

it('asks for the manifest and what it names once, before it is waited for', async () => {
  const files = Object.fromEntries(writeBundle(build(documentsOf('a: 法治政府'))))
  const asked = host(files as Record<string, Uint8Array<ArrayBuffer>>)
  const opening = openBundle('https://example.org/wenxun/')
  expect(asked).toEqual(['https://example.org/wenxun/wenxun.json no-cache'])
  const index = await opening
  expect(asked.length).toBe(2)
  expect((await index.search('法治', {})).hits.length).toBe(1)
  expect(asked.length).toBe(2)
})

it('reports a manifest that is missing, or none', async () => {
  const asked = host({})
  await expect(openBundle('https://example.org/wenxun/')).rejects.toMatchObject({
    code: 'SHARD_UNAVAILABLE',
  })
  expect(asked.length).toBe(2)
  host({ 'wenxun.json': '<!doctype html>' })
  await expect(openBundle('https://example.org/wenxun/')).rejects.toMatchObject({
    code: 'NOT_AN_INDEX',
  })
})

it('says which file is missing, and does not believe a kept answer that it is', async () => {
  const files: Record<string, string> = {}
  const asked = host(files)
  const load = fetchShard('https://example.org/wenxun/')
  await expect(load('a.wx')).rejects.toThrow(
    'Expected the search file /wenxun/a.wx, found HTTP 404.',
  )
  files['a.wx'] = 'here again'
  await load('a.wx')
  await load('a.wx')
  expect(asked.map((line) => line.split(' ')[1])).toEqual(['force-cache', 'reload', 'force-cache'])
})

it('can be aborted', async () => {
  vi.stubGlobal('fetch', (_: URL, { signal }: { signal: AbortSignal }) => {
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  })
  const abort = new AbortController()
  const loading = fetchShard('https://example.org/wenxun/')('a.wx', abort.signal)
  abort.abort()
  await expect(loading).rejects.toThrow(/abort/i)
})

it('reads a file once that a host sends whole to several requests for ranges', async () => {
  const given: string[] = []
  let sent = 0
  vi.stubGlobal('fetch', (_: URL, { headers }: { headers: { range: string } }) => {
    const body = new ReadableStream({
      // Nothing is read before it is asked for.
      pull: (control) => {
        sent++
        control.enqueue(new Uint8Array(1000))
        control.close()
      },
      cancel: () => {
        given.push(headers.range)
      },
    })
    return Promise.resolve(new Response(body))
  })
  const load = fetchShard('https://example.org/wenxun/')
  const ranges = [0, 100, 200].map((start) => ({ start, end: start + 10 }))
  const found = await Promise.all(ranges.map((range) => load('a.wx', undefined, range)))
  expect(found.map(({ length }) => length)).toEqual([1000, 1000, 1000])
  expect(given.length).toBe(2)
  expect(sent).toBeLessThanOrEqual(3)
  // Not kept: the next one asks.
  expect((await load('a.wx', undefined, ranges[0])).length).toBe(1000)
  expect(given.length).toBe(2)
})
