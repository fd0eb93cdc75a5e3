/** The metadata section: what a reader must know before anything else. */

import { type Packed, unpack } from '../bytes/msgpack.js'
import { corrupt } from '../errors.js'

export interface IndexMetadata {
  readonly analyzer: { readonly name: string; readonly fingerprint: string }
  readonly counts: {
    readonly documents: number
    readonly paragraphs: number
    readonly terms: number
    /** Titles and headings that are searchable. */
    readonly sections: number
    readonly contextTerms: number
    /** UTF-16 units of paragraph text. */
    readonly textUnits: number
  }
  readonly bm25: { readonly k1: number; readonly b: number }
  readonly averageLength: { readonly text: number; readonly context: number }
  /** The part of the analyzer's fold table whose targets occur in this index. */
  readonly folds: { readonly from: string; readonly to: string; readonly ambiguous: string }
  /** Recoding table of the stored texts; see store/recoder.ts. */
  readonly recoding: Uint8Array
  /** Names of the metadata columns, in order of their chunks. */
  readonly columns: readonly string[]
}

interface Shape {
  readonly [key: string]: Shape | 'string' | 'number'
}

const SHAPE: Shape = {
  analyzer: { name: 'string', fingerprint: 'string' },
  counts: {
    documents: 'number',
    paragraphs: 'number',
    terms: 'number',
    sections: 'number',
    contextTerms: 'number',
    textUnits: 'number',
  },
  bm25: { k1: 'number', b: 'number' },
  averageLength: { text: 'number', context: 'number' },
  folds: { from: 'string', to: 'string', ambiguous: 'string' },
}

export function readMetadata(bytes: Uint8Array): IndexMetadata {
  const value = unpack(bytes)
  check(value, SHAPE, 'metadata')
  const record = value as unknown as IndexMetadata
  if (!(record.recoding instanceof Uint8Array)) throw corrupt('metadata.recoding is missing')
  if (!Array.isArray(record.columns) || record.columns.some((name) => typeof name !== 'string')) {
    throw corrupt('metadata.columns is no list of names')
  }
  return record
}

function check(value: Packed | undefined, shape: Shape, path: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw corrupt(`${path} is missing`)
  }
  for (const [key, expected] of Object.entries(shape)) {
    const item = (value as Record<string, Packed>)[key]
    if (typeof expected === 'object') check(item, expected, `${path}.${key}`)
    else if (typeof item !== expected) throw corrupt(`${path}.${key} is no ${expected}`)
  }
}
