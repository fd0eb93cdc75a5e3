/** JSONL, one record a line: each line stands alone, so a bad one costs only itself. */
import type { LineReader, ReaderContext, ReadItem } from '../types.js'
import { itemsOfRecord, syntaxMessage } from './json.js'

function* readLine(line: string, number: number, context: ReaderContext): Generator<ReadItem> {
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

export const jsonlReader: LineReader = {
  takes: 'lines',
  async *read(lines, context) {
    for await (const { number, text, problem } of lines) {
      if (problem) yield { problem }
      else yield* readLine(text, number, context)
    }
  },
}
