/**
 * `<wenxun-search>`: an inline search box, or a button with a dialog. A view of SearchController;
 * it adds the keys, the focus and what screen readers hear.
 */

import { type BoxViewProps, boxView, footView, triggerView } from './box-view.js'
import { h, type Tree } from './element-tree.js'
import type { filterView } from './filter-view.js'
import { hitLink } from './hit-link.js'
import { nearestLocale } from './nearest-locale.js'
import { type PanelViewProps, panelView, spokenView } from './panel-view.js'
import { openBundle } from './remote-index.js'
import { OPTION_ID } from './result-view.js'
import { SearchController, type SearchControllerOptions } from './search-controller.js'
import type { ResultGroup, ResultItem } from './search-state.js'
import { type LazySearchable, lazySearchable, type Searchable } from './searchable.js'
import { asksForSearch, shortcutLabel } from './shortcuts.js'
import { type Locale, SIMPLIFIED, type Strings } from './strings.js'
import { styles } from './styles.js'
import { type PropertyKinds, ViewElement } from './view-element.js'

/** Detail of `wenxun-select`, which is sent before a row opens and can be prevented. */
export interface WenxunSelectDetail {
  readonly item: ResultItem
  /** The query that found it. */
  readonly query: string
}

/** Properties of the element that are options of its controller. */
const OPTIONS = ['facets', 'limit', 'sort', 'filter', 'mode', 'base', 'src']

const KINDS: PropertyKinds = {
  index: { attribute: null },
  src: {},
  base: {},
  mode: { initial: 'inline', reflects: true },
  theme: { initial: 'auto', reflects: true },
  facets: {},
  limit: { initial: 8, read: Number },
  sort: {},
  placeholder: {},
  noShortcuts: { attribute: 'no-shortcuts', initial: false, read: (text) => text !== null },
  strings: { attribute: null },
  filter: { attribute: null },
}

export class WenxunSearch extends ViewElement {
  static readonly observedAttributes: readonly string[] = [
    ...Object.entries(KINDS).flatMap(([name, { attribute = name }]) => attribute ?? []),
    'lang',
  ]

  /** What to search; or give `src`. */
  declare index: Searchable | null
  /** Address of a bundle's folder; opened when the box is first used. */
  declare src: string | null
  /**
   * Address that documents' relative addresses refer to. Default: with `src`, the folder that the
   * bundle's folder lies in; else the page's own.
   */
  declare base: string | null
  /** `inline` (default) or `dialog`. */
  declare mode: 'inline' | 'dialog'
  /** `auto` (default, as the system), `light` or `dark`. */
  declare theme: 'auto' | 'light' | 'dark'
  /** Fields to filter by, with what people call them: `city:城市,year:年份`. */
  declare facets: string | null
  /** Pages per load; default 8. */
  declare limit: number
  /** `relevance` (default), or `field:asc` / `field:desc`. */
  declare sort: string | null
  declare placeholder: string | null
  /** Leaves ⌘K, Ctrl-K and `/` to the page. */
  declare noShortcuts: boolean
  /** Your own wording, in part or whole. */
  declare strings: Partial<Strings> | null
  /** Conditions that hold for every search. */
  declare filter: SearchControllerOptions['filter'] | null

  /** What is typed, shown and selected; see `createSearchController`. */
  readonly controller: SearchController = new SearchController(null)
  readonly #expanded = new Set<string>()
  #filterView: typeof filterView | null = null
  #awaitsFilterView = false
  readonly #languages: Partial<Record<Locale, Strings>> = { 'zh-CN': SIMPLIFIED }
  #awaitsLanguages = false
  #lazy: LazySearchable | null = null
  #unsubscribe: (() => void) | null = null
  #shortcut = ''
  #reported: unknown = null
  #lastSelected = -1
  #lastFirst: ResultGroup | undefined

  constructor() {
    super(KINDS, styles)
  }

  /** What is in the box. Setting it searches at once. */
  get query(): string {
    return this.controller.state.query
  }

  set query(query: string) {
    this.controller.setQuery(query)
    this.controller.flush()
  }

  /** Opens the dialog, or focuses the inline box. */
  open(): void {
    if (!this.hasUpdated) {
      this.updateComplete.then(() => this.open())
      return
    }
    const dialog = this.#dialog
    if (dialog !== null && !dialog.open) dialog.showModal()
    this.#input?.focus()
    this.#input?.select()
  }

  /** Closes the dialog; the focus returns to where it was. */
  close(): void {
    this.#dialog?.close()
  }

