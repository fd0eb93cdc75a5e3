/** What the core does for speed in large indexes only: pages spare its bytes and get the same hits. */
import { join } from 'node:path'
import { core } from './late-code.mjs'
import { changed, visitNodes } from './syntax-tree.mjs'

/** Modules that have a twin in few bytes. */
const TWINS = new Map(
  ['rows-on-all', 'score-rows'].map((name) => [join(core, `search/${name}.js`), `plain-${name}`]),
)

const LISTS = join(core, 'postings/posting-list.js')
/** Keeps a list decoded; a list that is not kept reads as well. */
const KEEPS = 'makeRoom'

/** A plugin for rolldown. */
export const plainCode = {
  name: 'plain-code',
  load: (id) => (TWINS.has(id) ? `export * from './${TWINS.get(id)}.js'` : null),
  transform: {
    order: 'pre',
    handler: (code, id) => (id === LISTS ? { code: withoutKeeping(code) } : null),
  },
}

function withoutKeeping(code) {
  const found = []
  visitNodes(code, ({ type, key, value }) => {
    if (type !== 'MethodDefinition' || key.name !== KEEPS) return
    found.push({ start: value.body.start, end: value.body.end, text: '{}' })
  })
  if (found.length === 1) return changed(code, found)
  throw new Error(`${LISTS}: expected one method ${KEEPS}, to be emptied on pages.`)
}
