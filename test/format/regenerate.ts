/**
 * Builds the frozen indexes of the current format again, with their expected answers and the
 * worked example in docs/format.md:
 *
 *     npx tsx --tsconfig tsconfig.test.json test/format/regenerate.ts
 *
 * Only when the format changed on purpose; a released version stays as it is, in its own folder.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { openIndex, type SearchIndex, type SourceDocument } from '@wenxun/core'
import { IndexBuilder } from '@wenxun/core/build'
import { createAnalyzer } from '@wenxun/tokenizer'
import { smallDocuments, smallQueries, tinyDocuments } from './documents.js'
import { withWorkedExample } from './worked-example.js'

const folder = new URL('v1/', import.meta.url)
const document = new URL('../../docs/format.md', import.meta.url)

function build(documents: readonly SourceDocument[], pinyin: boolean): Uint8Array {
  const builder = new IndexBuilder({ analyzer: createAnalyzer(), pinyin })
  for (const item of documents) builder.add(item)
  return builder.finish()
}

/** Answers that do not depend on how hits are ranked: `2: report.0 7-12 report.2 0-5 9-11`. */
export function answersOf(index: SearchIndex): Record<string, string> {
  return Object.fromEntries(
    smallQueries.map((query) => {
      const { total, hits } = index.search(query, { limit: 1000 })
      const found = hits.map(({ document: { id }, paragraph, highlights }) =>
        [`${id}.${paragraph}`, ...highlights.map(([from, to]) => `${from}-${to}`)].join(' '),
      )
      return [query, `${total}: ${found.sort().slice(0, 5).join(' ')}`]
    }),
  )
}

if (process.argv[1]?.endsWith('regenerate.ts')) {
  // Readings would be nine tenths of it.
  const tiny = build(tinyDocuments, false)
  const small = build(smallDocuments, true)
  writeFileSync(new URL('tiny.bin', folder), tiny)
  writeFileSync(new URL('small.bin', folder), small)
  const answers = JSON.stringify(answersOf(openIndex(small)), null, 2)
  writeFileSync(new URL('answers.json', folder), `${answers}\n`)
  writeFileSync(document, withWorkedExample(readFileSync(document, 'utf8'), tiny, small))
  console.log(`tiny.bin ${tiny.length} bytes, small.bin ${small.length} bytes, docs/format.md`)
}
