/**
 * Modules of the query core that few queries need, as chunks that a page loads when one does.
 *
 * The modules know nothing of it. What imports one from outside of its group gets a stand-in with
 * the same functions: it throws `Missing` until the group is there, as a search does where bytes
 * are missing, so the search awaits it and starts anew. Only searches within `runComplete` may
 * reach these functions.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const { resolve } = createRequire(import.meta.url)
export const core = dirname(resolve('@wenxun/core'))
const tokenizer = join(dirname(resolve('@wenxun/core/package.json')), 'node_modules/@wenxun')
const scan = dirname(createRequire(join(tokenizer, 'x')).resolve('@wenxun/tokenizer/scan'))

/** Group → its modules. A module that is imported dynamically brings its group with it. */
const GROUPS = {
  /** Indexes of one file, and what decompresses where the platform does not. */
  memory: [join(core, 'open-whole.js'), join(core, 'remote/inflate-portable.js')],
  /** Readings: input in Pinyin, and words that sound alike. */
  pinyin: [join(core, 'pinyin/pinyin.js'), join(core, 'remote/guessed-readings.js')],
  /** Latin words, numbers and their values in a query. */
  tokens: [
    ...['compound', 'number', 'stem'].map((name) => join(scan, `scan/${name}.js`)),
    join(core, 'query/token-forms.js'),
  ],
  /** Metadata fields: their values to choose from, filters, order. */
  fields: [
    join(core, 'columns/column.js'),
    ...['facets', 'filter', 'sort-rows'].map((name) => join(core, `search/${name}.js`)),
    fileURLToPath(new URL('../dist/filter-view.js', import.meta.url)),
  ],
  /** Operators. */
  language: [
    join(core, 'query/parse-query.js'),
    join(core, 'query/operator-plan.js'),
    join(core, 'search/condition-rows.js'),
    join(core, 'search/part-rows.js'),
  ],
}

const groupOf = new Map(
  Object.entries(GROUPS).flatMap(([group, files]) => files.map((file) => [file, group])),
)

const quote = JSON.stringify

const STAND_IN = '\0stand-in:'
const STATE = '\0late-state:'
const GROUP = '\0late:'
/** Exports `late`: what loads a file, and what needs it → the file, or Missing. */
export const LATE = '\0late-code'

/** A plugin for rolldown. */
export const lateCode = {
  name: 'late-code',
  async resolveId(source, importer, options) {
    if (source.startsWith('\0')) return source
    const found = await this.resolve(source, importer, { ...options, skipSelf: true })
    const group = found && groupOf.get(found.id)
    if (!group) return found
    if (options.kind === 'dynamic-import') return GROUP + group
    // Within its group, a module is met as it is.
    const isInside = importer.startsWith('\0') || groupOf.get(importer) === group
    return isInside ? found : STAND_IN + found.id
  },
  load(id) {
    if (id.startsWith(STAND_IN)) return standIn(id.slice(STAND_IN.length))
    if (id === LATE) return late
    if (id.startsWith(STATE)) return state(id.slice(STATE.length))
    if (!id.startsWith(GROUP)) return null
    return GROUPS[id.slice(GROUP.length)].map((file) => `export * from ${quote(file)}`).join('\n')
  },
}

async function standIn(file) {
  const exported = Object.entries(await import(pathToFileURL(file).href))
  const lines = exported.map(([name, value]) => {
    if (typeof value !== 'function') return `export const ${name} = ${constant(file, name, value)}`
    const isClass = /^class\b/.test(String(value))
    return isClass
      ? `export function ${name}(...given) { return new (need().${name})(...given) }`
      : `export const ${name} = (...given) => need().${name}(...given)`
  })
  return `import { need } from ${quote(STATE + groupOf.get(file))}\n${lines.join('\n')}`
}

function constant(file, name, value) {
  if (Object(value) === value) throw new Error(`${file}: ${name} is neither function nor constant`)
  return JSON.stringify(value)
}

function state(group) {
  return `import { late } from ${quote(LATE)}
export const need = late(${quote(group)}, () => import(${quote(GROUP + group)}))`
}

/** Missing code counts as no piece: how much a search may fetch is the same as elsewhere. */
const late = `import { unavailable } from ${quote(join(core, 'remote/load-shard.js'))}
import { Missing } from ${quote(join(core, 'remote/missing.js'))}
export const late = (name, load) => {
  let code
  const fetch = async () => {
    try {
      code = await load()
    } catch (error) {
      throw unavailable('The code for ' + name, error)
    }
  }
  return () => {
    if (!code) throw new Missing(0, fetch)
    return code
  }
}`
