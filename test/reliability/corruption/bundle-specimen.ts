/** The sound bundles that the corruption tests damage. */

import type { SourceDocument } from '@wenxun/core'
import { type BundleOptions, writeBundle } from '@wenxun/core/build'
import { build, LITERAL_ONLY } from '../../support/notation.js'
import { literalQueries, specimenDocuments } from './specimen.js'

export type BundleFiles = ReadonlyMap<string, Uint8Array>

export interface BundleSpecimen {
  readonly name: string
  /** What `files` is made of. */
  readonly index: Uint8Array
  readonly options: BundleOptions
  readonly files: BundleFiles
  /** The bundle of other documents: what an outdated cache or a mixed-up host may send. */
  readonly other: BundleFiles
  readonly queries: readonly string[]
}

/** So small that every query needs several packs. */
const TINY: BundleOptions = { singleFileBytes: 0, pieceBytes: 200, packBytes: 700 }

/** Lists of more than FAR_LIST_BYTES, whose blocks stand in packs of their own. */
const longLists: SourceDocument = {
  id: 'long',
  title: '条例',
  paragraphs: Array.from({ length: 1600 }, (_, i) => ({
    text: `${'法治'.repeat(1 + (i % 3))}第${i}条${i % 5 === 0 ? '政府' : ''}`,
  })),
}

/** Buffers of Node share their bytes with what is sliced off them. */
export function plainBundle(index: Uint8Array, options: BundleOptions): BundleFiles {
  const files = [...writeBundle(index, options)]
  return new Map(files.map(([name, bytes]) => [name, new Uint8Array(bytes)]))
}

function specimen(
  name: string,
  index: Uint8Array,
  other: Uint8Array,
  queries: readonly string[],
  options: BundleOptions = TINY,
): BundleSpecimen {
  const files = plainBundle(index, options)
  return { name, index, options, files, other: plainBundle(other, options), queries }
}

/** Early ones are drawn most. */
export function bundleSpecimens(): BundleSpecimen[] {
  const edited = specimenDocuments.map((document, i) =>
    i === 0 ? { ...document, paragraphs: [{ text: '法治政府建设另有规定' }] } : document,
  )
  const literal = (documents: readonly SourceDocument[]) => build(documents, LITERAL_ONLY)
  const [small, others] = [literal(specimenDocuments), literal(edited)]
  const expanding = ['yinhang', '軟體', '法制政府', '信息', '银行 xingzheng']
  const frequent = ['法治 政府', '"第7条"', '+法治 -政府', '条']
  return [
    specimen('shards', small, others, literalQueries),
    specimen('expanding shards', build(specimenDocuments.slice(3)), build(edited), expanding),
    specimen('one file', small, others, literalQueries, {}),
    specimen('long lists', literal([longLists]), literal([longLists, ...edited]), frequent),
  ]
}
