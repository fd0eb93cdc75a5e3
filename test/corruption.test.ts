/**
 * Broken files: an error with a code, or the right answer; never a crash, a hang or a wrong hit.
 * Forged content under right checksums, and a hundred thousand more: test/reliability.
 */

import { IndexError, type OpenOptions, openIndex } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import { HEADER_BYTES } from '../packages/core/src/segment/format.js'
import { build, documentsOf, LITERAL_ONLY } from './support/notation.js'
import { Random } from './support/random.js'

const documents = documentsOf(`
  a 《年度报告》 city=洛阳 level=3 date=2025-03: 一、总则 § 法治政府建设 | 行政复议 MCP管理
  b 《热线工作》 city=鄭州: 二〇二四年受理 12345 热线 | 楓橋經驗 𠮷野家
  c: ${'法治政府，'.repeat(100)} | ${Array.from({ length: 200 }, (_, i) => `第${i}条`).join(' | ')}
`)
const bytes = build(documents, LITERAL_ONLY)

const QUERIES = [
  '法治政府',
  '"枫桥经验"',
  '热线 city:洛阳',
  '第7条',
  '𠮷',
  'mcp',
  '报告 -复议',
  '法',
]

function answers(file: Uint8Array, options: OpenOptions): string {
  const index = openIndex(file, options)
  const found = QUERIES.map((query) => index.search(query, { limit: 40 }))
  const sorted = index.search('法治', { sort: 'date:desc', filter: { city: '洛阳' } })
  return JSON.stringify([found, sorted])
}

const expected = answers(bytes, {})

/** Opening checks every byte; or every byte is checked when it is read. */
const WAYS: readonly OpenOptions[] = [{ verify: true }, { verify: false }]

/** What a broken file gives: the name of an error, or `right`. Anything else fails the test. */
function outcome(file: Uint8Array, options: OpenOptions, what: string): string {
  try {
    if (answers(file, options) === expected) return 'right'
  } catch (error) {
    if (error instanceof IndexError) return error.code
    throw new Error(`${what}: not a clear error`, { cause: error })
  }
  return expect.fail(`${what}: wrong answers`)
}

describe('a flipped bit', () => {
  it.each(WAYS)('anywhere in the file is noticed or harmless (%o)', (options) => {
    const random = new Random(5)
    const counts = new Map<string, number>()
    let tried = 0
    // What is read without checking all of it first takes longer.
    for (let at = 0; at < bytes.length; at += options.verify ? 1 : random.int(1, 8)) {
      tried++
      const file = bytes.slice()
      file[at]! ^= 1 << random.int(0, 8)
      const found = outcome(file, options, `byte ${at}`)
      counts.set(found, (counts.get(found) ?? 0) + 1)
    }
    // Only padding, and parts that these queries do not read, may change without notice.
    if (options.verify) expect(counts.get('right') ?? 0).toBeLessThan(120)
    expect(counts.get('CORRUPT')).toBeGreaterThan(tried / 2)
  })

  it('is found by verify, whatever was read before', () => {
    const random = new Random(6)
    for (let at = HEADER_BYTES; at < bytes.length; at += random.int(1, 12)) {
      const file = bytes.slice()
      file[at]! ^= 1 << random.int(0, 8)
      const check = () => openIndex(file, { verify: false }).verify()
      if (isPadding(at)) expect(check).not.toThrow()
      else expect(check, `byte ${at}`).toThrow(IndexError)
    }
  })
})

describe('a flipped bit in an index with readings and regional words', () => {
  it('is noticed or harmless, at every hundredth byte', () => {
    const file = build([...documents, { id: 'd', paragraphs: [{ text: '银行的计算机软件' }] }])
    const queries = ['yinhang', '軟體', '法制政府']
    const ask = (damaged: Uint8Array) => {
      const index = openIndex(damaged, { verify: false })
      return JSON.stringify(queries.map((query) => index.search(query)))
    }
    const right = ask(file)
    expect(right).toContain('软件')
    for (let at = 50; at < file.length; at += 100) {
      const damaged = file.slice()
      damaged[at]! ^= 4
      let found = right
      try {
        found = ask(damaged)
      } catch (error) {
        expect(error, `byte ${at}`).toBeInstanceOf(IndexError)
      }
      expect(found, `byte ${at}`).toBe(right)
    }
  })
})

describe('a cut file', () => {
  it.each(WAYS)('is incomplete, wherever it was cut (%o)', (options) => {
    for (let length = 0; length < bytes.length; length++) {
      const code = outcome(bytes.subarray(0, length), options, `${length} bytes`)
      expect(code, `${length} bytes`).toBe(length === 0 ? 'NOT_AN_INDEX' : 'TRUNCATED')
    }
  })
})

describe('overwritten and moved bytes', () => {
  it.each(WAYS)('are noticed or harmless (%o)', (options) => {
    const random = new Random(7)
    for (let i = 0; i < 300; i++) {
      const file = bytes.slice()
      const from = random.int(8, bytes.length)
      const size = random.int(1, 600)
      const fill = random.pick(['zeros', 'ones', 'noise', 'shift'])
      if (fill === 'zeros') file.fill(0, from, from + size)
      else if (fill === 'ones') file.fill(255, from, from + size)
      else if (fill === 'shift') file.copyWithin(from, from + random.int(1, 40), bytes.length)
      else
        for (let at = from; at < Math.min(file.length, from + size); at++)
          file[at] = random.int(0, 256)
      outcome(file, options, `${fill} at ${from}, ${size} bytes, turn ${i}`)
    }
  })
})

/** Whether a byte lies behind the end of its section. */
function isPadding(at: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const count = view.getUint32(12, true)
  if (at < HEADER_BYTES + count * 32) return false
  for (let i = 0; i < count; i++) {
    const entry = HEADER_BYTES + i * 32
    const start = view.getUint32(entry + 8, true)
    if (at >= start && at < start + view.getUint32(entry + 16, true)) return false
  }
  return true
}
