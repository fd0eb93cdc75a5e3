/** Starts the command line and kills it, at a moment of the caller's choice. */

import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../packages/cli/bin/wenxun.js', import.meta.url))

/** When to kill: so long after the start, or so long after a file in a folder came or changed. */
export type Moment =
  | { readonly after: 'start'; readonly ms: number }
  | {
      readonly after: 'write'
      readonly ms: number
      readonly folder: string
      /** Changes of files in the folder that are let pass first; default none. */
      readonly skipped?: number
      /** So long after the start at the latest; for a command that does not end by itself. */
      readonly latest?: number
    }

export interface Killed {
  /** False when the process was done before its moment came. */
  readonly wasKilled: boolean
  /** Exit code where it was not. */
  readonly code: number | null
}

/** Runs `wenxun <args>` and sends SIGKILL at the moment. */
export function runAndKill(args: readonly string[], moment: Moment): Promise<Killed> {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'ignore' })
  let timer: NodeJS.Timeout | undefined
  let last: NodeJS.Timeout | undefined
  const kill = () => child.kill('SIGKILL')
  const schedule = () => {
    // Node's timers wait a millisecond at least.
    if (moment.ms === 0) kill()
    else timer ??= setTimeout(kill, moment.ms)
  }
  let skipped = moment.after === 'write' ? (moment.skipped ?? 0) : 0
  // The lock of a live index, and what a watcher notes, come long before the index is written.
  const isOfIndex = (name: string | null) => !/^writer\.lock|^\.?watched/.test(name ?? '')
  const onChange = (_: string, name: string | null) => {
    if (isOfIndex(name) && skipped-- <= 0) schedule()
  }
  const watcher = moment.after === 'write' ? watch(moment.folder, onChange) : null
  if (moment.after === 'start') schedule()
  else if (moment.latest !== undefined) last = setTimeout(kill, moment.latest)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      clearTimeout(last)
      watcher?.close()
      resolve({ wasKilled: signal === 'SIGKILL', code })
    })
  })
}

/** Runs `wenxun <args>` to its end; returns milliseconds. Throws for any exit code but `allowed`. */
export async function runToEnd(args: readonly string[], allowed = [0]): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise((resolve) => child.on('exit', resolve))
  if (!allowed.includes(code as number))
    throw new Error(`wenxun ${args.join(' ')} exited with ${code}`)
  return performance.now() - started
}

export const seedFolder = join(fileURLToPath(new URL('../../../seeds', import.meta.url)))
