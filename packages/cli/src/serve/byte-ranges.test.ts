import { expect, it } from 'vitest'
import { type RangeAnswer, rangeAnswer } from './byte-ranges.js'

const FILE = 'abcdefghijklmnopqrstuvwxyz'
const answer = (header: string | undefined) => rangeAnswer(header, FILE.length, 'text/plain')

/** The body as it is sent, with a name for the mark between parts. */
function bodyOf({ body, headers }: RangeAnswer): string {
  const mark = /boundary=(\S+)/.exec(headers['Content-Type']!)?.[1] ?? 'none'
  const text = body
    .map((part) => (typeof part === 'string' ? part : FILE.slice(part.start, part.end)))
    .join('')
  expect(headers['Content-Length']).toBe(String(text.length))
  return text.replaceAll(mark, 'MARK')
}

it.each([
  ['bytes=0-1', 'ab', 'bytes 0-1/26'],
  ['bytes=24-', 'yz', 'bytes 24-25/26'],
  ['bytes=-2', 'yz', 'bytes 24-25/26'],
  ['bytes=-99', FILE, 'bytes 0-25/26'],
  ['bytes=25-99', 'z', 'bytes 25-25/26'],
  ['bytes=3-3, 26-30', 'd', 'bytes 3-3/26'],
])('%s is one range, sent as it is', (header, text, range) => {
  const found = answer(header)!
  expect(found.status).toBe(206)
  expect(found.headers).toMatchObject({ 'Content-Type': 'text/plain', 'Content-Range': range })
  expect(bodyOf(found)).toBe(text)
})

it('sends several ranges as parts with heads of their own', () => {
  const found = answer('bytes=0-1, 4-4,-1')!
  expect(found.status).toBe(206)
  expect(found.headers['Content-Range']).toBeUndefined()
  const part = (range: string, text: string) =>
    `\r\n--MARK\r\nContent-Type: text/plain\r\nContent-Range: bytes ${range}/26\r\n\r\n${text}`
  expect(bodyOf(found)).toBe(
    `${part('0-1', 'ab')}${part('4-4', 'e')}${part('25-25', 'z')}\r\n--MARK--\r\n`,
  )
})

it('says how long the file is where all ranges are outside of it', () => {
  expect(answer('bytes=26-27,99-')).toEqual({
    status: 416,
    headers: { 'Content-Range': 'bytes */26' },
    body: [],
  })
})

it.each([
  undefined,
  '',
  'bytes=',
  'bytes=-',
  'bytes=a-b',
  'bytes=5-4',
  'bytes=1-2;4-5',
  'lines=1-2',
  // More than the file has, and more than anybody needs.
  'bytes=0-20,0-20',
  `bytes=${Array.from({ length: 201 }, () => '1-1').join()}`,
])('%j asks for the whole file', (header) => {
  expect(answer(header)).toBe(null)
})
