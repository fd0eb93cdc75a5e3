/** A `wenxun serve` process of a bench's own: started, watched, stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

export interface Stopped {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** From the signal to the end of the process. */
  readonly milliseconds: number
}

export class Served {
  /** Address of the API, without a query. */
  readonly address: string
  readonly #child: ChildProcess
  readonly #ended: Promise<Pick<Stopped, 'code' | 'signal'>>

  private constructor(child: ChildProcess, url: string) {
    this.#child = child
    this.address = new URL('api/search', url).href
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }))
    })
  }

  /** Starts the command line on any free port; fails when it ends before it listens. */
  static async start(cli: string, index: string): Promise<Served> {
    const child = spawn(process.execPath, [cli, 'serve', index, '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const url = await new Promise<string>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`wenxun serve ended with code ${code}.`)))
      createInterface({ input: child.stdout! }).once('line', (line) => {
        resolve((JSON.parse(line) as { url: string }).url)
      })
    })
    return new Served(child, url)
  }

  /** Resident memory now, in bytes; null where /proc is absent. */
  residentBytes(): number | null {
    const path = `/proc/${this.#child.pid}/status`
    const line = existsSync(path) ? /VmRSS:\s+(\d+)/.exec(readFileSync(path, 'utf8')) : null
    return line === null ? null : Number(line[1]) * 1024
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<Stopped> {
    const start = performance.now()
    this.#child.kill('SIGTERM')
    return { ...(await this.#ended), milliseconds: performance.now() - start }
  }

  /** For failures: leaves nothing running. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }
}
