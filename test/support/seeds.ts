/** The seed reports, read as the command line reads them, for tests over all of their text. */

import { fileURLToPath } from 'node:url'
import { openIndex, type SearchIndex, type SourceDocument } from '@wenxun/core'
import { readPath } from '@wenxun/ingest'
import { Folder, foldToString } from '@wenxun/tokenizer/scan'
import { analyzer, build } from './notation.js'

export interface SeedParagraph {
  /** As `placeOf` writes it. */
  readonly place: string
  readonly text: string
  readonly folded: string
  /** Folded title of its document, which its first paragraph stands for; '' for the others. */
  readonly title: string
}

export interface Seeds {
  readonly documents: readonly SourceDocument[]
  readonly index: SearchIndex
  readonly paragraphs: readonly SeedParagraph[]
}

/** Characters, folded, that may be part of a number that can be written another way. */
export const NUMERAL = /[0-9零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]/

const folder = new Folder(analyzer.folds)

export function fold(text: string): string {
  return foldToString(folder.fold(text))
}

/** Character → another that folds to it: Traditional or variant. */
export function unfolds(): Map<string, string> {
  const sources = [...analyzer.folds.from]
  return new Map([...analyzer.folds.to].map((to, i) => [to, sources[i]!]))
}

export async function openSeeds(): Promise<Seeds> {
  const documents: SourceDocument[] = []
  for await (const { document } of readPath(
    fileURLToPath(new URL('../../seeds', import.meta.url)),
  )) {
    if (document !== undefined) documents.push(document)
  }
  const paragraphs = documents.flatMap(({ id, title = '', paragraphs: rows }) =>
    rows.map(({ text }, i) => ({
      place: `${id}.${i}`,
      text,
      folded: fold(text),
      title: i === 0 ? fold(title) : '',
    })),
  )
  return { documents, index: openIndex(build(documents)), paragraphs }
}

/** Distinct substrings of Han runs, of `least` to `most` characters. */
export function hanSubstrings(texts: readonly string[], least: number, most: number): string[] {
  const found = new Set<string>()
  for (const text of texts) {
    for (const [run] of text.matchAll(/\p{Script=Han}+/gu)) {
      const characters = [...run]
      for (let start = 0; start < characters.length; start++) {
        for (let length = least; length <= most; length++) {
          if (start + length > characters.length) break
          found.add(characters.slice(start, start + length).join(''))
        }
      }
    }
  }
  return [...found]
}
