/**
 * What a bench prints and keeps: tables for the terminal and for docs/benchmarks.md, and
 * one file of figures per day and machine, `bench/results/<date>-<machine>.json`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './folders.js'

export interface Table {
  readonly title: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Where and when figures were measured. */
export interface Frame {
  readonly date: string
  /** Ends in `-dirty` when files differed from the commit. */
  readonly commit: string
  readonly machine: string
  readonly node: string
}

const DOCUMENT = join(ROOT, 'docs/benchmarks.md')
const RESULTS = join(ROOT, 'bench/results')

export function frame(): Frame {
  const [first] = cpus()
  const model = (first?.model ?? 'cpu').replace(/\(.*?\)|@.*$|\bCPU\b|\bProcessor\b/g, ' ')
  const name = model.toLowerCase().match(/[a-z0-9.]+/g) ?? ['cpu']
  const git = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: ROOT, encoding: 'utf8' })
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: git.status === 0 ? git.stdout.trim() : 'uncommitted',
    machine: `${name.join('-')}-x${cpus().length}`,
    node: process.version,
  }
}

export function printTables(tables: readonly Table[]): void {
  for (const table of tables) console.log(`\n${terminalTable(table)}`)
}

/** Keeps figures and tables of one bench: in the result file, and in its part of the document. */
export function save(bench: string, figures: unknown, tables: readonly Table[]): void {
  const measured = frame()
  const path = join(RESULTS, `${measured.date}-${measured.machine}.json`)
  const known: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const all = { ...(known as Record<string, unknown>), [bench]: { ...measured, figures } }
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(path, `${JSON.stringify(all, null, 1)}\n`)
  replacePart(bench, measured, tables)
  console.log(
    `\nKept in bench/results/${measured.date}-${measured.machine}.json and docs/benchmarks.md.`,
  )
}

function replacePart(bench: string, measured: Frame, tables: readonly Table[]): void {
  const text = readFileSync(DOCUMENT, 'utf8')
  const open = `<!-- ${bench}: generated -->`
  const close = `<!-- ${bench}: end -->`
  const start = text.indexOf(open)
  const end = text.indexOf(close)
  if (start < 0 || end < start) throw new Error(`docs/benchmarks.md has no part "${bench}".`)
  const { date, commit, machine, node } = measured
  const line = `Measured ${date} at commit ${commit} on ${machine}, Node ${node}.`
  const body = [line, ...tables.map(markdownTable)].join('\n\n')
  writeFileSync(DOCUMENT, `${text.slice(0, start + open.length)}\n\n${body}\n\n${text.slice(end)}`)
}

export function markdownTable({ title, header, rows }: Table): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = header.map((_, i) => (i === 0 ? '---' : '---:'))
  return [`**${title}**`, '', line(header), line(rule), ...rows.map(line)].join('\n')
}

/** The first column to the left, figures to the right. */
function terminalTable({ title, header, rows }: Table): string {
  const widths = header.map((_, i) =>
    Math.max(...[header, ...rows].map((cells) => (cells[i] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd()
  return [title, line(header), ...rows.map(line)].join('\n')
}
