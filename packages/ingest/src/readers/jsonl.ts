/** JSONL, one record a line: each line stands alone, so a bad one costs only itself. */
import type { Reader, ReaderContext, ReadItem } from '../types.js'
import { itemsOfRecord, syntaxMessage } from './json.js'

/** The items of one line; none for a blank line. Lines count from 1. */
export function* readLine(
  line: string,
  number: number,
  context: ReaderContext,
): Generator<ReadItem> {
  if (line.trim() === '') return
  let record: unknown
  try {
    record = JSON.parse(line)
  } catch (error) {
    const message = `${context.path}: line ${number}: not valid JSON: ${syntaxMessage(error)}`
    yield { problem: { path: context.path, code: 'syntax', message, line: number } }
    return
  }
  yield* itemsOfRecord(record, `${context.id}:${number}`, 'jsonl', context, number)
}

/** For text that is in memory already; files are streamed line by line instead. */
export const jsonlReader: Reader = {
  format: 'jsonl',
  *read(text, context) {
    let number = 0
    for (const line of text.split('\n')) yield* readLine(line, ++number, context)
  },
}
