/**
 * An element that is a view of its properties: attributes set them, and any number of changes make
 * one render.
 */

import { show, type Tree } from './element-tree.js'

export interface PropertyKind {
  /** Default null. */
  readonly initial?: unknown
  /** The attribute that sets it, null for none; default its name. */
  readonly attribute?: string | null
  /** What the attribute's text becomes; default the text, null without the attribute. */
  readonly read?: (text: string | null) => unknown
  /** Whether its attribute follows it. Without the attribute it has its initial value. */
  readonly reflects?: boolean
}

export type PropertyKinds = Readonly<Record<string, PropertyKind>>

// On a server there are no elements; the class can be imported all the same.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement)

export abstract class ViewElement extends Base {
  /** Whether it was rendered once. */
  hasUpdated = false
  /** Resolves when all changes so far are shown. */
  updateComplete: Promise<void>
  readonly #kinds: PropertyKinds
  readonly #styles: string
  readonly #values: Record<string, unknown> = {}
  /** What was set before the class was there. */
  readonly #given: [name: string, value: unknown][] = []
  #changed = new Set<string>()
  #isPending = true
  #root: ShadowRoot | null = null
  #start: () => void = () => {}

  constructor(kinds: PropertyKinds, styles: string) {
    super()
    this.#kinds = kinds
    this.#styles = styles
    for (const [name, { initial = null }] of Object.entries(kinds)) {
      if (Object.hasOwn(this, name)) this.#given.push([name, Reflect.get(this, name)])
      this.#values[name] = initial
      this.#changed.add(name)
      Object.defineProperty(this, name, {
        configurable: true,
        get: () => this.#values[name],
        set: (value: unknown) => this.#set(name, value),
      })
    }
    // The first render waits until the element is on a page.
    const started = new Promise<void>((resolve) => {
      this.#start = resolve
    })
    this.updateComplete = started.then(() => this.#update())
  }

  /** Before a render: the names of what changed since the last one. */
  protected abstract willUpdate(changed: ReadonlySet<string>): void
  protected abstract render(): Tree
  /** After a render. */
  protected abstract updated(): void

  get renderRoot(): ShadowRoot {
    this.#root ??= this.#attachRoot()
    return this.#root
  }

  requestUpdate(): void {
    if (this.#isPending) return
    this.#isPending = true
    this.updateComplete = Promise.resolve().then(() => this.#update())
  }

  connectedCallback(): void {
    for (const [name, value] of this.#given.splice(0)) this.#set(name, value)
    this.#start()
  }

  attributeChangedCallback(changed: string, _before: string | null, text: string | null): void {
    for (const [name, kind] of Object.entries(this.#kinds)) {
      const { attribute = name, read, reflects, initial = null } = kind
      if (attribute !== changed) continue
      const value = read === undefined ? text : read(text)
      this.#set(name, reflects ? (value ?? initial) : value)
    }
    this.requestUpdate()
  }

  #set(name: string, value: unknown): void {
    if (this.#values[name] === value) return
    this.#values[name] = value
    this.#changed.add(name)
    this.requestUpdate()
    const { reflects, attribute = name, initial = null } = this.#kinds[name]!
    const text = String(value ?? initial)
    // An attribute that says it already is left alone, and so is one that need not be there.
    if (!reflects || (this.getAttribute(attribute!) ?? initial) === text) return
    this.setAttribute(attribute!, text)
  }

  #update(): void {
    try {
      const changed = this.#changed
      this.#changed = new Set()
      this.willUpdate(changed)
      show(this.renderRoot, [this.render()])
      this.hasUpdated = true
    } finally {
      this.#isPending = false
    }
    this.updated()
  }

  #attachRoot(): ShadowRoot {
    const root = this.attachShadow({ mode: 'open' })
    adopt(root, this.#styles)
    return root
  }

  /** Adds to how it looks. */
  protected addStyles(styles: string): void {
    adopt(this.renderRoot, styles)
  }
}

/** Allowed also where the page's policy forbids style elements. */
function adopt(root: ShadowRoot, styles: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
