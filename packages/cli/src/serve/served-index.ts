/** An index file or a live index, and its answers to questions. Runs in the threads that search. */
import type { AbortFlag, SearchIndex } from '@wenxun/core'
import { LiveReader } from '@wenxun/node'
import { openFile } from '@wenxun/node/file'
import { naming } from '../index-file.js'
import { errorAnswer } from './request-error.js'
import { searchAnswer } from './search-api.js'
import type { JsonAnswer, Question } from './search-question.js'

/** Fields with more values than this are no help for narrowing down. */
const mostValues = 60
const mostFacets = 4
/** Documents for each value, at least. */
const leastShared = 1.5

/** Gives the index as it is now. */
export type CurrentIndex = () => SearchIndex

/**
 * Opens an index file by a descriptor, or a live index by its directory: every question sees what
 * was committed last.
 * @throws {InputError} when it cannot be read
 */
export function openServed(path: string, descriptor: number | null): CurrentIndex {
  if (descriptor !== null) {
    const index = naming(path, () => openFile(path, { descriptor }))
    return () => index
  }
  const reader = naming(path, () => new LiveReader(path))
  return () => {
    reader.refresh()
    return reader.snapshot.index
  }
}

/** The answer to a question; what goes wrong is one, too. Null when it is given up meanwhile. */
export function answerOf(
  current: CurrentIndex,
  question: Question,
  signal: AbortFlag,
): JsonAnswer | null {
  try {
    return jsonAnswer(200, jsonOf(current(), question, signal))
  } catch (error) {
    if (signal.aborted) return null
    const { status, value } = errorAnswer(error)
    return jsonAnswer(status, value)
  }
}

function jsonOf(index: SearchIndex, question: Question, signal: AbortFlag): unknown {
  if (question.kind === 'facets') return facetsOf(index)
  if (question.kind === 'facts') return factsOf(index)
  return searchAnswer(index, new URLSearchParams(question.parameters), signal)
}

const encoder = new TextEncoder()

function jsonAnswer(status: number, value: unknown): JsonAnswer {
  return { status, bytes: encoder.encode(JSON.stringify(value)) }
}

function factsOf(index: SearchIndex) {
  const { documents, paragraphs } = index.metadata.counts
  return { documents, paragraphs, columns: index.inspect().columns }
}

/** Fields that narrow down: a few values, most of them of several documents. */
function facetsOf(index: SearchIndex): string[] {
  const { documents } = index.metadata.counts
  const rated = index.metadata.columns.map((name) => {
    const column = index.column(name)
    let having = 0
    for (let i = 0; i < documents; i++) if (column.firstOrdinal(i) >= 0) having++
    const count = column.values.length
    const isShort = count > 1 && count <= mostValues && column.kind !== 'date'
    const isPlain = !/[,:]/.test(name) && !column.values.every(isDate)
    return { name, shared: isShort && isPlain ? having / count : 0, having }
  })
  return rated
    .filter(({ shared }) => shared >= leastShared)
    .sort((a, b) => b.having - a.having)
    .slice(0, mostFacets)
    .map(({ name }) => name)
}

const isDate = (value: string | number) => /^\d{4}-\d{2}(-\d{2})?$/.test(String(value))
