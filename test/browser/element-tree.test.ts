/** How views become nodes, in Chromium: what fits is kept, nothing is parsed. */

import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findChromium, openStrictPage, type StrictPage } from './chromium.js'

const chromiumPath = findChromium()
const title = chromiumPath ?? 'SKIPPED: no Chromium on the PATH or in CHROMIUM_PATH'
if (chromiumPath === null) console.log(title)

const module = fileURLToPath(new URL('../../packages/ui/dist/element-tree.js', import.meta.url))
const source = `import * as tree from ${JSON.stringify(module)}
Object.assign(globalThis, tree)`

describe.skipIf(chromiumPath === null)(`a tree of elements (${title})`, () => {
  let strict: StrictPage

  beforeAll(async () => {
    strict = await openStrictPage(chromiumPath!, source)
  })

  afterAll(() => strict?.close())

  beforeEach(() => strict.page.evaluate('document.body.replaceChildren()'))

  /** Runs in the page, where \`at\` is the body. */
  const run = (script: string) =>
    strict.page.evaluate(`(() => { const at = document.body; ${script} })()`)

  it('shows texts as texts, and markup in them as the characters it is', async () => {
    const shown = await run(`show(at, [h('p', { title: '"<b>' }, '<i>一</i>', 2, null)])
      return [at.textContent, at.firstChild.title, at.querySelectorAll('*').length]`)
    expect(shown).toEqual(['<i>一</i>2', '"<b>', 1])
  })

  it('keeps a node while something before it comes and goes', async () => {
    const kept = await run(`const view = (note) => [[note], h('input', {})]
      show(at, view(null))
      const input = at.querySelector('input')
      input.focus()
      show(at, view(h('p', {}, '有')))
      show(at, view('文字'))
      show(at, view(null))
      return [at.querySelector('input') === input, document.activeElement === input, at.innerHTML]`)
    expect(kept).toEqual([true, true, '<input>'])
  })

  it('takes away what is shown no longer', async () => {
    const html = await run(`show(at, [h('p', { class: 'a', id: 'b' }, '一', h('b', {}), '二')])
      show(at, [h('p', { class: 'c', id: null }, h('b', {}))])
      return at.innerHTML`)
    expect(html).toBe('<p class="c"><b></b></p>')
  })

  it('hands an event to the last handler, once', async () => {
    const heard = await run(`const heard = []
      const view = (name) => [h('button', name ? { '@click': () => heard.push(name) } : {})]
      for (const name of ['a', 'b', null, 'c']) {
        show(at, view(name))
        at.firstChild.click()
      }
      return heard`)
    expect(heard).toEqual(['a', 'b', 'c'])
  })

  it('draws drawings', async () => {
    const spaces = await run(`show(at, [h('svg', {}, h('path', { d: 'M0 0' })), h('p', {})])
      return Array.from(at.querySelectorAll('*'), ({ namespaceURI }) => namespaceURI)`)
    const svg = 'http://www.w3.org/2000/svg'
    expect(spaces).toEqual([svg, svg, 'http://www.w3.org/1999/xhtml'])
  })
})
