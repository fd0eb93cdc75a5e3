/** Web servers as they are installed on a machine, each on a port of the loopback. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { CONFIGS, type Program, type Setting } from './server-configs.js'

export interface RealServer {
  /** Address of the folder's files, with a slash at its end. */
  readonly source: string
  stop(): Promise<void>
}

/** Where packages put programs that no user calls, beside the PATH. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
const START_MS = 10_000
const POLL_MS = 20
const STOP_MS = 3000

/** The path of a program; null where it is not installed. */
export function findProgram(program: Program): string | null {
  const path = FOLDERS.map((folder) => join(folder, program)).find((one) => existsSync(one))
  return path ?? null
}

/** What a program says of its version. */
export function versionOf(program: Program): string {
  const flag = program === 'caddy' ? 'version' : '-v'
  const { stdout, stderr } = spawnSync(findProgram(program)!, [flag], { encoding: 'utf8' })
  return (stdout + stderr).split('\n')[0]!
}

/** Serves a folder, which everybody must be able to read, until it is stopped. */
export async function startServer(
  program: Program,
  root: string,
  setting: Setting = 'plain',
): Promise<RealServer> {
  const own = mkdtempSync(join(tmpdir(), `wenxun-${program}-`))
  // Apache started by root gives up its rights.
  chmodSync(own, 0o755)
  const port = await freePort()
  const config = join(own, 'server.conf')
  writeFileSync(config, CONFIGS[program]({ root, own, port, setting }))
  const child = spawn(findProgram(program)!, ARGUMENTS[program](config, own), {
    env: { PATH: process.env['PATH'] ?? '', HOME: own, XDG_CONFIG_HOME: own, XDG_DATA_HOME: own },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  const reap = () => child.kill('SIGKILL')
  process.on('exit', reap)
  const stop = async () => {
    await end(child)
    process.off('exit', reap)
    rmSync(own, { recursive: true, force: true })
  }
  const source = `http://127.0.0.1:${port}/`
  try {
    await answers(source, child)
  } catch (error) {
    await stop()
    throw new Error(`${program} does not start: ${String(error)}\n${said}`)
  }
  return { source, stop }
}

async function answers(source: string, child: ChildProcess): Promise<void> {
  for (const until = performance.now() + START_MS; ; ) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`)
    try {
      await (await fetch(source)).body?.cancel()
      return
    } catch (error) {
      if (performance.now() > until) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** Lets a server end by itself for a while. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(patience)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const ARGUMENTS: Readonly<Record<Program, (config: string, own: string) => string[]>> = {
  nginx: (config, own) => ['-c', config, '-p', own, '-e', join(own, 'error.log')],
  apache2: (config) => ['-D', 'FOREGROUND', '-f', config],
  caddy: (config) => ['run', '--config', config, '--adapter', 'caddyfile'],
  lighttpd: (config) => ['-D', '-f', config],
}
