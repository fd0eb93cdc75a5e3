import { Folder } from '@wenxun/tokenizer/scan'
import { describe, expect, it } from 'vitest'
import { analyzer } from '../../../../test/support/notation.js'
import { IndexBuilder } from '../build/index-builder.js'
import { memorySource } from '../segment/byte-source.js'
import { OpenedSegment } from './opened-segment.js'
import { SearchIndex } from './search-index.js'

function build(): Uint8Array {
  const builder = new IndexBuilder({ analyzer })
  for (let i = 0; i < 400; i++) {
    const text = `第${i}条 行政机关应当依法公开${'政府信息'.repeat(1 + (i % 7))}，不得拒绝${i * 37}。`
    builder.add({ id: `d${i}`, title: `条例${i}`, paragraphs: [{ text }] })
  }
  return builder.finish()
}

describe('a segment that was warmed up', () => {
  const bytes = build()
  const answers = (segment: OpenedSegment) => {
    const index = new SearchIndex(segment)
    const ask = (query: string) =>
      index.search(query).hits.map(({ document, score, text }) => [document.id, score, text])
    return ['政府信息', '依法公开', '条例7', '第37条', '"不得拒绝"'].map(ask)
  }

  it('has read all that it keeps, and answers the same', () => {
    let reads = 0
    const source = memorySource(bytes)
    const counting = {
      ...source,
      read: (start: number, end: number) => {
        reads++
        return source.read(start, end)
      },
    }
    const warm = new OpenedSegment(counting, {}, Folder)
    const opened = reads
    let pieces = 0
    for (const _ of warm.warm()) pieces++
    expect(pieces).toBeGreaterThan(3)
    expect(reads).toBe(opened + pieces)
    for (const _ of warm.warm()) pieces++
    // The pieces are still there.
    expect(reads).toBe(opened + pieces / 2)
    expect(answers(warm)).toEqual(answers(new OpenedSegment(memorySource(bytes), {}, Folder)))
  })
})
