/** What keys do in the input: they move among the rows, open one, or take the query away. */

import { SELECTED } from './result-view.js'
import type { SearchController } from './search-controller.js'

/** The box that a key was pressed in. */
export interface KeyedBox {
  readonly controller: SearchController
  readonly mode: 'inline' | 'dialog'
  readonly renderRoot: ShadowRoot
  query: string
}

/** Takes a key, unless it means something to the input. */
export function onBoxKey(event: KeyboardEvent, box: KeyedBox): void {
  const { controller, mode } = box
  const input = event.target as HTMLInputElement
  // Safari ends a composition before the Enter that confirms it; that key has code 229.
  if (event.isComposing || event.keyCode === 229 || controller.state.composing) return
  if (event.key === 'ArrowDown') controller.moveSelection(1)
  else if (event.key === 'ArrowUp') controller.moveSelection(-1)
  else if (event.key === 'Enter') openSelected(event, box)
  else if (event.key === 'Escape' && mode !== 'dialog') {
    if (box.query === '') input.blur()
    else box.query = ''
  } else if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) input.select()
  else return
  event.preventDefault()
}

function openSelected(
  { ctrlKey, metaKey, shiftKey }: KeyboardEvent,
  { controller, renderRoot }: KeyedBox,
): void {
  const { status, query, answered, selected } = controller.state
  controller.flush()
  // The rows on screen may still be those of what was typed before.
  if (status !== 'ready' || query !== answered) return
  if (selected < 0) controller.moveSelection(1)
  // As a click with the same keys held: ⌘ or Ctrl opens a tab.
  const init = { bubbles: true, cancelable: true, composed: true, ctrlKey, metaKey, shiftKey }
  renderRoot.querySelector(SELECTED)?.dispatchEvent(new MouseEvent('click', init))
}
