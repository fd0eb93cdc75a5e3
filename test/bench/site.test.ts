/** What bench/site.ts counts, on a bundle of three files and on answers made by hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Page, pageText, sitePages } from '../../bench/site/pages.js'
import { siteQueries } from '../../bench/site/queries.js'
import { CountingServer } from '../../bench/site/server.js'
import { qualityOf } from '../../bench/site/tables.js'
import { openSeeds } from '../support/seeds.js'

const script = `export const words = ${JSON.stringify(Array.from({ length: 200 }, (_, i) => `词${i}`))}`
const data = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251))

describe('the byte-counting server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wenxun-server-'))
  let server: CountingServer

  beforeAll(async () => {
    writeFileSync(join(folder, 'search.js'), script)
    writeFileSync(join(folder, 'pack.wx'), data)
    writeFileSync(join(folder, 'manifest.json'), '{}')
    server = await CountingServer.start(folder, '<!doctype html>')
  })

  afterAll(() => {
    server.stop()
    rmSync(folder, { recursive: true })
  })

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.origin}${path}`, { headers })
    return { response, body: Buffer.from(await response.arrayBuffer()) }
  }

  it('counts text as it is compressed and everything else as it lies on disk', async () => {
    server.take()
    expect((await get('/search.js')).body.toString()).toBe(script)
    expect((await get('/pack.wx')).body).toEqual(data)
    expect(server.take()).toEqual([
      { path: '/search.js', status: 200, bytes: gzipSync(script, { level: 6 }).length },
      { path: '/pack.wx', status: 200, bytes: data.length },
    ])
    expect(server.take()).toEqual([])
  })

  it('counts a request but no bytes for what the client still has', async () => {
    const { response } = await get('/manifest.json')
    const etag = response.headers.get('etag')!
    server.take()
    await get('/manifest.json', { 'if-none-match': etag })
    expect(server.take()).toEqual([{ path: '/manifest.json', status: 304, bytes: 0 }])
  })

  it('counts the bytes of a range, and files that are not there', async () => {
    server.take()
    expect((await get('/pack.wx', { range: 'bytes=10-19' })).body).toEqual(data.subarray(10, 20))
    await get('/missing.wx')
    expect(server.take()).toEqual([
      { path: '/pack.wx', status: 206, bytes: 10 },
      { path: '/missing.wx', status: 404, bytes: 0 },
    ])
  })

  it('answers several ranges, with the heads of the parts counted, or as hosts that do not', async () => {
    const ask = async (host: 'several' | 'one' | 'none', range: string) => {
      const other = await CountingServer.start(folder, '', host)
      const response = await fetch(`${other.origin}/pack.wx`, { headers: { range } })
      const { length } = new Uint8Array(await response.arrayBuffer())
      const [sent] = other.take()
      other.stop()
      expect(sent).toEqual({ path: '/pack.wx', status: response.status, bytes: length })
      return { status: response.status, length, type: response.headers.get('content-type') }
    }
    const several = 'bytes=10-19,30-39'
    const parts = await ask('several', several)
    expect(parts).toMatchObject({ status: 206, type: expect.stringMatching(/^multipart/) })
    expect(parts.length).toBeGreaterThan(200)
    expect(await ask('one', several)).toMatchObject({ status: 200, length: data.length })
    expect(await ask('one', 'bytes=10-19')).toMatchObject({ status: 206, length: 10 })
    expect(await ask('none', 'bytes=10-19')).toMatchObject({ status: 200, length: data.length })
  })

  it('does not count the page that the visitor opens', async () => {
    server.take()
    await get('/')
    expect(server.take()).toEqual([])
  })
})

describe('the quality of an answer', () => {
  const query = (truth: string[] | null) =>
    ({ kind: 'clause', text: '', source: 'a', truth: truth && new Set(truth) }) as const
  const visit = (found: string[]) =>
    ({ found, milliseconds: 1, requests: 1, bytes: 1, codeBytes: 0, failure: null }) as const

  it('asks of the first places only as many as there are right pages', () => {
    const { precision } = qualityOf(query(['a', 'b']), visit(['b', 'x', 'a']))
    expect(precision).toBe(0.5)
    expect(qualityOf(query(['a', 'b']), visit(['b', 'a', 'x'])).precision).toBe(1)
  })

  it('counts places that stay empty as wrong', () => {
    expect(qualityOf(query(['a', 'b', 'c', 'd']), visit(['a'])).precision).toBe(0.25)
  })

  it('has no precision without a literal truth', () => {
    const quality = qualityOf(query(null), visit([]))
    expect(quality).toEqual({ sourceFound: false, precision: null, isEmpty: true })
  })
})

describe('the queries of a site', () => {
  it('come from their source pages, and literal ones stand there', async () => {
    const { documents } = await openSeeds()
    const pages: Page[] = sitePages('laws', documents)
    const textOf = new Map(pages.map((page) => [page.path, pageText(page)]))
    const queries = siteQueries(pages, 35)
    const literal = queries.filter(({ truth }) => truth !== null)
    expect(literal.length).toBeGreaterThan(5)
    for (const { text, source, truth } of literal) {
      expect(truth).toContain(source)
      for (const part of text.split(' ')) expect(textOf.get(source)).toContain(part)
    }
    expect(siteQueries(pages, 35)).toEqual(queries)
  })
})