  override focus(options?: FocusOptions): void {
    const target = this.mode === 'dialog' ? this.renderRoot.querySelector('button') : this.#input
    target?.focus(options)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#shortcut = shortcutLabel()
    this.#unsubscribe = this.controller.subscribe(() => this.requestUpdate())
    document.addEventListener('keydown', this.#onShortcut)
  }

  disconnectedCallback(): void {
    this.#unsubscribe?.()
    document.removeEventListener('keydown', this.#onShortcut)
  }

  protected override willUpdate(changed: ReadonlySet<string>): void {
    if (changed.has('index') || changed.has('src')) this.#connect()
    this.#loadFilterView()
    if (!OPTIONS.some((name) => changed.has(name))) return
    this.controller.configure({
      facets: [...this.#facetLabels().keys()],
      limit: this.limit > 0 ? this.limit : 8,
      selectFirst: this.mode === 'dialog',
      linkTo: (hit) => hitLink(hit, this.#linkBase()),
      sort: this.sort ?? 'relevance',
      filter: this.filter ?? {},
    })
    if (this.hasUpdated) this.controller.search()
  }

  protected override render(): Tree {
    const box = this.#boxProps()
    const panel = this.#panelProps(box)
    const { isDialog, strings } = box
    const busy = box.state.status === 'loading' ? 'busy' : ''
    const body = [
      boxView(box),
      h('div', { class: 'progress' }),
      h('div', { class: 'panel', part: 'panel' }, panelView(panel)),
      isDialog ? footView(strings) : null,
      spokenView(panel),
    ]
    if (!isDialog) return h('div', { class: `inline ${busy}`, part: 'root', role: 'search' }, body)
    const shortcut = this.noShortcuts ? '' : this.#shortcut
    const trigger = triggerView({ ...box, shortcut })
    const dialog = {
      class: busy,
      part: 'dialog',
      'aria-label': strings.search,
      '@cancel': this.#onCancel,
      '@pointerdown': this.#onBackdrop,
    }
    return [
      h('slot', { name: 'trigger', '@click': () => this.open() }, trigger),
      h('dialog', dialog, body),
    ]
  }

  protected override updated(): void {
    const { query, composing, error } = this.controller.state
    const input = this.#input
    if (input !== null && !composing && input.value !== query) input.value = query
    this.#scroll()
    if (error === this.#reported) return
    this.#reported = error
    if (error !== null) this.#send('wenxun-error', error)
  }

  /** Shows the top of a new list, and the row that the keys selected. */
  #scroll(): void {
    const { groups, selected } = this.controller.state
    const isNew = groups[0] !== this.#lastFirst
    const isSelected = selected >= 0 && selected !== this.#lastSelected
    this.#lastFirst = groups[0]
    this.#lastSelected = selected
    if (this.#dialog !== null && (isNew || (isSelected && selected === 0))) {
      this.renderRoot.querySelector('.panel')!.scrollTop = 0
    } else if (isSelected) this.#rowElement(selected)?.scrollIntoView({ block: 'nearest' })
  }

  #connect(): void {
    const { index, src } = this
    const open = () => openBundle(new URL(src!, document.baseURI).href)
    this.#lazy = index === null && src !== null ? lazySearchable(open) : null
    this.controller.setSearchable(index ?? this.#lazy)
  }

  /** What to say; not a word before there is something to say, while another language loads. */
  #language(): Strings {
    const language = this.#languages[nearestLocale(this)]
    if (language !== undefined) return language
    this.#loadLanguages()
    return this.controller.state.status === 'idle' ? ({} as Strings) : SIMPLIFIED
  }

  #loadLanguages(): void {
    if (this.#awaitsLanguages) return
    this.#awaitsLanguages = true
    const update = (others: Partial<Record<Locale, Strings>>) => {
      Object.assign(this.#languages, others)
      this.requestUpdate()
    }
    import('./translations.js').then(
      ({ TRANSLATIONS }) => update(TRANSLATIONS),
      // Better in one of its languages than in none.
      () => update({ en: SIMPLIFIED, 'zh-TW': SIMPLIFIED }),
    )
  }

  /** With the first search, and again after a failure. */
  #loadFilterView(): void {
    const isNeeded = this.facets !== null && this.controller.state.status === 'loading'
    if (!isNeeded || this.#awaitsFilterView) return
    this.#awaitsFilterView = true
    import('./filter-view.js').then(
      (loaded) => {
        this.#filterView = loaded.filterView
        this.addStyles(loaded.filterStyles)
        this.requestUpdate()
      },
      () => {
        this.#awaitsFilterView = false
      },
    )
  }

  #boxProps(): BoxViewProps {
    const { controller } = this
    const strings = { ...this.#language(), ...this.strings }
    const finish = () => controller.compositionEnd(this.#input!.value)
    return {
      state: controller.state,
      strings,
      placeholder: this.placeholder ?? strings.placeholder,
      isDialog: this.mode === 'dialog',
      hasShortcuts: !this.noShortcuts,
      onFocus: () => this.#lazy?.warm(),
      onInput: () => controller.setQuery(this.#input!.value),
      onCompositionStart: () => controller.compositionStart(),
      onCompositionEnd: finish,
      onKeydown: this.#onKeydown,
      onClear: () => {
        this.query = ''
        this.#input?.focus()
      },
      onClose: () => this.close(),
    }
  }

  #panelProps({ state, strings, isDialog }: BoxViewProps): PanelViewProps {
    const { controller } = this
    return {
      state,
      strings,
      isDialog,
      locale: nearestLocale(this),
      labels: this.#facetLabels(),
      expanded: this.#expanded,
      filterView: this.#filterView,
      onOpen: this.#onOpen,
      onSuggestion: (query) => {
        this.query = query
        this.#refocus()
      },
      onToggle: (field, value) => controller.toggleFilter(field, value),
      onExpand: (field) => {
        this.#expanded.add(field)
        this.requestUpdate()
      },
      onClearFilters: () => {
        controller.clearFilters()
        this.#refocus()
      },
      onMore: (event) => {
        // The button goes away with the last load; from the keyboard, one goes on in the list.
        const fromKeyboard = event.detail === 0
        controller.loadMore(fromKeyboard)
        if (fromKeyboard) this.#input?.focus()
      },
      onRetry: () => {
        controller.retry()
        this.#refocus()
      },
    }
  }

  /** Back to typing, unless that would bring up a keyboard on the screen. */
  #refocus(): void {
    if (!matchMedia('(hover: none)').matches) this.#input?.focus({ preventScroll: true })
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const { composing } = this.controller.state
    // Safari ends a composition before the Enter that confirms it; that key has code 229.
    if (event.isComposing || event.keyCode === 229 || composing) return
    if (event.key === 'ArrowDown') this.controller.moveSelection(1)
    else if (event.key === 'ArrowUp') this.controller.moveSelection(-1)
    else if (event.key === 'Enter') this.#onEnter(event)
    else if (event.key === 'Escape' && this.mode !== 'dialog') this.#onEscape()
    else if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
      this.#input?.select()
    } else return
    event.preventDefault()
  }

  #onEnter({ ctrlKey, metaKey, shiftKey }: KeyboardEvent): void {
    const { status, query, answered, selected } = this.controller.state
    this.controller.flush()
    // The rows on screen may still be those of what was typed before.
    if (status !== 'ready' || query !== answered) return
    if (selected < 0) this.controller.moveSelection(1)
    // As a click with the same keys held: ⌘ or Ctrl opens a tab.
    const init = { bubbles: true, cancelable: true, composed: true, ctrlKey, metaKey, shiftKey }
    if (selected >= 0) this.#rowElement(selected)?.dispatchEvent(new MouseEvent('click', init))
  }

  #onEscape(): void {
    if (this.query === '') this.#input?.blur()
    else this.query = ''
  }

  readonly #onOpen = (event: MouseEvent, item: ResultItem): void => {
    const detail: WenxunSelectDetail = { item, query: this.controller.state.answered }
    if (!this.#send('wenxun-select', detail) || item.href === null) event.preventDefault()
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.close()
  }

  readonly #onShortcut = (event: KeyboardEvent): void => {
    if (this.noShortcuts || !asksForSearch(event)) return
    event.preventDefault()
    this.open()
  }

