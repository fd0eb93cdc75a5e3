/**
 * Lucene beside us: starts bench/compare/lucene/LuceneBench.java and asks it for single rounds,
 * so that its rounds and ours alternate within the same minutes.
 *
 * Needs `java`, `javac` and the jars of Debian's liblucene8-java (/usr/share/java).
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { ROOT } from '../folders.js'
import type { Stopwatch } from '../timing.js'

/** `or`: any bigram; `phrase`: all in a row; `mark`: `or`, with ten highlighted passages. */
export type LuceneMode = 'or' | 'phrase' | 'mark'

const JARS = '/usr/share/java'
const MODULES = ['core', 'analyzers-common', 'highlighter', 'memory', 'queries'] as const

export interface LuceneCost {
  readonly buildCpuSeconds: number
  readonly indexBytes: number
}

export class Lucene {
  readonly cost: LuceneCost
  readonly #process: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  readonly #folder: string

  private constructor(
    child: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
    folder: string,
    ready: string,
  ) {
    const [, cpu, bytes] = ready.split(' ')
    this.cost = { buildCpuSeconds: Number(cpu) / 1000, indexBytes: Number(bytes) }
    this.#process = child
    this.#lines = lines
    this.#folder = folder
  }

  /** Indexes the texts; null after a visible line when Java or a jar is missing. */
  static async start(texts: readonly string[]): Promise<Lucene | null> {
    const jars = findJars()
    if (jars === null || !hasJava()) {
      console.log('SKIPPED Lucene: needs java, javac and the jars of liblucene8-java.')
      return null
    }
    const folder = mkdtempSync(join(tmpdir(), 'wenxun-lucene-'))
    const classPath = [folder, ...jars].join(':')
    const source = join(ROOT, 'bench/compare/lucene/LuceneBench.java')
    const compiled = spawnSync('javac', ['-cp', classPath, '-d', folder, source], {
      encoding: 'utf8',
    })
    if (compiled.status !== 0) throw new Error(compiled.stderr)
    await writeLines(join(folder, 'texts'), texts)
    const child = spawn('java', [
      '-cp',
      classPath,
      'LuceneBench',
      join(folder, 'texts'),
      join(folder, 'index'),
    ])
    child.stderr.on('data', (data) => process.stderr.write(data))
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    return new Lucene(child, lines, folder, await nextLine(lines))
  }

  /** One round over the queries; its times go to the stopwatch when one is given. */
  async round(mode: LuceneMode, queries: readonly string[], stopwatch?: Stopwatch): Promise<void> {
    const file = join(this.#folder, 'queries')
    writeFileSync(file, `${queries.map(oneLine).join('\n')}\n`)
    this.#process.stdin.write(`${mode}\t${file}\n`)
    const times = (await nextLine(this.#lines)).split(' ')
    if (times.length !== queries.length) {
      throw new Error(`Lucene answered ${times.length} of ${queries.length} queries.`)
    }
    for (const [i, time] of times.entries()) {
      const [cpu, wall] = time.split(':')
      stopwatch?.add(i, Number(cpu) / 1e6, Number(wall) / 1e6)
    }
  }

  stop(): void {
    this.#process.stdin.end()
    this.#process.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function nextLine(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next()
  if (done === true) throw new Error('Lucene ended early.')
  return value
}

async function writeLines(path: string, texts: readonly string[]): Promise<void> {
  const file = createWriteStream(path)
  for (const text of texts) file.write(`${oneLine(text)}\n`)
  file.end()
  await finished(file)
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}

function hasJava(): boolean {
  return ['java', 'javac'].every((name) => spawnSync(name, ['-version']).error === undefined)
}

function findJars(): string[] | null {
  if (!existsSync(JARS)) return null
  const present = readdirSync(JARS)
  const jars = MODULES.map((module) =>
    present.find((name) => new RegExp(`^lucene-${module}-[\\d.]+\\.jar$`).test(name)),
  )
  return jars.every((jar) => jar !== undefined) ? jars.map((jar) => join(JARS, jar!)) : null
}
