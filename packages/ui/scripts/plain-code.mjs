/** What the core does for large indexes or for Node only: pages spare its bytes and get the same hits. */
import { join } from 'node:path'
import { core } from './late-code.mjs'
import { changed, visitNodes } from './syntax-tree.mjs'

/** Modules that have a twin in few bytes. */
const TWINS = new Map(
  ['rows-on-all', 'score-rows'].map((name) => [join(core, `search/${name}.js`), `plain-${name}`]),
)

/**
 * What functions and methods do on a page, by module: no list is kept decoded there, or by row, and
 * no console is Node's.
 */
const PLAIN = new Map([
  [join(core, 'search/own-getters.js'), { showValues: '{}' }],
  [join(core, 'postings/posting-list.js'), { makeRoom: '{}' }],
  [
    join(core, 'search/row-merge.js'),
    {
      readFrequencies: '{ searchFrequencies(list, rows, count, frequencies); return frequencies }',
      presence: '{ return readFrequencies(list, rows, count) }',
    },
  ],
])

/** A plugin for rolldown. */
export const plainCode = {
  name: 'plain-code',
  load: (id) => (TWINS.has(id) ? `export * from './${TWINS.get(id)}.js'` : null),
  transform: {
    order: 'pre',
    handler: (code, id) => (PLAIN.has(id) ? { code: plain(code, id) } : null),
  },
}

function plain(code, id) {
  const bodies = PLAIN.get(id)
  const found = []
  visitNodes(code, (node) => {
    const isMethod = node.type === 'MethodDefinition'
    if (!isMethod && node.type !== 'FunctionDeclaration') return
    const { name } = isMethod ? node.key : node.id
    if (!Object.hasOwn(bodies, name)) return
    const { start, end } = (isMethod ? node.value : node).body
    found.push({ start, end, text: bodies[name] })
  })
  const names = Object.keys(bodies)
  if (found.length === names.length) return changed(code, found)
  throw new Error(`${id}: expected ${names.join(', ')}, each once, which pages have otherwise.`)
}
