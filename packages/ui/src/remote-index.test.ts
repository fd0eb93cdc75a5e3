import { afterEach, expect, it, vi } from 'vitest'
import { fetchShard } from './remote-index.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Answers by name, and notes what was asked for and how. */
function host(files: Record<string, string>) {
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
