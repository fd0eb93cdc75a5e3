/** Hosts that answer several ranges, one, none, or something else: a search finds the same. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeBundle } from '@wenxun/core/build'
import { afterEach, describe, expect, it } from 'vitest'
import { type RangeAnswer, rangeAnswer } from '../../packages/cli/src/serve/byte-ranges.js'
import { openBundle } from '../../packages/ui/src/remote-index.js'
import { plain } from '../support/bundle-host.js'
import { build } from '../support/notation.js'
import { openSeeds } from '../support/seeds.js'

const QUERIES = ['法治政府建设', '行政复议 公开', '依法行政 监督 渔业', '优化营商环境']
const { documents, index } = await openSeeds()
const BUNDLE = writeBundle(build(documents), { singleFileBytes: 0, pieceBytes: 400 })
const local = new Map(QUERIES.map((query) => [query, plain(index.search(query))]))

interface Host {
  readonly headers: Readonly<Record<string, string>>
  /** What becomes of an answer to several ranges; null sends the whole file. */
  readonly several: (
    answer: RangeAnswer,
    body: Buffer,
  ) => [number, RangeAnswer['headers'], Uint8Array] | null
  readonly one?: boolean
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** Serves the bundle; notes the number of ranges of every request for a part of it. */
async function start({ headers, several, one = true }: Host) {
  const asked: number[] = []
  let sent = 0
  const server = createServer((request, response) => {
    const file = Buffer.from(BUNDLE.get(request.url!.slice(1))!)
    const { range } = request.headers
    const ranges = range?.split(',').length ?? 0
    if (ranges > 0) asked.push(ranges)
    const answer = ranges > 1 || one ? rangeAnswer(range, file.length, 'x/y') : null
    const parts = answer?.body.map((part) =>
      typeof part === 'string' ? Buffer.from(part) : file.subarray(part.start, part.end),
    )
    const whole = [200, {}, file] as const
    const body = Buffer.concat(parts ?? [])
    const usual = answer === null ? whole : ([answer.status, answer.headers, body] as const)
    const [status, more, bytes] = ranges > 1 ? (several(answer!, body) ?? whole) : usual
    sent += bytes.length
    for (const [name, value] of Object.entries({ ...headers, ...more })) {
      response.setHeader(name, value)
    }
    response.setHeader('content-length', bytes.length)
    response.statusCode = status
    response.end(bytes)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return { source: `http://localhost:${port}/`, asked, bytes: () => sent }
}

async function expectSameHits(host: Host) {
  const started = await start(host)
  const opened = await openBundle(started.source)
  for (const query of QUERIES) {
    expect(plain(await opened.search(query, {})), query).toEqual(local.get(query))
  }
  return { ...started, most: Math.max(...started.asked) }
}

const NGINX = { server: 'nginx/1.27.0' }
const asItIs: Host['several'] = ({ status, headers }, body) => [status, headers, body]

describe('a host', () => {
  it.each(['nginx', 'nginx/1.27.0', 'Apache/2.4.62 (Debian)', 'Caddy', 'Microsoft-IIS/10.0'])(
    'that calls itself %s is asked for several ranges',
    async (name) => {
      const { asked, most } = await expectSameHits({ headers: { server: name }, several: asItIs })
      expect(most).toBeGreaterThan(2)
      const single = await expectSameHits({ headers: {}, several: asItIs })
      expect(asked.length).toBeLessThan(single.asked.length)
    },
  )

  it.each<[string, Record<string, string>]>([
    ['says nothing of itself', {}],
    ['is an object store', { server: 'AmazonS3' }],
    ['stands behind a cache', { ...NGINX, via: '1.1 varnish' }],
  ])('that %s is asked for one range at a time', async (_, headers) => {
    expect((await expectSameHits({ headers, several: asItIs })).most).toBe(1)
  })

  it.each<[string, Host['several']]>([
    ['the whole file', () => null],
    ['an error', () => [416, {}, Buffer.from('no')]],
    ['a page', () => [200, { 'content-type': 'text/html' }, Buffer.from('<!doctype html>')]],
    ['nothing', ({ status, headers }) => [status, headers, Buffer.alloc(0)]],
    [
      'the first range',
      (_, body) => {
        const [, range = '', first, last] =
          /content-range: (bytes (\d+)-(\d+)\S+)/i.exec(body.toString('latin1')) ?? []
        const from = body.indexOf('\r\n\r\n') + 4
        const bytes = body.subarray(from, from + Number(last) + 1 - Number(first))
        return [206, { 'content-range': range }, bytes]
      },
    ],
    [
      'parts that are cut off',
      ({ headers }, body) => [206, headers, body.subarray(0, body.length >> 1)],
    ],
    [
      'other bytes',
      ({ headers }, body) => [206, headers, body.map((byte) => (byte > 0x7f ? byte ^ 1 : byte))],
    ],
    [
      'parts of other places',
      ({ headers }, body) => {
        const text = body.toString('latin1').replace(/bytes (\d)/g, 'bytes 1$1')
        return [206, headers, Buffer.from(text, 'latin1')]
      },
    ],
  ])('that answers several ranges with %s is asked for them once', async (_, several) => {
    const { asked } = await expectSameHits({ headers: NGINX, several })
    const attempts = asked.flatMap((ranges, i) => (ranges > 1 ? [i] : []))
    expect(attempts.length).toBeGreaterThan(0)
    // Those of one round start together.
    expect(attempts.at(-1)! - attempts[0]!).toBeLessThan(10)
  })

  it('that knows no ranges sends every pack once', async () => {
    const { bytes } = await expectSameHits({ headers: NGINX, several: () => null, one: false })
    const all = [...BUNDLE.values()].reduce((sum, file) => sum + file.length, 0)
    expect(bytes()).toBeLessThan(all * 2)
  })
})
