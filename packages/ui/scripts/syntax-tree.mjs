/** Looks at the syntax of a module, and changes parts of it. */
import { parseAst } from 'rolldown/parseAst'

/** Calls back for every node, outer ones first. */
export function visitNodes(code, visit) {
  walk(parseAst(code), visit)
}

function walk(node, visit) {
  if (Array.isArray(node)) for (const each of node) walk(each, visit)
  else if (node !== null && typeof node === 'object') {
    if (typeof node.type === 'string') visit(node)
    for (const inner of Object.values(node)) walk(inner, visit)
  }
}

/**
 * The code with `text` instead of what stands at [start, end), for each of the changes; not for
 * those within another.
 */
export function changed(code, changes) {
  let result = ''
  let from = 0
  for (const { start, end, text } of changes.toSorted((a, b) => a.start - b.start)) {
    if (start < from) continue
    result += code.slice(from, start) + text
    from = end
  }
  return result + code.slice(from)
}
