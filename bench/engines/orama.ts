/**
 * Orama 3 with the mandarin tokenizer of @orama/tokenizers (words of Intl.Segmenter), any term
 * may match (`threshold` 1, its default), filters over an enum. It has no phrase search for
 * Chinese: `exact` wants word boundaries of ASCII. Its terms match by prefix in every query.
 * It keeps the documents, so that its saved form holds the texts.
 */
import { create, insert, load, type Results, save, search } from '@orama/orama'
import { createTokenizer } from '@orama/tokenizers/mandarin'
import { type Engine, type EngineKind, paragraphRecords, tagOf } from './engine.js'

export const orama: EngineKind = {
  name: 'Orama',
  setting: 'mandarin tokenizer, any term',
  storesText: true,
  lacks: [],
  build(documents, options) {
    const made = database()
    for (const { id, text, tag } of paragraphRecords(documents, options)) {
      insert(made, { id: String(id), text, tag })
    }
    return engineOf(made)
  },
}

type Database = ReturnType<typeof database>

function database() {
  return create({
    schema: { text: 'string', tag: 'enum' } as const,
    components: { tokenizer: createTokenizer() },
  })
}

function engineOf(made: Database): Engine {
  return {
    search(query, limit) {
      const tag = tagOf(query)
      // A promise only where hooks are asynchronous; there are none.
      const { hits } = search(made, {
        term: query.bare,
        properties: ['text'],
        threshold: 1,
        limit,
        ...(tag !== null && { where: { tag: { eq: tag } } }),
      }) as Results<{ id: string }>
      return hits.map(({ id }) => Number(id))
    },
    save() {
      const json = JSON.stringify(save(made))
      const open = () => {
        const opened = database()
        load(opened, JSON.parse(json))
        return engineOf(opened)
      }
      return { bytes: Buffer.byteLength(json), open }
    },
  }
}
