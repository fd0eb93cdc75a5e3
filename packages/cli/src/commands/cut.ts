/** `wenxun cut`: lines in, their terms out, for engines that split text at spaces. */
import { isUtf8 } from 'node:buffer'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { Command } from 'commander'
import { InputError, isSystemError } from '../errors.js'
import { stderr } from '../output/terminal.js'

interface CutFlags {
  grams?: boolean
  json?: boolean
}

const standardInput = '-'
/** UTF-16 units; a line is in memory as a whole, with all its terms. */
const longestLine = 1 << 20

export function cutCommand(): Command {
  return new Command('cut')
    .description('Cut text into terms: for each line a line of folded terms.')
    .argument('[file...]', 'UTF-8 text; standard input if there is none, or where it is -')
    .option('--grams', 'also every character and every pair of characters')
    .option('--json', 'print a JSON array for each line: term, start, end, kind')
    .action(cut)
}

async function cut(paths: string[], flags: CutFlags): Promise<void> {
  const { createAnalyzer } = await import('@wenxun/tokenizer')
  const { indexTerms } = await import('@wenxun/tokenizer/adapters')
  const analyzer = createAnalyzer()
  const cutLine = (line: string) => {
    const terms = indexTerms(analyzer, line, { grams: flags.grams === true })
    return flags.json ? JSON.stringify(terms) : terms.map(({ term }) => term).join(' ')
  }
  for (const path of paths.length > 0 ? paths : [standardInput]) {
    for await (const lines of lineGroups(path)) {
      if (lines.length > 0) await write(lines.map((line) => `${cutLine(line)}\n`).join(''))
    }
  }
}

/** Waits until a slow reader has caught up, so that nothing piles up here. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** The lines of a file, as many at a time as one read brings, so that typed lines are answered. */
async function* lineGroups(path: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  let number = 1
  for await (const piece of pieces(path)) {
    const lines = decoder.decode(piece, { stream: true }).split('\n')
    lines[0] = rest + lines[0]
    rest = lines.pop() ?? ''
    number += lines.length
    if (rest.length > longestLine) {
      const limit = longestLine.toLocaleString('en-US')
      throw new InputError(`${nameOf(path)}:${number}: the line has more than ${limit} characters`)
    }
    yield lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  }
  rest += decoder.decode()
  if (rest !== '') yield [rest]
}

/** The bytes of a file. @throws {InputError} when it cannot be read or is not UTF-8. */
async function* pieces(path: string): AsyncGenerator<Buffer> {
  const stream = path === standardInput ? process.stdin : createReadStream(path)
  if (stream === process.stdin && process.stdin.isTTY) {
    stderr.write('Reading lines from the terminal; Ctrl-D ends.\n')
  }
  let isFirst = true
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if (isFirst) await refuseOtherEncodings(path, piece)
      isFirst = false
      yield piece
    }
  } catch (error) {
    // A directory opens well and fails at the first read, without its name.
    if (isSystemError(error)) error.path ??= nameOf(path)
    throw error
  }
}

async function refuseOtherEncodings(path: string, bytes: Buffer): Promise<void> {
  if (isUtf8(bytes)) return
  const { detectEncoding } = await import('@wenxun/ingest')
  const { encoding } = detectEncoding(bytes)
  if (encoding === 'utf-8') return
  throw new InputError(
    `${nameOf(path)}: is not UTF-8, but ${encoding} by the look of it`,
    `Convert it first: iconv -f ${encoding} -t utf-8`,
  )
}

const nameOf = (path: string) => (path === standardInput ? 'standard input' : path)
