/** The texts of an index that is at hand: a term is found in them without decoding every text. */

import type { Folder } from '@wenxun/tokenizer/scan'
import { BytePattern } from './byte-pattern.js'
import type { CodeFolds } from './recoder.js'
import { TextStore } from './text-store.js'

export class LocalTexts extends TextStore {
  #folds: { readonly folder: Folder; readonly folds: CodeFolds | null } | null = null
  #sought: { readonly term: string; readonly pattern: BytePattern } | null = null

  /** Whether a paragraph surely holds a folded term; where not, its text must be asked. */
  surelyHas(row: number, term: string, folder: Folder): boolean {
    if (this.#folds?.folder !== folder) {
      this.#folds = { folder, folds: this.decoder.foldedBy(folder) }
      this.#sought = null
    }
    const { folds } = this.#folds
    if (folds === null) return false
    if (this.#sought?.term !== term) this.#sought = { term, pattern: new BytePattern(term, folds) }
    const { bytes, start, end } = this.placeOf(row)
    return this.#sought.pattern.isIn(bytes, start, end)
  }
}
