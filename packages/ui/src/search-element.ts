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
import { SELECTED } from './result-view.js'
import { SearchController } from './search-controller.js'
import { facetLabels, KINDS, linkBase, SearchElementBase } from './search-properties.js'
import type { ResultGroup, ResultItem } from './search-state.js'
import { type LazySearchable, lazySearchable } from './searchable.js'
import { onBoxKey } from './selection-keys.js'
import { asksForSearch, shortcutLabel } from './shortcuts.js'
import { styles } from './styles.js'
import { wordingOf } from './wording.js'

/** Detail of `wenxun-select`, which is sent before a row opens and can be prevented. */
export interface WenxunSelectDetail {
  readonly item: ResultItem
  /** The query that found it. */
  readonly query: string
}

/** Properties of the element that are options of its controller. */
const OPTIONS = ['facets', 'limit', 'sort', 'filter', 'mode', 'base', 'src']

export class WenxunSearch extends SearchElementBase {
  static readonly observedAttributes: readonly string[] = [
    ...Object.entries(KINDS).flatMap(([name, { attribute = name }]) => attribute ?? []),
    'lang',
  ]

  /** What is typed, shown and selected; see `createSearchController`. */
  readonly controller: SearchController = new SearchController(null)
  readonly #expanded = new Set<string>()
  #filterView: typeof filterView | null = null
  #awaitsFilterView = false
  readonly #strings = wordingOf(this, () => this.requestUpdate())
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
      facets: [...facetLabels(this).keys()],
      limit: this.limit > 0 ? this.limit : 8,
      selectFirst: this.mode === 'dialog',
      linkTo: (hit) => hitLink(hit, linkBase(this)),
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
      '@cancel': (event: Event) => {
        if (this.controller.state.composing) event.preventDefault()
      },
      '@pointerdown': ({ target }: PointerEvent) => {
        if (target === this.#dialog) this.close()
      },
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
    } else if (isSelected)
      this.renderRoot.querySelector(SELECTED)?.scrollIntoView({ block: 'nearest' })
  }

  #connect(): void {
    const { index, src } = this
    const open = () => openBundle(new URL(src!, document.baseURI).href)
    this.#lazy = index === null && src !== null ? lazySearchable(open) : null
    this.controller.setSearchable(index ?? this.#lazy)
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
    const strings = { ...this.#strings(controller.state.status === 'idle'), ...this.strings }
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
      onKeydown: (event) => onBoxKey(event, this),
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
      labels: facetLabels(this),
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

  #send(type: string, detail: unknown): boolean {
    const init = { bubbles: true, cancelable: true, composed: true, detail }
    return this.dispatchEvent(new CustomEvent(type, init))
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
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
