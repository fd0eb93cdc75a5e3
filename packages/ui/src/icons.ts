/** The drawings of the box, in the colour of the text around them. */

import { type ElementTree, h } from './element-tree.js'

export const magnifier: ElementTree = drawing(
  'M15.5 15.5l5 5M4 10.5a6.5 6.5 0 1013 0 6.5 6.5 0 10-13 0',
)

export const cross: ElementTree = drawing('m7 7 10 10M17 7 7 17')

function drawing(path: string): ElementTree {
  return h('svg', { viewBox: '0 0 24 24', 'aria-hidden': true }, h('path', { d: path }))
}
