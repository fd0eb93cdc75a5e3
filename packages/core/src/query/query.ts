/**
 * A query as it was written: clauses with signs, in groups. Grammar and meaning are in
 * docs/query-language.md.
 */

export type Occur = 'should' | 'must' | 'mustNot'

export interface Clause {
  readonly occur: Occur
  readonly node: QueryNode
}

export type QueryNode = TextNode | FieldNode | AllNode | AnyNode

export interface TextNode {
  readonly kind: 'text'
  readonly text: string
  /** `quoted`: must occur as it stands. `prefix`: begins words; `text` is without its `*`. */
  readonly form: 'plain' | 'quoted' | 'prefix'
}

/** `city:洛阳`, `year:2020..2024`. */
export interface FieldNode {
  readonly kind: 'field'
  readonly field: string
  readonly value: string
  /** The value in quotes is no range and no prefix. */
  readonly quoted: boolean
}

/** `( … )` */
export interface AllNode {
  readonly kind: 'all'
  readonly clauses: readonly Clause[]
}

/** `… OR …` */
export interface AnyNode {
  readonly kind: 'any'
  readonly clauses: readonly Clause[]
}

const SIGN: Readonly<Record<Occur, string>> = { should: '', must: '+', mustNot: '-' }

const STRAIGHT = /["＂]/

/** Writes clauses so that they are read as the same clauses again. */
export function printQuery(clauses: readonly Clause[]): string {
  return new Printer().clauses(clauses)
}

class Printer {
  /** Whether a text before has a straight quote, which another one would close. */
  #isOpen = false

  clauses(clauses: readonly Clause[]): string {
    return clauses.map((clause) => this.#clause(clause)).join(' ')
  }

  #clause({ occur, node }: Clause): string {
    return SIGN[occur] + this.#node(node)
  }

  #node(node: QueryNode): string {
    switch (node.kind) {
      case 'text':
        if (node.form === 'quoted') return this.#quote(node.text)
        this.#isOpen ||= STRAIGHT.test(node.text)
        return node.form === 'prefix' ? `${node.text}*` : node.text
      case 'field':
        this.#isOpen ||= STRAIGHT.test(node.value)
        return `${node.field}:${node.quoted ? `"${node.value}"` : node.value}`
      case 'all':
        return `(${this.clauses(node.clauses)})`
      case 'any':
        return node.clauses.map((clause) => this.#clause(clause)).join(' OR ')
    }
  }

  #quote(text: string): string {
    return this.#isOpen || STRAIGHT.test(text) ? `“${text}”` : `"${text}"`
  }
}
