/** The input line, the button that stands for it on the page, and the foot line of the dialog. */

import { buttonView } from './button-view.js'
import { type ElementTree, h } from './element-tree.js'
import { cross, magnifier } from './icons.js'
import { OPTION_ID } from './result-view.js'
import type { SearchState } from './search-state.js'
import type { Strings } from './strings.js'

export interface BoxViewProps {
  readonly state: SearchState
  readonly strings: Strings
  readonly placeholder: string
  readonly isDialog: boolean
  /** Whether keys lead here from anywhere on the page. */
  readonly hasShortcuts: boolean
  readonly onFocus: () => void
  readonly onInput: () => void
  readonly onCompositionStart: () => void
  readonly onCompositionEnd: () => void
  readonly onKeydown: (event: KeyboardEvent) => void
  readonly onClear: () => void
  readonly onClose: () => void
}

export function boxView(props: BoxViewProps): ElementTree {
  const { state, strings, placeholder, isDialog, hasShortcuts } = props
  const hasRows = state.items.length > 0
  const input = h('input', {
    id: 'input',
    part: 'input',
    type: 'text',
    role: 'combobox',
    inputmode: 'search',
    enterkeyhint: 'search',
    autocomplete: 'off',
    autocorrect: 'off',
    autocapitalize: 'none',
    spellcheck: false,
    maxlength: 500,
    placeholder,
    'aria-label': strings.search,
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-expanded': hasRows,
    'aria-controls': hasRows ? 'results' : null,
    'aria-activedescendant': state.selected < 0 ? null : OPTION_ID + state.selected,
    '@focus': props.onFocus,
    '@blur': props.onCompositionEnd,
    '@input': props.onInput,
    '@compositionstart': props.onCompositionStart,
    '@compositionend': props.onCompositionEnd,
    '@keydown': props.onKeydown,
  })
  const clear =
    state.query === ''
      ? null
      : buttonView('icon', 'clear', cross, props.onClear, { 'aria-label': strings.clear })
  const slash =
    hasShortcuts && state.query === ''
      ? h('kbd', { class: 'slash', part: 'key', 'aria-hidden': true }, '/')
      : null
  return h(
    'div',
    { class: 'box', part: 'box' },
    magnifier,
    input,
    clear,
    isDialog ? closeView(props) : slash,
  )
}

function closeView({ strings, onClose }: BoxViewProps): ElementTree {
  const key = h('kbd', { 'aria-hidden': true }, 'Esc')
  const word = h('span', { class: 'thumb', 'aria-hidden': true }, strings.close)
  return buttonView('icon close', 'close', [key, word], onClose, { 'aria-label': strings.close })
}

export interface TriggerViewProps {
  readonly placeholder: string
  readonly strings: Strings
  /** As this platform writes the keys; '' for none. */
  readonly shortcut: string
}

export function triggerView({ placeholder, strings, shortcut }: TriggerViewProps): ElementTree {
  const hasKeys = shortcut !== ''
  return h(
    'button',
    {
      type: 'button',
      class: 'trigger',
      part: 'trigger',
      'aria-haspopup': 'dialog',
      'aria-label': strings.search,
      'aria-keyshortcuts': hasKeys ? 'Control+K Meta+K /' : null,
    },
    magnifier,
    h('span', {}, placeholder),
    hasKeys ? h('kbd', { part: 'key', 'aria-hidden': true }, shortcut) : null,
  )
}

export function footView({ keySelect, keyOpen, keyClose }: Strings): ElementTree {
  const keyView = (keys: string[], text: string) =>
    h(
      'span',
      {},
      keys.map((key) => h('kbd', {}, key)),
      text,
    )
  return h(
    'div',
    { class: 'foot', part: 'foot', 'aria-hidden': true },
    keyView(['↑', '↓'], keySelect),
    keyView(['↵'], keyOpen),
    keyView(['Esc'], keyClose),
  )
}
