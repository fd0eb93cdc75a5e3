/**
 * The texts of errors, as a file that a page loads when there is one to tell.
 *
 * An error's text becomes a call that throws `Missing` until the file is there; what failed is done
 * anew then, and fails with its text. Errors of the network keep theirs: they must be told without.
 */
import { readFileSync } from 'node:fs'
import { LATE } from './late-code.mjs'
import { changed, visitNodes } from './syntax-tree.mjs'

const TEXTS = '\0late:texts'
/** Belongs to what the reader needs at its start. */
export const CALL = '\0late-text'
const WITHOUT_NETWORK = ['SHARD_UNAVAILABLE', 'ABORTED']

const call = `import { late } from ${JSON.stringify(LATE)}
const need = late('texts', () => import(${JSON.stringify(TEXTS)}))
export const lateText = (number, ...values) => need().texts[number](...values)`

/**
 * A plugin for rolldown.
 *
 * @param own files whose errors are meant
 */
export function lateTexts(own) {
  const functions = own.flatMap((file) => {
    const code = readFileSync(file, 'utf8')
    return textsIn(code).map((node) => functionOf(node, code))
  })
  const files = new Set(own)
  const numbers = new Map([...new Set(functions)].map((text, number) => [text, number]))
  return {
    name: 'late-texts',
    resolveId: (source) => (source === CALL || source === TEXTS ? source : null),
    load(id) {
      if (id === CALL) return call
      return id === TEXTS ? `export const texts = [\n${[...numbers.keys()].join(',\n')}\n]` : null
    },
    transform: {
      order: 'pre',
      handler(code, id) {
        const found = files.has(id) ? textsIn(code) : []
        if (found.length === 0) return null
        const numberOf = (node) => numbers.get(functionOf(node, code))
        const changes = found.map((node) => ({
          start: node.start,
          end: node.end,
          text: `lateText(${[numberOf(node), ...valuesOf(node, code)].join(', ')})`,
        }))
        return {
          code: `import { lateText } from ${JSON.stringify(CALL)}\n${changed(code, changes)}`,
        }
      },
    },
  }
}

/** What says the text of an error: a literal or a template. */
function textsIn(code) {
  const found = []
  visitNodes(code, (node) => {
    const text = textOf(node)
    if (text?.type === 'TemplateLiteral' || typeof text?.value === 'string') found.push(text)
  })
  return found
}

function textOf({ type, callee, arguments: given }) {
  if (type === 'CallExpression' && callee.name === 'corrupt') return given[0]
  if (type !== 'NewExpression' || callee.name !== 'IndexError') return undefined
  return WITHOUT_NETWORK.includes(given[0].value) ? undefined : given[1]
}

const valuesOf = ({ expressions = [] }, code) =>
  expressions.map(({ start, end }) => code.slice(start, end))

function functionOf(node, code) {
  const { expressions = [], start } = node
  const names = expressions.map((_, i) => `value${i}`)
  const changes = expressions.map((value, i) => ({
    start: value.start - start,
    end: value.end - start,
    text: names[i],
  }))
  return `(${names.join(', ')}) => ${changed(code.slice(start, node.end), changes)}`
}
