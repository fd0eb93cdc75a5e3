/** How a text is folded, cut and termed, as a person reads it. */
import type { SearchTerm } from '@wenxun/tokenizer/adapters'
import { formatTable } from '../output/table.js'
import type { Terminal } from '../output/terminal.js'
import { padEnd, printable, textWidth, wrapMarked } from '../output/text-width.js'
import { type FoldReason, foldReasons, type TextFold } from './text-folds.js'

/** Everything known of one text. */
export interface TextAnalysis {
  readonly text: string
  readonly folded: string
  readonly folds: readonly TextFold[]
  /** Words and tokens, without grams. */
  readonly tokens: readonly SearchTerm[]
  readonly characters: readonly string[]
  readonly bigrams: readonly string[]
}

const kindNames: Readonly<Record<SearchTerm['kind'], string>> = {
  word: '词 word',
  character: '字 char',
  bigram: '双 pair',
  whole: '整 whole',
  part: '部分 part',
  value: '值 value',
  stem: '词干 stem',
}

const unseen = /^[\p{DI}\p{Cf}]+$/u
const gap = 2
/** A column of text is not cut below this while another can be left out; cells. */
const narrowText = 12
const narrowestText = 4

/** The table of tokens, then the folds by their reason, then all terms. */
export function formatAnalysis(analysis: TextAnalysis, terminal: Terminal): string {
  const blocks = [tokenTable(analysis, terminal), summary(analysis, terminal)]
  return blocks
    .filter((rows) => rows.length > 0)
    .map((rows) => rows.map((row) => `${row}\n`).join(''))
    .join('\n')
}

function tokenTable(analysis: TextAnalysis, { colors, columns }: Terminal): string[] {
  const rows = [...rowsOf(analysis)]
  const { textWidth: maxWidth, showsReasons } = layout(rows, columns)
  const [header = '', ...body] = formatTable(
    [
      { header: 'at', align: 'right' },
      { header: 'text', maxWidth },
      { header: 'term', maxWidth },
      { header: 'kind' },
      { header: 'folded by' },
    ],
    showsReasons ? rows : rows.map((row) => row.slice(0, 4)),
  )
  return [
    colors.dim(header),
    ...body.map((row, i) => (rows[i]?.[3] === '' ? colors.dim(row) : row)),
  ]
}

/** Gives what the window leaves to the two columns of text, and reasons only what is too much. */
function layout(rows: readonly string[][], columns: number) {
  if (columns === 0) return { textWidth: Number.MAX_SAFE_INTEGER, showsReasons: true }
  const widest = (column: number) => Math.max(...rows.map((row) => textWidth(row[column] ?? '')))
  const left = columns - widest(0) - widest(3) - 3 * gap
  const beside = Math.floor((left - gap - widest(4)) / 2)
  const showsReasons = beside >= Math.min(narrowText, Math.max(widest(1), widest(2)))
  return {
    textWidth: showsReasons ? beside : Math.max(narrowestText, Math.floor(left / 2)),
    showsReasons,
  }
}

/** A row for each token, wholes before their parts, and for each stretch that no token covers. */
function* rowsOf({ text, folds, tokens }: TextAnalysis): Generator<string[]> {
  const sorted = [...tokens].sort((a, b) => a.start - b.start || b.end - a.end)
  let covered = 0
  for (const token of sorted) {
    const { term, start, end } = token
    yield* uncovered(text, covered, start)
    covered = Math.max(covered, end)
    const within = folds.filter((fold) => fold.start < end && fold.end > start)
    yield [`${start}-${end}`, text.slice(start, end), term, kindName(token), reasonsOf(within)]
  }
  yield* uncovered(text, covered, text.length)
}

function* uncovered(text: string, start: number, end: number): Generator<string[]> {
  const between = text.slice(start, end).trim()
  const at = text.indexOf(between, start)
  const shown = unseen.test(between) ? codePoints(between) : between
  if (between !== '') yield [`${at}-${at + between.length}`, shown, '', '', '']
}

function kindName({ term, kind }: SearchTerm): string {
  return kindNames[kind === 'word' && [...term].length === 1 ? 'character' : kind]
}

function reasonsOf(folds: readonly TextFold[]): string {
  const reasons = new Set(folds.flatMap((fold) => fold.reasons))
  return [...reasons].map((reason) => foldReasons[reason]).join(', ')
}

/** Named lists of terms, broken to the window. */
function summary(analysis: TextAnalysis, { colors, columns }: Terminal): string[] {
  const { folded, folds, characters, bigrams } = analysis
  const named: [name: string, items: readonly string[]][] = [
    ...foldLists(folds),
    ['characters', characters],
    ['pairs', bigrams],
  ]
  const lists = named.filter(([, items]) => items.length > 0)
  const indent = Math.max(...lists.map(([name]) => name.length), 'folded'.length) + gap
  const width = columns > 0 ? Math.max(columns - indent, narrowestText) : Number.MAX_SAFE_INTEGER
  const block = (name: string, lines: readonly string[]) =>
    lines.map((line, i) => colors.dim(padEnd(i === 0 ? name : '', indent)) + line)
  const wrapped = wrapMarked([{ text: printable(folded), hit: false }], width)
  return [
    ...block(
      'folded',
      wrapped.map((line) => line.map(({ text }) => text).join('')),
    ),
    ...lists.flatMap(([name, items]) => block(name, wrapItems(items, width))),
  ]
}

/** Items with spaces between them, in lines of at most `width` cells. */
function wrapItems(items: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const item of items) {
    if (line !== '' && textWidth(line) + 1 + textWidth(item) > width) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? item : ` ${item}`
  }
  return [...lines, line]
}

/** For each reason the changes that it made, each once: `楓→枫 橋→桥`. */
function foldLists(folds: readonly TextFold[]): [string, string[]][] {
  const lists = new Map<FoldReason, Set<string>>()
  for (const { from, to, reasons } of folds) {
    for (const reason of reasons) {
      const list = lists.get(reason) ?? new Set()
      lists.set(reason, list.add(to === '' ? codePoints(from) : `${printable(from)}→${to}`))
    }
  }
  return [...lists].map(([reason, changes]) => [foldReasons[reason], [...changes]])
}

/** What cannot be seen is named: `U+200B`. */
function codePoints(text: string): string {
  const names = [...text].map((character) => {
    const hex = character.codePointAt(0)!.toString(16).toUpperCase()
    return `U+${hex.padStart(4, '0')}`
  })
  return names.join(' ')
}
