/** A live index beside the list of documents that it should hold, for comparing the two. */

import { readdirSync } from 'node:fs'
import { openIndex, type SearchIndex, type SourceDocument } from '@wenxun/core'
import { expect } from 'vitest'
import { build } from './notation.js'

/** The documents as a live index orders them: what is given again goes to the end. */
export class ExpectedDocuments {
  #documents = new Map<string, SourceDocument>()

  upsert(document: SourceDocument): void {
    this.#documents.delete(document.id)
    this.#documents.set(document.id, document)
  }

  delete(id: string): void {
    this.#documents.delete(id)
  }

  get ids(): string[] {
    return [...this.#documents.keys()]
  }

  /** Bytes of a build of these documents, with what merging needs. */
  bytes(): Uint8Array {
    return build(this.#documents.values(), { mergeable: true })
  }

  index(): SearchIndex {
    return openIndex(this.bytes())
  }
}

/** Everything that a result says. */
export function answer(index: SearchIndex, query: string, options = {}): string {
  return JSON.stringify(index.search(query, options))
}

/** Both answer every query alike: hits, scores, totals, texts, marks, suggestions, facets. */
export function expectSameAnswers(
  index: SearchIndex,
  fresh: SearchIndex,
  queries: readonly string[],
): void {
  expect(index.metadata.columns).toEqual(fresh.metadata.columns)
  expect(index.metadata.folds).toEqual(fresh.metadata.folds)
  const facets = index.metadata.columns
  for (const query of queries) {
    expect(answer(index, query, { facets }), query).toBe(answer(fresh, query, { facets }))
  }
}

/** Names in a directory, without numbers: `manifest.json *.wx`. */
export function kindsIn(directory: string): string {
  const kinds = readdirSync(directory).map((name) => name.replace(/^\d{8}/, '*'))
  return [...new Set(kinds)].sort().join(' ')
}