  readonly #onCancel = (event: Event): void => {
    if (this.controller.state.composing) event.preventDefault()
  }

  readonly #onBackdrop = (event: PointerEvent): void => {
    if (event.target === this.#dialog) this.close()
  }

  #send(type: string, detail: unknown): boolean {
    const init = { bubbles: true, cancelable: true, composed: true, detail }
    return this.dispatchEvent(new CustomEvent(type, init))
  }

  #facetLabels(): Map<string, string> {
    const names = (this.facets ?? '').split(',').map((name) => name.trim())
    const pairs = names.filter((name) => name !== '').map((name) => name.split(':'))
    return new Map(pairs.map(([field = '', label = field]) => [field.trim(), label.trim()]))
  }

  #linkBase(): string {
    if (this.base !== null) return new URL(this.base, document.baseURI).href
    if (this.index !== null || this.src === null) return document.baseURI
    return new URL(this.src.endsWith('/') ? '..' : '.', new URL(this.src, document.baseURI)).href
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  #rowElement(position: number): HTMLElement | null {
    return this.renderRoot.querySelector(`#${OPTION_ID}${position}`)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wenxun-search': WenxunSearch
  }
  interface HTMLElementEventMap {
    'wenxun-select': CustomEvent<WenxunSelectDetail>
    'wenxun-error': CustomEvent<unknown>
  }
}
