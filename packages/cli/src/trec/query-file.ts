/** Queries of an evaluation: JSONL, one `{ "id", "text" }` a line. */
import { readFileSync } from 'node:fs'
import { describeSystemError, InputError, isSystemError } from '../errors.js'

export interface Query {
  readonly id: string
  readonly text: string
}

/**
 * Reads a file of queries; blank lines are skipped, an id may be a number.
 * @throws {InputError} with file and line when a line is not a query.
 */
export function readQueries(path: string): Query[] {
  return readText(path)
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [parseQuery(line, `${path}:${i + 1}`)]))
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw isSystemError(error) ? new InputError(describeSystemError(error)) : error
  }
}

function parseQuery(line: string, place: string): Query {
  const value = parseJson(line, place)
  if (typeof value !== 'object' || value === null) {
    throw new InputError(`${place}: expected {"id", "text"}, found ${JSON.stringify(value)}`)
  }
  const { id, text } = value as Record<string, unknown>
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') {
    throw new InputError(`${place}: "id" must be a text or a number`)
  }
  if (typeof text !== 'string') throw new InputError(`${place}: "text" must be a text`)
  return { id: String(id), text }
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new InputError(`${place}: not valid JSON`)
  }
}
