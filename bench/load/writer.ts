/** Writes that go on while a live index is served: `wenxun add` and `wenxun delete`, in turn. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sample } from '../random.js'

export interface Written {
  readonly adds: number
  readonly deletes: number
  readonly documents: number
  /** Commands that did not end with code 0, with their output. */
  readonly failures: readonly string[]
}

const DOCUMENTS_A_BATCH = 20
const PARAGRAPHS = 5
const DELETE_EVERY = 4

export class Writer {
  readonly #cli: string
  readonly #index: string
  readonly #scratch: string
  readonly #texts: readonly string[]
  #stopped = false

  /** @param texts what new documents are made of */
  constructor(cli: string, index: string, scratch: string, texts: readonly string[]) {
    this.#cli = cli
    this.#index = index
    this.#scratch = scratch
    this.#texts = texts
  }

  /** Writes until `stop`. */
  async run(): Promise<Written> {
    const failures: string[] = []
    let [adds, deletes, documents] = [0, 0, 0]
    for (let batch = 0; !this.#stopped; batch++) {
      const ids = Array.from({ length: DOCUMENTS_A_BATCH }, (_, i) => `load-${batch}-${i}`)
      const file = join(this.#scratch, `batch-${batch}.jsonl`)
      writeFileSync(file, this.#lines(ids, batch))
      const added = await this.#wenxun('add', this.#index, file, '--quiet')
      if (added !== null) failures.push(added)
      adds++
      documents += ids.length
      if (batch % DELETE_EVERY !== DELETE_EVERY - 1) continue
      const deleted = await this.#wenxun('delete', this.#index, ...ids)
      if (deleted !== null) failures.push(deleted)
      deletes++
    }
    return { adds, deletes, documents, failures }
  }

  stop(): void {
    this.#stopped = true
  }

  #lines(ids: readonly string[], batch: number): string {
    const lines = ids.map((id, i) => {
      const texts = sample(this.#texts, PARAGRAPHS, batch * DOCUMENTS_A_BATCH + i)
      return JSON.stringify({ id, title: id, paragraphs: texts.map((text) => ({ text })) })
    })
    return `${lines.join('\n')}\n`
  }

  /** Runs a command to its end; null when it went well, else what it said. */
  #wenxun(...args: string[]): Promise<string | null> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [this.#cli, ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      child.once('error', (error) => resolve(error.message))
      child.once('exit', (code) => {
        resolve(code === 0 ? null : `wenxun ${args[0]} ended with code ${code}: ${said.trim()}`)
      })
    })
  }
}
