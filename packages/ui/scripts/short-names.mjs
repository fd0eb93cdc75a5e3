/**
 * Members of the core's own objects under short names; minifiers leave properties alone.
 *
 * The name of a property is shortened if a module of the core has such a property, and none of
 * these say it: JavaScript itself and its libraries; types that the core shows to others; code
 * outside of the core; a literal, as `in` looks for; a module that reads keys in bytes or JSON, but
 * for names of methods; exports.
 */
import { readFileSync } from 'node:fs'
import { changed, visitNodes } from './syntax-tree.mjs'

/** Reads keys that stand in bytes. */
const READS_KEYS = /\bunpack\(|\bJSON\.parse\(/
/** As in `name: string`, `name?: string` and `name(): string`; parameters, too. */
const DECLARED = /([\w$]+)\??[:(<]/g
/** Properties of descriptors, iterators, errors and options, which no object at hand shows. */
const PLATFORM = 'value done get set enumerable configurable writable cause fatal ignoreBOM'.split(
  ' ',
)
const MOST_DEPTH = 5
/** Names of private members; no other short name is one of these. */
const LETTERS = [...'etnriaoscludfpmhgvybxwkjzq']
const CAPITALS = [...'SCTEDOAMNPFILRBVHUWGKJYXZQ$']
const BEHIND = [...LETTERS, ...CAPITALS, ...'0123456789']

/**
 * A plugin for rolldown.
 *
 * @param own files whose properties may have other names
 * @param others the other files of the page
 * @param shown declarations of what the core shows to others
 */
export function shortNames({ own, others, shown }) {
  const names = namesFor(own, others, shown)
  const files = new Set(own)
  return {
    name: 'short-names',
    transform: {
      order: 'post',
      handler(code, id) {
        return files.has(id) ? { code: renamed(code, names) } : null
      },
    },
  }
}

/** Name → short name, the shortest for those that are said most often. */
export function namesFor(own, others, shown) {
  const kept = new Set([...PLATFORM, ...platformNames()])
  for (const file of shown) {
    const code = withoutComments(readFileSync(file, 'utf8'))
    for (const [, name] of code.matchAll(DECLARED)) kept.add(name)
  }
  for (const file of others) {
    visitNodes(readFileSync(file, 'utf8'), (node) => {
      if (node.type === 'Literal') kept.add(node.value)
      kept.add(propertyName(node)?.name)
    })
  }
  const counts = new Map()
  const methods = new Set()
  const keys = new Set()
  for (const file of own) {
    const code = readFileSync(file, 'utf8')
    const readsKeys = READS_KEYS.test(code)
    visitNodes(code, (node) => {
      if (node.type === 'Literal') kept.add(node.value)
      for (const exported of exportedNames(node)) kept.add(exported)
      const name = propertyName(node)?.name
      if (name === undefined) return
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (node.type === 'MethodDefinition') methods.add(name)
      if (readsKeys) keys.add(name)
    })
  }
  const isOurs = (name) => !kept.has(name) && (methods.has(name) || !keys.has(name))
  const ours = [...counts].filter(([name]) => isOurs(name))
  ours.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const short = shortest(new Set([...kept, ...counts.keys()]))
  return new Map(ours.map(([name]) => [name, short.next().value]))
}

function withoutComments(code) {
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}

function* shortest(taken) {
  const long = [...LETTERS, ...CAPITALS].flatMap((a) => BEHIND.map((b) => a + b))
  for (const name of [...CAPITALS, ...long]) if (!taken.has(name)) yield name
}

/** What the objects that there are anywhere have as properties. */
function platformNames() {
  const found = new Set()
  const seen = new Set()
  const look = (value, depth) => {
    if (Object(value) !== value || seen.has(value) || depth > MOST_DEPTH) return
    seen.add(value)
    look(Object.getPrototypeOf(value), depth)
    for (const [name, { value: inner }] of Object.entries(
      Object.getOwnPropertyDescriptors(value),
    )) {
      found.add(name)
      look(inner, depth + 1)
    }
  }
  look(globalThis, 0)
  for (const iterable of [[], new Map(), new Set(), '', ''.matchAll(/./g), (function* () {})()]) {
    look(iterable[Symbol.iterator](), 0)
  }
  for (const made of [/(?<a>a)/d.exec('a'), /a/, new Error('a'), () => {}, class {}]) look(made, 0)
  return found
}

function exportedNames({ declaration, specifiers = [] }) {
  const declared = declaration?.declarations?.map(({ id }) => id) ?? [declaration?.id]
  return [...declared, ...specifiers.map(({ exported }) => exported)].flatMap(
    (id) => id?.name ?? [],
  )
}

const KEYED = new Set(['Property', 'MethodDefinition', 'PropertyDefinition'])

/** The identifier that names a property in this node, if one does. */
function propertyName(node) {
  if (node.computed) return undefined
  const name = KEYED.has(node.type) ? node.key : node.property
  return name?.type === 'Identifier' ? name : undefined
}

function renamed(code, names) {
  const changes = []
  const privates = privateNames(code)
  visitNodes(code, (node) => {
    const { start, end } = node
    const name = propertyName(node)
    if (isBare(node, privates)) changes.push({ start, end, text: '' })
    else if (privates.has(node.name) && node.type === 'PrivateIdentifier') {
      changes.push({ start, end, text: privates.get(node.name) })
    } else if (names.has(name?.name)) {
      const text = names.get(name.name)
      // The value of `{ name }` stands where its name does.
      const change = node.shorthand
        ? { end: name.start, text: `${text}:` }
        : { end: name.end, text }
      changes.push({ start: name.start, ...change })
    }
  })
  return changed(code, changes)
}

/** A member that is only announced: its class sets it anyway. */
function isBare({ type, value, key, static: isStatic }, privates) {
  if (type !== 'PropertyDefinition' || value !== null || isStatic) return false
  return key.type === 'Identifier' || privates.has(key.name)
}

/**
 * Private name → public name: a sign less, and no announcement. None in a module whose class
 * extends another of ours, where letters could meet.
 */
function privateNames(code) {
  const found = new Set()
  let areKept = false
  visitNodes(code, ({ type, name, superClass }) => {
    if (type === 'PrivateIdentifier') found.add(name)
    areKept ||= Boolean(superClass) && superClass.name !== 'Error'
  })
  return new Map(areKept ? [] : [...found].map((name, i) => [name, LETTERS[i] ?? `_${i}`]))
}
