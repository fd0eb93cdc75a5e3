/** The input line, the button that stands for it on the page, and the foot line of the dialog. */

import { html, nothing, type TemplateResult } from 'lit/html.js'
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

export function boxView(props: BoxViewProps): TemplateResult {
  const { state, strings, placeholder, isDialog, hasShortcuts } = props
  const hasRows = state.items.length > 0
  return html`<div class="box" part="box">
    ${magnifier}
    <input
      id="input"
      part="input"
      type="text"
      role="combobox"
      inputmode="search"
      enterkeyhint="search"
      autocomplete="off"
      autocorrect="off"
      autocapitalize="none"
      spellcheck="false"
      maxlength="500"
      placeholder=${placeholder}
      aria-label=${strings.search}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-expanded=${hasRows}
      aria-controls=${hasRows ? 'results' : nothing}
      aria-activedescendant=${state.selected < 0 ? nothing : OPTION_ID + state.selected}
      @focus=${props.onFocus}
      @blur=${props.onCompositionEnd}
      @input=${props.onInput}
      @compositionstart=${props.onCompositionStart}
      @compositionend=${props.onCompositionEnd}
      @keydown=${props.onKeydown}
    />
    ${
      state.query === ''
        ? nothing
        : html`<button type="button" class="icon" part="clear" aria-label=${strings.clear} @click=${props.onClear}>${cross}</button>`
    }
    ${isDialog ? closeView(props) : slashView(hasShortcuts && state.query === '')}
  </div>`
}

function closeView({ strings, onClose }: BoxViewProps): TemplateResult {
  return html`<button type="button" class="icon close" part="close" aria-label=${strings.close} @click=${onClose}>
    <kbd aria-hidden="true">Esc</kbd><span class="thumb" aria-hidden="true">${strings.close}</span>
  </button>`
}

function slashView(isShown: boolean): TemplateResult | typeof nothing {
  return isShown ? html`<kbd class="slash" part="key" aria-hidden="true">/</kbd>` : nothing
}

export interface TriggerViewProps {
  readonly placeholder: string
  readonly strings: Strings
  /** As this platform writes the keys; '' for none. */
  readonly shortcut: string
}

export function triggerView({ placeholder, strings, shortcut }: TriggerViewProps): TemplateResult {
  return html`<button
    type="button"
    class="trigger"
    part="trigger"
    aria-haspopup="dialog"
    aria-label=${strings.search}
    aria-keyshortcuts=${shortcut === '' ? nothing : 'Control+K Meta+K /'}
  >${magnifier}<span>${placeholder}</span>${
    shortcut === '' ? nothing : html`<kbd part="key" aria-hidden="true">${shortcut}</kbd>`
  }</button>`
}

export function footView({ keySelect, keyOpen, keyClose }: Strings): TemplateResult {
  return html`<div class="foot" part="foot" aria-hidden="true">
    <span><kbd>↑</kbd><kbd>↓</kbd>${keySelect}</span>
    <span><kbd>↵</kbd>${keyOpen}</span>
    <span><kbd>Esc</kbd>${keyClose}</span>
  </div>`
}
