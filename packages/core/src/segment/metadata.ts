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
  /** How many of the best rows get a second look; see ranking/weights.ts. Default as there. */
  readonly secondLook?: number
  /** `lean`: without words of three and more characters. Absent from a complete index. */
  readonly profile?: string
  /** Recoding table of the stored texts; see store/recoder.ts. */
  readonly recoding: Uint8Array
  /** Names of the metadata columns, in order of their chunks. */
  readonly columns: readonly string[]
}

/** A larger k1 would take scores out of their range. */
export const MAX_K1 = 100

/** What a value may be: a text, a whole number from 0 on, or a number in a range. */
type Leaf = 'text' | 'count' | readonly [least: number, most: number]

interface Shape {
  readonly [key: string]: Shape | Leaf
}

const SHAPE: Shape = {
  analyzer: { name: 'text', fingerprint: 'text' },
  counts: {
    documents: 'count',
    paragraphs: 'count',
    terms: 'count',
    sections: 'count',
    contextTerms: 'count',
    textUnits: 'count',
  },
  bm25: { k1: [0, MAX_K1], b: [0, 1] },
  averageLength: { text: [0, Number.MAX_SAFE_INTEGER], context: [0, Number.MAX_SAFE_INTEGER] },
  folds: { from: 'text', to: 'text', ambiguous: 'text' },
}

export function readMetadata(bytes: Uint8Array): IndexMetadata {
  return checkMetadata(unpack(bytes))
}

/** Throws CORRUPT unless a value is metadata. */
export function checkMetadata(value: Packed | undefined): IndexMetadata {
  check(value, SHAPE, 'metadata')
  const record = value as unknown as IndexMetadata
  if (!(record.recoding instanceof Uint8Array)) throw corrupt('metadata.recoding is missing')
  if (!Array.isArray(record.columns) || record.columns.some((name) => typeof name !== 'string')) {
    throw corrupt('metadata.columns is no list of names')
  }
  const { from, to } = record.folds
  if ([...from].length !== [...to].length) throw corrupt('metadata.folds do not pair up')
  const { secondLook = 1 } = record
  if (!Number.isInteger(secondLook) || secondLook < 1) throw corrupt('metadata.secondLook is off')
  if (typeof (record.profile ?? '') !== 'string') throw corrupt('metadata.profile is no text')
  return record
}

function check(value: Packed | undefined, shape: Shape, path: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw corrupt(`${path} is missing`)
  }
  for (const [key, expected] of Object.entries(shape)) {
    const item = (value as Record<string, Packed>)[key]
    if (isLeaf(expected)) checkLeaf(item, expected, `${path}.${key}`)
    else check(item, expected, `${path}.${key}`)
  }
}

function isLeaf(shape: Shape | Leaf): shape is Leaf {
  return typeof shape === 'string' || Array.isArray(shape)
}

function checkLeaf(item: Packed | undefined, leaf: Leaf, path: string): void {
  if (leaf === 'text') {
    if (typeof item !== 'string') throw corrupt(`${path} is no text`)
    return
  }
  const [least, most] = leaf === 'count' ? [0, Number.MAX_SAFE_INTEGER] : leaf
  const isWhole = leaf !== 'count' || Number.isSafeInteger(item)
  // Also refuses what is no number, and NaN.
  if (!(typeof item === 'number' && item >= least && item <= most && isWhole)) {
    throw corrupt(`${path} is no ${leaf === 'count' ? 'count' : `number from ${least} to ${most}`}`)
  }
}
