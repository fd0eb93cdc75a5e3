/** `wenxun serve`: an index over HTTP gives what the command line gives, and nothing else. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type HitJson,
  root,
  type SearchJson,
  search,
  useFolder,
  useSeedIndex,
  wenxun,
} from './wenxun.js'

const index = useSeedIndex()
const inFolder = useFolder()
const running: ChildProcess[] = []
afterAll(() => {
  for (const process of running) process.kill('SIGKILL')
})

interface Serving {
  readonly url: string
  readonly process: ChildProcess
}

async function serve(path: string, ...options: string[]): Promise<Serving> {
  const program = join(root, 'packages/cli/bin/wenxun.js')
  const args = [program, 'serve', path, '--port', '0', '--json', ...options]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return { url: JSON.parse(line.toString()).url, process: child }
}

interface ApiAnswer extends SearchJson {
  readonly hits: readonly (HitJson & {
    readonly snippet: readonly { readonly text: string; readonly hit: boolean }[]
    readonly snippet_start: number
  })[]
  readonly groups: readonly number[]
  readonly error: { readonly code: string; readonly message: string }
}

interface Raw {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request as it stands, without what `fetch` would put right. */
function raw(url: string, path: string, headers = {}, method = 'GET'): Promise<Raw> {
  const { port } = new URL(url)
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers, method, agent: false }
    const sent = request(options, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (piece) => {
        body += piece
      })
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('an index', () => {
  let serving: Serving
  beforeAll(async () => {
    serving = await serve(index.path)
  })
  const ask = async (parameters: string) => {
    const response = await fetch(`${serving.url}api/search?${parameters}`)
    return { status: response.status, answer: (await response.json()) as ApiAnswer }
  }

  it.each([
    ['一网通办', '', []],
    ['楓橋經驗', '&n=3&offset=1', ['-n', '3', '--offset', '1']],
    [
      '行政复议',
      '&filter=city%3D洛阳市&facets=year,city',
      ['--filter', 'city=洛阳市', '--facets', 'year,city'],
    ],
    ['fazhizhengfu', '&pinyin=0&sort=date:desc', ['--no-pinyin', '--sort', 'date:desc']],
  ])('answers %s%s as the command line does', async (query, parameters, flags) => {
    const { answer } = await ask(`q=${encodeURIComponent(query)}${parameters}`)
    const { took_ms, hits, ...rest } = answer
    const { took_ms: _, hits: expected, ...others } = search(index.path, query, ...flags)
    expect(took_ms).toBeGreaterThanOrEqual(0)
    expect(rest).toEqual(others)
    for (const { snippet, snippet_start: start, text } of hits) {
      const shown = snippet.map((part) => part.text).join('')
      expect(text.slice(start, start + shown.length)).toBe(shown)
    }
    const plain = hits.map(({ snippet, snippet_start, ...hit }) => hit)
    expect(plain).toEqual(expected)
  })

  it('keeps the hits of a document together when asked to', async () => {
    const { answer } = await ask('q=行政执法&group=document&group_size=2&n=3')
    expect(answer.groups).toHaveLength(3)
    expect(answer.groups.reduce((sum, size) => sum + size, 0)).toBe(answer.hits.length)
    const ids = answer.hits.map((hit) => hit.document.id)
    expect(new Set(ids).size).toBe(3)
  })

  it.each([
    ['', /^q: /],
    ['q=', /^q: /],
    ['q=a&n=1000', /^n: /],
    ['q=a&offset=-1', /^offset: /],
    ['q=a&filter=x', /^filter: /],
    ['q=a&facets=none', /no field "none"/],
    ['q=a&sort=none:asc', /no field "none"/],
    ['q=a&limit=1', /no parameter "limit"/],
  ])('says what is wrong with %s', async (parameters, message) => {
    const { status, answer } = await ask(parameters)
    expect(status).toBe(400)
    expect(answer.error.message).toMatch(message)
  })

  it('takes questions of up to 1,000 characters', async () => {
    expect((await ask(`q=${'字'.repeat(1000)}`)).status).toBe(200)
    expect((await ask(`q=${'字'.repeat(1001)}`)).answer.error.message).toMatch(/at most 1000/)
  })

  it('has a page under a policy that lets nothing else in', async () => {
    const { headers, body } = await raw(serving.url, '/')
    const policy = headers['content-security-policy']
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(body).toContain('<wenxun-search')
    const parts = [...body.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!)
    expect(parts).toEqual(['/serve.css', '/serve.js'])
    const box = (await raw(serving.url, '/wenxun-search.js')).body
    const [core] = /wenxun-core-[0-9a-f]{8}\.js/.exec(box) ?? []
    for (const path of [...parts, '/wenxun-search.js', `/${core}`]) {
      expect((await raw(serving.url, path)).status).toBe(200)
    }
    expect((await raw(serving.url, '/wenxun-other-00000000.js')).status).toBe(404)
  })

  it('answers nothing but that', async () => {
    const statusOf = async (path: string, headers = {}, method = 'GET') =>
      (await raw(serving.url, path, headers, method)).status
    expect(await statusOf('/', { host: 'evil.example' })).toBe(421)
    expect(await statusOf('/', {}, 'POST')).toBe(405)
    expect(await statusOf('/../package.json')).toBe(400)
    expect(await statusOf('/%2e%2e/package.json')).toBe(400)
    expect(await statusOf('/package.json')).toBe(404)
    expect(await statusOf(`/?${'x'.repeat(13_000)}`)).toBe(414)
  })

  it('ends with 0 when asked to, though a visitor keeps a connection', async () => {
    await fetch(serving.url)
    const ended = once(serving.process, 'exit')
    serving.process.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await expect(fetch(serving.url)).rejects.toThrow()
  })
})

