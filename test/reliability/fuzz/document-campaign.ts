/**
 * Any document is taken as it is, or refused with BAD_DOCUMENT and the name of a field; what was
 * taken can be read back, and nothing is left behind in the prototypes.
 */

import { IndexError, openIndex, type SourceDocument } from '@wenxun/core'
import { IndexBuilder } from '@wenxun/core/build'
import { analyzer } from '../../support/notation.js'
import type { Random } from '../../support/random.js'
import { assertWellFormed } from '../well-formed.js'
import { type HostileDocument, hostileDocument } from './hostile-documents.js'

const untouched = Object.getOwnPropertyNames(Object.prototype).sort().join()

/** Builds one index of a few hostile documents. @throws a plain Error for a broken promise */
export function buildHostile(random: Random): void {
  const builder = new IndexBuilder({ analyzer, pinyin: false })
  const taken: SourceDocument[] = []
  for (let i = 0; i < 4; i++) {
    const hostile = hostileDocument(random, `文档${i}`)
    if (isTaken(builder, hostile)) taken.push(hostile.document)
  }
  if (taken[0] !== undefined) {
    // Takes or throws: the error must be a clear one.
    isTaken(builder, { document: { id: taken[0].id, paragraphs: [] }, wrong: 'id' })
  }
  const index = openIndex(builder.finish())
  index.verify()
  const rows = taken.reduce((sum, { paragraphs }) => sum + Math.max(1, paragraphs.length), 0)
  if (index.metadata.counts.paragraphs !== rows) throw new Error('a paragraph is missing')
  for (const { paragraphs } of taken) {
    for (const { text } of paragraphs) assertWellFormed(index.search(text))
  }
  const found = Object.getOwnPropertyNames(Object.prototype).sort().join()
  if (found !== untouched) throw new Error('a prototype was polluted')
}

function isTaken(builder: IndexBuilder, { document, wrong }: HostileDocument): boolean {
  try {
    builder.add(document)
  } catch (error) {
    const isClear = error instanceof IndexError && error.code === 'BAD_DOCUMENT'
    if (!isClear) throw new Error('not a clear error', { cause: error })
    if (wrong === null) throw new Error('a sound document was refused', { cause: error })
    if (!error.message.includes(wrong)) throw new Error(`does not name ${wrong}`, { cause: error })
    return false
  }
  if (wrong !== null) throw new Error(`took a document whose ${wrong} is wrong`)
  return true
}
