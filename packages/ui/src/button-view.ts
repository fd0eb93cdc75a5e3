/** A button, of one style or another. */

import { type Attributes, type ElementTree, h, type Tree } from './element-tree.js'

export function buttonView(
  style: string,
  part: string | null,
  content: Tree,
  onClick: (event: MouseEvent) => void,
  more: Attributes = {},
): ElementTree {
  return h('button', { type: 'button', class: style, part, '@click': onClick, ...more }, content)
}
