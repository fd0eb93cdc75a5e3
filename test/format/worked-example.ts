/** Puts annotated bytes of the frozen indexes between the markers of docs/format.md. */

import { AnnotatedIndex } from './annotate.js'

const BLOCK = /(<!-- bytes: (?<name>[\w ]+) -->\n```text\n)(?:(?!```).*\n)*(```)/g

/** The document with every marked block filled in. */
export function withWorkedExample(text: string, tiny: Uint8Array, small: Uint8Array): string {
  const shown = new AnnotatedIndex(tiny)
  const blocks: Record<string, () => string> = {
    header: () => shown.header(),
    table: () => shown.table(),
    metadata: () => shown.metadata(),
    'chunk table': () => shown.chunkTable('TERM'),
    dictionary: () => shown.dictionaryBlock(),
    'dictionary index': () => shown.dictionaryIndex(),
    postings: () => shown.postings(),
    'long list': () => new AnnotatedIndex(small).longList(),
    lengths: () => shown.lengths(),
    sections: () => shown.sectionRows(),
    texts: () => shown.texts(),
    documents: () => shown.documents(),
    columns: () => shown.columns(),
  }
  const names = new Set(Object.keys(blocks))
  const filled = text.replace(BLOCK, (_, open: string, name: string, close: string) => {
    const write = blocks[name]
    if (write === undefined) throw new Error(`docs/format.md asks for unknown bytes: ${name}`)
    names.delete(name)
    return `${open}${write()}\n${close}`
  })
  if (names.size > 0) throw new Error(`docs/format.md lacks bytes: ${[...names].join(', ')}`)
  return filled
}
