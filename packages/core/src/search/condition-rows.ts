/**
 * Rows that meet a condition of a query.
 *
 * A part that stands in no text at all, but in titles or headings, is met by the rows under them.
 * Where nothing else chooses among those, only the first row of each is shown. This does not depend
 * on the order of conditions.
 */

import type { FieldNode } from '../query/query.js'
import { type Condition, type PlannedPart, widened } from '../query/query-plan.js'
import type { PartRows } from './part-rows.js'
import { allRowsOf, commonRows, subtractRows, uniteRows } from './row-merge.js'

export interface ConditionBasis {
  readonly parts: PartRows
  /** Number of rows of the index. */
  readonly rows: number
  /** Rows of documents that a field condition lets through. */
  rowsOfField(field: FieldNode): Int32Array
}

export class ConditionRows {
  readonly #basis: ConditionBasis
  /** Whether the texts of all rows contain the parts, those themselves, that had to be met. */
  areContaining = true

  constructor(basis: ConditionBasis) {
    this.#basis = basis
  }

  /** Rows that are hits by meeting all conditions. */
  meeting(conditions: readonly Condition[]): Int32Array {
    return this.#all(conditions, true)
  }

  /** Rows that meet any of the conditions, those under titles and headings included. */
  barred(conditions: readonly Condition[]): Int32Array {
    return this.#any(conditions, false)
  }

  /** `shown`: of rows under titles and headings only the first. */
  #rows(condition: Condition, shown: boolean): Int32Array {
    switch (condition.kind) {
      case 'part':
        return this.#ofPart(widened(condition.part), shown)
      case 'field':
        return this.#basis.rowsOfField(condition)
      case 'not':
        return subtractRows(allRowsOf(this.#basis.rows), this.#rows(condition.condition, false))
      case 'any':
        return this.#any(condition.conditions, shown)
      case 'all':
        return this.#all(condition.conditions, shown)
    }
  }

  #ofPart(part: PlannedPart, shown: boolean): Int32Array {
    const rows = this.#basis.parts.inTexts(part, null)
    return rows.length > 0 ? rows : this.#basis.parts.underSections(part, !shown)
  }

  #any(conditions: readonly Condition[], shown: boolean): Int32Array {
    let rows: Int32Array = new Int32Array(0)
    for (const condition of conditions) rows = uniteRows(rows, this.#rows(condition, shown))
    return rows
  }

  #all(conditions: readonly Condition[], shown: boolean): Int32Array {
    const { parts } = this.#basis
    let rows: Int32Array | null = null
    let firstRows: Int32Array = new Int32Array(0)
    let onlySections = shown
    for (const condition of conditions) {
      if (condition.kind !== 'part') {
        const met = this.#rows(condition, shown)
        rows = rows === null ? met : commonRows(rows, met)
        if (condition.kind !== 'not') onlySections = false
        continue
      }
      if (condition.part.alternatives.length > 0) this.areContaining = false
      const part = widened(condition.part)
      const found = parts.inTexts(part, rows)
      if (found.length > 0 || (rows !== null && parts.isInTexts(part))) {
        rows = found
        onlySections = false
        continue
      }
      this.areContaining = false
      const under = parts.underSections(part, true)
      rows = rows === null ? under : commonRows(rows, under)
      firstRows = uniteRows(firstRows, parts.underSections(part, false))
    }
    if (rows === null) return firstRows
    return onlySections && firstRows.length > 0 ? commonRows(rows, firstRows) : rows
  }
}
