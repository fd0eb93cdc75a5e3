/** Tables (CSV, TSV): the first row names the columns, every further row is a record. */
import { type OptionsWithColumns, parse } from 'csv-parse'
import type { DecodedLine, Format, LineReader, Problem, ReaderContext, ReadItem } from '../types.js'
import { itemsOfRecord, syntaxMessage } from './json.js'

const defaultRowBytes = 64 * 1024 * 1024
const pieceLength = 64 * 1024
const separators = [',', '\t', ';', '|', '，'] as const
const quoted = /"(?:[^"]|"")*"?/g
const ownColumns = ['text', 'paragraphs']

type Row = Readonly<Record<string, string>>

/** The separator that the heading row uses most, outside quotes. */
function separatorOf(header: string): string {
  const bare = header.replace(quoted, '')
  const count = (separator: string) => bare.split(separator).length
  return separators.reduce((best, next) => (count(next) > count(best) ? next : best))
}

/** Stands in the text for a line that could not be decoded; `lineOf` finds it in a row. */
const badLine = (number: number | string) => `\u0000line ${number}\u0000`
const badLineIn = new RegExp(badLine('(\\d+)'))

/** The text in larger pieces; notes the bad lines by their number. */
async function* textOf(
  first: DecodedLine,
  rest: AsyncIterator<DecodedLine>,
  bad: Map<number, Problem>,
): AsyncGenerator<string> {
  let text = ''
  for (let line: DecodedLine | undefined = first; line; ) {
    if (line.problem) bad.set(line.number, line.problem)
    text += `${line.text ?? badLine(line.number)}\n`
    if (text.length > pieceLength) {
      yield text
      text = ''
    }
    const next: IteratorResult<DecodedLine> = await rest.next()
    line = next.done ? undefined : next.value
  }
  yield text
}

/** A row with its columns, and the line that it ends on. */
interface Read {
  readonly row: Row
  readonly columns: readonly string[]
  readonly line: number
}

/** What keeps every row from being a document, or null. */
function missingColumn(
  columns: readonly string[],
  { options: { fields = {} } }: ReaderContext,
): string | null {
  const wanted = ownColumns.map((own) => fields[own]).filter((name) => name !== undefined)
  const names = wanted.length > 0 ? wanted : ownColumns
  if (names.some((name) => columns.includes(name))) return null
  const given = wanted.length > 0 ? wanted.join(', ') : 'text'
  return `there is no column "${given}"; the columns are ${columns.join(', ')}; say which holds the text: --fields text=…`
}

/** Empty cells say nothing about a document. */
const withoutEmpty = (row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([, cell]) => cell.trim() !== ''))

function parserOptions(
  delimiter: string,
  context: ReaderContext,
  take: (read: Read) => void,
): OptionsWithColumns<Row> {
  let columns: string[] = []
  return {
    delimiter,
    columns: (names: string[]) => {
      columns = names.map((name) => name.trim())
      return columns
    },
    skip_empty_lines: true,
    // Real tables have rows that are too short, and quotes in the middle of a cell.
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: context.options.maxLineBytes ?? defaultRowBytes,
    on_record: (row: Row, { lines }) => {
      take({ row, columns, line: lines })
      return null
    },
  }
}

/** All rows up to the end, or up to where the table cannot be read on: then throws a CsvError. */
async function* rowsOf(
  text: AsyncIterable<string>,
  delimiter: string,
  context: ReaderContext,
): AsyncGenerator<Read> {
  let rows: Read[] = []
  // Taken from the parser as it finds them: those it has passed on are lost after an error.
  const parser = parse(parserOptions(delimiter, context, (read) => rows.push(read)))
  let failure: Error | undefined
  parser.on('error', (error) => {
    failure = error
  })
  parser.resume()
  for await (const piece of text) {
    await new Promise<void>((done) => parser.write(piece, () => done()))
    yield* rows
    rows = []
    if (failure) throw failure
  }
  await new Promise<void>((done) => {
    parser.on('close', done)
    parser.end()
  })
  yield* rows
  if (failure) throw failure
}

function lineOf(row: Row): number | null {
  for (const cell of Object.values(row)) {
    const found = badLineIn.exec(cell)
    if (found) return Number(found[1])
  }
  return null
}

const isTableError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')

async function* readTable(
  format: Format,
  lines: AsyncIterable<DecodedLine>,
  context: ReaderContext,
): AsyncGenerator<ReadItem> {
  const { path, id } = context
  const iterator = lines[Symbol.asyncIterator]()
  const head = await iterator.next()
  if (head.done) return
  if (head.value.problem) {
    yield { problem: head.value.problem }
    return
  }
  const bad = new Map<number, Problem>()
  const delimiter = format === 'tsv' ? '\t' : separatorOf(head.value.text)
  let last = 0
  try {
    for await (const { row, columns, line } of rowsOf(
      textOf(head.value, iterator, bad),
      delimiter,
      context,
    )) {
      const missing = last === 0 ? missingColumn(columns, context) : null
      if (missing !== null) {
        yield { problem: { path, code: 'record', message: `${path}: ${missing}` } }
        return
      }
      last = line
      const badAt = lineOf(row)
      const problem = badAt === null ? undefined : bad.get(badAt)
      if (problem) yield { problem }
      else yield* itemsOfRecord(withoutEmpty(row), `${id}:${line}`, format, context, line)
    }
  } catch (error) {
    if (!isTableError(error)) throw error
    const line = Math.max(last, 1) + 1
    const message = `${path}: line ${line}: ${syntaxMessage(error)}; read no further`
    const code = error.code === 'CSV_MAX_RECORD_SIZE' ? 'too-large' : 'syntax'
    yield { problem: { path, code, message, line } }
  }
}

const readerFor = (format: Format): LineReader => ({
  takes: 'lines',
  read: (lines, context) => readTable(format, lines, context),
})

/** Commas; also semicolons, tabs, bars or Chinese commas where the heading row uses them. */
export const csvReader = readerFor('csv')

/** Tabs. */
export const tsvReader = readerFor('tsv')