it('a live index is served as it was committed last', async () => {
  const live = inFolder('live')
  for (const text of ['一网通办', '府院联动']) writeFileSync(inFolder(`${text}.txt`), text)
  expect(wenxun(['add', live, inFolder('一网通办.txt')]).code).toBe(0)
  const { url } = await serve(live)
  const totalOf = async (query: string) => {
    // On a connection of its own: the server may have closed an idle one while `add` ran.
    const { body } = await raw(url, `/api/search?q=${encodeURIComponent(query)}`)
    return (JSON.parse(body) as ApiAnswer).total
  }
  expect([await totalOf('一网通办'), await totalOf('府院联动')]).toEqual([1, 0])
  expect(wenxun(['add', live, inFolder('府院联动.txt')]).code).toBe(0)
  expect([await totalOf('一网通办'), await totalOf('府院联动')]).toEqual([1, 1])
})

describe('a folder', () => {
  it('is served as a static host would, what is outside of it is not', async () => {
    mkdirSync(inFolder('site/a'), { recursive: true })
    mkdirSync(inFolder('site-secret'))
    writeFileSync(inFolder('site-secret/x.txt'), 'secret')
    writeFileSync(inFolder('site/index.html'), '<p>首页')
    writeFileSync(inFolder('site/a/index.html'), '<p>甲')
    writeFileSync(inFolder('site/法 治.html'), '<p>乙')
    writeFileSync(inFolder('site/.env'), 'secret')
    writeFileSync(inFolder('site/ab.wx'), 'x')
    const { url, process } = await serve(inFolder('site'))
    const get = (path: string, headers = {}) => raw(url, path, headers)
    expect(await get('/')).toMatchObject({ status: 200, body: '<p>首页' })
    expect(await get('/a/')).toMatchObject({ status: 200, body: '<p>甲' })
    expect(await get(encodeURI('/法 治.html'))).toMatchObject({ status: 200, body: '<p>乙' })
    expect((await get('/ab.wx')).headers['content-type']).toBe('application/octet-stream')
    writeFileSync(inFolder('site/ab.wx'), 'abcdef')
    const ranges = await get('/ab.wx', { range: 'bytes=0-1,4-4' })
    expect(ranges).toMatchObject({ status: 206, headers: { server: 'wenxun' } })
    expect(ranges.headers['content-type']).toMatch(/^multipart\/byteranges; boundary=/)
    expect(ranges.body).toMatch(/bytes 0-1\/6\r\n\r\nab\r\n[\s\S]*bytes 4-4\/6\r\n\r\ne\r\n/)
    expect(ranges.headers['content-length']).toBe(String(ranges.body.length))
    expect((await get('/ab.wx', { range: 'bytes=9-9,7-8' })).status).toBe(416)
    expect(await get('/ab.wx', { range: 'bytes=2-3' })).toMatchObject({ status: 206, body: 'cd' })
    expect((await get('/none.wx', { range: 'bytes=0-1,4-4' })).status).toBe(404)
    for (const path of [
      '/../site-secret/x.txt',
      '/..%2fsite-secret/x.txt',
      '/a/../../site-secret/x.txt',
      '/.env',
      '/none',
      '/a\\..\\..\\x',
    ]) {
      const { status, body } = await get(path)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(JSON.parse(body).error.message).toMatch(/^[A-Z]/)
    }
    expect((await get('/', { host: 'evil.example' })).status).toBe(421)
    // A page written later is there at once.
    writeFileSync(inFolder('site/new.html'), '<p>新')
    expect(await get('/new.html')).toMatchObject({ status: 200, body: '<p>新' })
    const ended = once(process, 'exit')
    process.kill('SIGINT')
    expect(await ended).toEqual([0, null])
  })
})

it.each([
  [['serve', 'none.wx'], /none\.wx: no such file/],
  [['serve', 'PATH', '--port', '99999'], /at most 65535/],
  [['serve', 'PATH', '--host', 'no.such.host.invalid'], /no such host name/],
])('%j is refused', (args, message) => {
  const { code, stderr } = wenxun(args.map((arg) => (arg === 'PATH' ? index.path : arg)))
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
})
