import { expect, it } from 'vitest'
import { loadRanges } from './byte-ranges.js'

const FILE = Uint8Array.from({ length: 300 }, (_, i) => i)
const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)
const bytesOf = (latin1: string) => Uint8Array.from(latin1, (unit) => unit.charCodeAt(0) & 0xff)
const NGINX = new Response('', { headers: { server: 'nginx' } })
const RANGES = [
  { start: 10, end: 13 },
  { start: 100, end: 102 },
  { start: 250, end: 256 },
]
const WANTED = RANGES.map(({ start, end }) => [...FILE.subarray(start, end)])

const part = (start: number, end: number, head = 'Content-Type: application/octet-stream\r\n') =>
  `\r\n--mark\r\n${head}Content-Range: bytes ${start}-${end - 1}/300\r\n\r\n${text(FILE.subarray(start, end))}`
const END = '\r\n--mark--\r\n'

async function read(body: string, headers: Record<string, string> = {}, status = 206) {
  const type = { 'content-type': 'multipart/byteranges; boundary=mark' }
  const response = new Response(bytesOf(body), { status, headers: { ...type, ...headers } })
  const found = await loadRanges(async () => response, RANGES, NGINX)
  return RANGES.map((_, i) => found[i] && [...found[i]])
}

it.each([
  ['in order', part(10, 13) + part(100, 102) + part(250, 256) + END],
  ['in another order', part(250, 256) + part(10, 13) + part(100, 102) + END],
  ['put together', part(10, 102) + part(250, 256) + END],
  ['with more than was asked for', part(0, 20) + part(99, 300) + END],
  ['twice', part(10, 13) + part(10, 13) + part(100, 102) + part(250, 256) + END],
  ['after a preamble', `Hello.${part(10, 13)}${part(100, 102)}${part(250, 256)}${END}`],
  ['with other heads', part(10, 13, '') + part(100, 102, 'X-A: b\r\n') + part(250, 256) + END],
  ['without an end', part(10, 13) + part(100, 102) + part(250, 256)],
])('takes parts that come %s', async (_, body) => {
  expect(await read(body)).toEqual(WANTED)
})

const type = (value: string) => `Content-Type: ${value}\r\n`
const ranged = (range: string, name = 'Content-Range') => `${name}: bytes ${range}/300\r\n`
const BYTES = RANGES.map(({ start, end }) => text(FILE.subarray(start, end)))

// Answers to the same request (test/site/real-servers.test.ts asks such servers where they are).
it.each([
  [
    'nginx/1.22.1',
    '00000000000000000001',
    '\r\n',
    (range: string) => type('text/plain') + ranged(range),
  ],
  [
    'Apache/2.4.71 (Debian)',
    'd0ea991458023519',
    '\r\n',
    (range: string) => ranged(range, 'Content-range'),
  ],
  [
    'Caddy',
    'c2945ff813ea4407d785fde4172ac0863b55721fa003aeea6491103dbde5',
    '',
    (range: string) => ranged(range) + type(''),
  ],
  [
    'lighttpd/1.4.69',
    'fkj49sn38dcn3',
    '',
    (range: string) => type('application/octet-stream') + ranged(range),
  ],
])('takes what %s sends', async (server, mark, start, head) => {
  const parts = ['10-12', '100-101', '250-255'].map((range, i) => `${head(range)}\r\n${BYTES[i]}`)
  const body = `${start}--${mark}\r\n${parts.join(`\r\n--${mark}\r\n`)}\r\n--${mark}--\r\n`
  const headers = { server, 'content-type': `multipart/byteranges; boundary=${mark}` }
  const answer = () => new Response(bytesOf(body), { status: 206, headers })
  const found = await loadRanges(async () => answer(), RANGES, answer())
  expect(found.map((bytes) => bytes && [...bytes])).toEqual(WANTED)
})

it('takes names of headers in any case', async () => {
  const body = part(10, 13) + part(100, 102) + part(250, 256) + END
  expect(await read(body.replaceAll('Content-Range', 'content-RANGE'))).toEqual(WANTED)
})

it('looks for nothing in the bytes of a part', async () => {
  const file = bytesOf(`${'x'.repeat(10)}\r\n--mark\r\nContent-Range: bytes 100-101/300\r\n\r\n!!`)
  const head = `\r\n--mark\r\nContent-Range: bytes 0-${file.length - 1}/300\r\n\r\n`
  const [found, none] = await read(head + text(file) + END)
  expect(found).toEqual([...file.subarray(10, 13)])
  expect(none).toBe(undefined)
})

it('takes what it has where parts are missing, or only one range comes', async () => {
  expect(await read(part(100, 102) + END)).toEqual([undefined, WANTED[1], undefined])
  const only = { 'content-type': 'application/octet-stream', 'content-range': 'bytes 0-199/300' }
  expect(await read(text(FILE.subarray(0, 200)), only)).toEqual([WANTED[0], WANTED[1], undefined])
})

it.each([
  ['nothing', ''],
  ['no parts', 'x'.repeat(1000)],
  ['a part that is cut off', part(10, 13).slice(0, -1)],
  ['a head that is cut off', part(10, 13).slice(0, -6)],
  [
    'a head that does not end',
    `\r\n--mark\r\nContent-Range: bytes 10-12/300\r\n${'x'.repeat(500)}`,
  ],
  ['a range that ends before it starts', part(13, 10)],
  ['a range beyond all numbers', `\nContent-Range: bytes 0-${'9'.repeat(400)}\r\n\r\nabc`],
  ['a range that starts there', `\nContent-Range: bytes ${'9'.repeat(400)}-1\r\n\r\nabc`],
  ['another unit', part(10, 13).replace('bytes', 'lines')],
  ['a negative range', part(10, 13).replace('10-12', '-10-12')],
])('finds nothing in %s', async (_, body) => {
  expect(await read(body)).toEqual([undefined, undefined, undefined])
})

it.each([
  ['heads without an end', '\nContent-Range: bytes 0-1'],
  ['heads of nothing', '\nContent-Range: bytes 5-4\r\n\r\n'],
  ['line ends', '\r\n'],
  ['the smallest parts', '\nContent-Range: bytes 0-0\r\n\r\nx'],
])('reads a megabyte of %s in one go', async (_, unit) => {
  const started = performance.now()
  await read(unit.repeat(1_000_000 / unit.length))
  expect(performance.now() - started).toBeLessThan(2000)
})

it('does not load a whole file', async () => {
  let isGivenUp = false
  const body = new ReadableStream({
    pull: (control) => control.enqueue(new Uint8Array(1000)),
    cancel: () => {
      isGivenUp = true
    },
  })
  expect(await loadRanges(async () => new Response(body), RANGES, NGINX)).toEqual([])
  expect(isGivenUp).toBe(true)
})
