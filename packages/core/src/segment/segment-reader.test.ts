import { describe, expect, it } from 'vitest'
import { crc32 } from '../bytes/crc32.js'
import { memorySource } from './byte-source.js'
import {
  FORMAT_VERSION,
  HEADER_BYTES,
  OLDEST_READABLE,
  SECTION_ALIGNMENT,
  Section,
} from './format.js'
import { SegmentReader } from './segment-reader.js'
import { writeSegment } from './segment-writer.js'

const contents = new Map([
  [Section.metadata, Uint8Array.of(1, 2, 3)],
  [Section.lengths, new Uint8Array(0)],
  [Section.texts, new Uint8Array(1000).fill(7)],
])
const file = writeSegment(contents)
const open = (bytes: Uint8Array) => new SegmentReader(memorySource(bytes), 0)

/** The same file with two versions put in and its header checksum made right again. */
function withVersions(version: number, oldest: number): Uint8Array {
  const bytes = file.slice()
  const view = new DataView(bytes.buffer)
  view.setUint16(8, version, true)
  view.setUint16(10, oldest, true)
  view.setUint32(HEADER_BYTES - 4, crc32(bytes.subarray(0, HEADER_BYTES - 4)), true)
  return bytes
}

describe('a container', () => {
  it('gives back its sections, each aligned', () => {
    const segment = open(file)
    segment.verify()
    for (const [id, bytes] of contents) expect(segment.section(id)).toEqual(bytes)
    expect(segment.sections.map(({ offset }) => offset % SECTION_ALIGNMENT)).toEqual([0, 0, 0])
    expect([segment.version, segment.oldestReadable]).toEqual([FORMAT_VERSION, OLDEST_READABLE])
  })

  it('hands out views, not copies', () => {
    expect(open(file).section(Section.texts).buffer).toBe(file.buffer)
  })

  it('reads sections that it does not know past them', () => {
    const more = new Map<string, Uint8Array>([['XTRA', Uint8Array.of(9)], ...contents])
    const segment = open(writeSegment(more as typeof contents))
    expect(segment.section(Section.metadata)).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('names a section that is missing', () => {
    expect(() => open(file).section(Section.terms)).toThrow('section TERM is missing')
  })

  it('names a section whose bytes changed', () => {
    const bytes = file.slice()
    bytes[bytes.length - 1]! ^= 1
    expect(() => open(bytes).section(Section.texts)).toThrow('section TEXT has checksum 0x')
  })
})

describe('what is no index of ours', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)
  it.each([
    ['a PNG', png, 'NOT_AN_INDEX'],
    ['nothing', new Uint8Array(0), 'NOT_AN_INDEX'],
    ['text', new TextEncoder().encode('洛阳市法治政府建设年度报告'.repeat(9)), 'NOT_AN_INDEX'],
    ['half of the magic', file.slice(0, 4), 'TRUNCATED'],
    ['half of the header', file.slice(0, 20), 'TRUNCATED'],
    ['a file without its end', file.slice(0, -1), 'TRUNCATED'],
    ['a file with something behind it', Uint8Array.of(...file, 0), 'CORRUPT'],
    ['a file with line ends converted', fileWithUnixLineEnds(), 'NOT_AN_INDEX'],
    ['a file of the next version that says so', withVersions(2, 2), 'TOO_NEW'],
    ['a file of an old version', withVersions(0, 0), 'TOO_OLD'],
  ])('is told apart: %s', (_, bytes, code) => {
    expect(() => open(bytes)).toThrow(expect.objectContaining({ name: 'IndexError', code }))
  })

  it('does not include a newer version that this one can read', () => {
    expect(open(withVersions(FORMAT_VERSION + 1, FORMAT_VERSION)).version).toBe(FORMAT_VERSION + 1)
  })

  it('is refused with a message that says what to do', () => {
    expect(() => open(withVersions(9, 9))).toThrow(/format 9.*up to 1.*Update Wenxun/)
    expect(() => open(file.slice(0, 100))).toThrow(`100 of ${file.length} bytes`)
  })
})

function fileWithUnixLineEnds(): Uint8Array {
  return Uint8Array.from([...file].filter((byte) => byte !== 0x0d))
}
