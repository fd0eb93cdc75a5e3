import { Folder } from '@wenxun/tokenizer/scan'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzer } from '../../../../test/support/notation.js'
import { finished } from '../bytes/steps.js'
import { decodeCounts } from '../counts/index-counts.js'
import { OpenedSegment } from '../search/opened-segment.js'
import { memorySource } from '../segment/byte-source.js'
import { BuildTables } from './build-tables.js'
import { IndexBuilder } from './index-builder.js'

/** Texts with words, readings, astral characters and Latin, some of them several times. */
const texts = fc.array(
  fc.oneof(
    fc.constantFrom(
      '行政复议',
      '法治政府建设',
      '𠮷野家在洛阳',
      'TypeScript 5',
      '軟體與網路',
      '一二一二',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  ),
  { minLength: 1, maxLength: 12 },
)

const builderOf = (given: readonly string[], tables?: BuildTables) => {
  const builder = new IndexBuilder({ analyzer, mergeable: true, ...(tables && { tables }) })
  builder.add({ id: 'd', title: given[0]!, paragraphs: given.map((text) => ({ text })) })
  return builder
}

describe('tables that builders share', () => {
  it('give the index that tables of its own would', () => {
    const tables = new BuildTables(analyzer.segmenter.idLimit)
    fc.assert(
      fc.property(
        texts,
        texts,
        fc.constantFrom('finish', 'finishingCounts', 'nothing'),
        (a, b, end) => {
          const before = builderOf(a, tables)
          if (end === 'finish') before.finish()
          if (end === 'finishingCounts') finished(before.finishingCounts())
          expect(builderOf(b, tables).finish()).toEqual(builderOf(b).finish())
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('counts in the place of an index', () => {
  it('are those that the index would hold', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const segment = new OpenedSegment(memorySource(builderOf(given).finish()), {}, Folder)
        const counts = finished(builderOf(given).finishingCounts())
        expect(counts).toEqual(decodeCounts(segment.counts()))
      }),
      { numRuns: 60 },
    )
  })
})
