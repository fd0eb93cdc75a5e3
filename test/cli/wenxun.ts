/** Runs the built command line as a user does, in a process of its own. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const seedFolder = join(root, 'seeds')
/** The five reports; the folder's README is not one. */
export const seeds: readonly string[] = readdirSync(seedFolder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => join(seedFolder, name))
const program = join(root, 'packages/cli/bin/wenxun.js')

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `wenxun <args>`; fails the test when a stack trace shows, whatever the exit code. */
export function wenxun(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const { NO_COLOR, FORCE_COLOR, ...inherited } = process.env
  const result = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...inherited, ...env },
    maxBuffer: 1 << 28,
  })
  expect(result.stderr).not.toMatch(/^ {4}at /m)
  expect(result.stderr).not.toContain('internal error')
  return { code: result.status, stdout: result.stdout, stderr: result.stderr }
}

/** What `search --json` prints. */
export interface SearchJson {
  readonly query: string
  readonly total: number
  readonly took_ms: number
  readonly hits: readonly HitJson[]
}

export interface HitJson {
  readonly rank: number
  readonly score: number
  readonly document: {
    readonly id: string
    readonly title: string
    readonly url: string | null
    readonly date: string | null
    readonly meta: Record<string, string | number | string[]>
  }
  readonly paragraph: number
  readonly heading: string[]
  readonly text: string
  readonly highlights: [number, number][]
}

const answers = new Map<string, SearchJson>()

/**
 * Searches with `--json`; the exit code must agree with what was found. The same question is
 * asked once in a test file: a process costs more than a search.
 */
export function search(index: string, query: string, ...options: string[]): SearchJson {
  const key = JSON.stringify([index, query, options])
  const known = answers.get(key)
  if (known) return known
  const { code, stdout, stderr } = wenxun(['search', index, '--json', ...options, '--', query])
  expect(stderr).toBe('')
  expect(stdout.endsWith('}\n') && stdout.indexOf('\n') === stdout.length - 1).toBe(true)
  const result = JSON.parse(stdout) as SearchJson
  expect(code).toBe(result.hits.length > 0 ? 0 : 1)
  answers.set(key, result)
  return result
}

/** The marked pieces of a hit's text. */
export const marked = ({ text, highlights }: HitJson): string[] =>
  highlights.map(([start, end]) => text.slice(start, end))

/** Whether a phrase stands in a hit's text and each of its letters and digits is marked there. */
export function isMarked({ text, highlights }: HitJson, phrase: string): boolean {
  const start = text.indexOf(phrase)
  const letters = [...phrase.matchAll(/[\p{L}\p{N}]/gu)].map(({ index }) => start + index)
  const marks = (at: number) => highlights.some(([from, to]) => from <= at && at < to)
  return start >= 0 && letters.every(marks)
}

/** A folder for the tests of one file, taken away at the end. */
export function useFolder(): (name: string) => string {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wenxun-cli-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return (name) => join(folder, name)
}

/** An index of the seeds, built once for the tests of one file. */
export function useSeedIndex(): { readonly path: string } {
  const inFolder = useFolder()
  beforeAll(() => {
    const { code, stderr } = wenxun(['build', ...seeds, '-o', inFolder('seeds.wx')])
    if (code !== 0) throw new Error(`The seeds were not indexed: ${stderr}`)
  })
  return {
    get path() {
      return inFolder('seeds.wx')
    },
  }
}
