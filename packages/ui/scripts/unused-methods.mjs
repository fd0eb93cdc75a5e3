/** Methods that no page calls: a page searches, and asks an index for nothing else. */
import { join } from 'node:path'
import { core } from './late-code.mjs'
import { changed, visitNodes } from './syntax-tree.mjs'

/** File of the core → its methods. */
const UNUSED = {
  'remote/remote-parts': ['inspect', 'topTerms', 'verify'],
  'search/search-index': ['searchExhaustively', 'inspect', 'topTerms', 'verify'],
  'search/opened-segment': ['inspect', 'topTerms', 'warm'],
  'shards/piece-table': ['all'],
}

const methodsOf = new Map(
  Object.entries(UNUSED).map(([file, names]) => [join(core, `${file}.js`), names]),
)

/** A plugin for rolldown. */
export const unusedMethods = {
  name: 'unused-methods',
  transform: {
    order: 'pre',
    handler: (code, id) => (methodsOf.has(id) ? { code: without(id, code) } : null),
  },
}

function without(file, code) {
  const names = methodsOf.get(file)
  const found = []
  visitNodes(code, ({ type, key, start, end }) => {
    if (type === 'MethodDefinition' && names.includes(key.name))
      found.push({ start, end, text: '' })
  })
  if (found.length === names.length) return changed(code, found)
  throw new Error(`${file}: expected the methods ${names.join(', ')}, to be left out on pages.`)
}
