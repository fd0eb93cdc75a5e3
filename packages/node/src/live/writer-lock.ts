/**
 * One writer at a time. The lock is a file that names its holder; a holder that is gone – killed,
 * or from before a restart – gives way to the next writer.
 *
 * Taking over is a rename, which only one process can do. Should two meet at the same moment, the
 * loser notices before its next commit that the lock is not its own any more.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { IndexError } from '@wenxun/core'

const LOCK = 'writer.lock'

interface Holder {
  readonly token: string
  readonly pid: number
  readonly host: string
  /** When the process started: tells it from a later one of the same number; '' where unknown. */
  readonly started: string
  /** For people. */
  readonly since: string
}

export class WriterLock {
  readonly #path: string
  readonly #token: string

  private constructor(path: string, token: string) {
    this.#path = path
    this.#token = token
  }

  /**
   * Takes the lock of a directory.
   * @throws IndexError LOCKED when another process that is alive holds it
   */
  static acquire(directory: string): WriterLock {
    const path = join(directory, LOCK)
    const token = randomUUID()
    const own = `${path}.${token}`
    const holder: Holder = {
      token,
      pid: process.pid,
      host: hostname(),
      started: startOf(process.pid),
      since: new Date().toISOString(),
    }
    writeFileSync(own, JSON.stringify(holder), { flag: 'wx' })
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (takeName(own, path)) return new WriterLock(path, token)
        giveWay(path, directory)
      }
    } finally {
      rmSync(own, { force: true })
    }
    throw new IndexError('LOCKED', `${path} keeps changing hands; try again.`)
  }

  /** @throws IndexError LOCKED when the lock has been taken away */
  check(): void {
    if (readHolder(this.#path)?.token === this.#token) return
    throw new IndexError(
      'LOCKED',
      `${this.#path} was taken by another writer; nothing was committed. Open the index again.`,
    )
  }

  /** Legal more than once. */
  release(): void {
    if (readHolder(this.#path)?.token === this.#token) rmSync(this.#path, { force: true })
  }
}

const ATTEMPTS = 20

/** Gives a file a second name, unless that is taken: the name appears with all that it says. */
function takeName(file: string, name: string): boolean {
  try {
    try {
      linkSync(file, name)
    } catch (error) {
      if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      writeFileSync(name, readFileSync(file), { flag: 'wx' })
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** What file systems without links say. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']

/** Takes a lock away whose holder is gone; throws LOCKED when it is not. */
function giveWay(path: string, directory: string): void {
  const holder = readHolder(path)
  if (holder === undefined) return
  if (holder !== null && isAlive(holder)) throw held(holder, path, directory)
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  // Another process may have been quicker, and this is its lock: it gets it back.
  const moved = readHolder(aside)
  if (moved && moved.token !== holder?.token) takeName(aside, path)
  rmSync(aside, { force: true })
}

/** The holder; null for a file that says nothing, undefined for none. */
function readHolder(path: string): Holder | null | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const value = JSON.parse(text) as Partial<Holder> | null
    return typeof value?.pid === 'number' && typeof value.token === 'string'
      ? (value as Holder)
      : null
  } catch {
    return null
  }
}

/** A process of another machine cannot be asked, so it counts as alive. */
function isAlive({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return started === '' || startOf(pid) === started
}

/** Field 22 of a process's line, counted behind its name, which may hold anything. */
const START_FIELD = 19

/** When a process started, in a form that is good for comparing only; '' where nobody says. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${boot} ${line.slice(line.lastIndexOf(')') + 2).split(' ')[START_FIELD] ?? ''}`
  } catch {
    return ''
  }
}

function held({ pid, host, since }: Holder, path: string, directory: string): IndexError {
  return new IndexError(
    'LOCKED',
    `${directory} is being written by process ${pid} on ${host} (since ${since}). Wait for it or end it; if it is gone for sure, remove ${path}.`,
  )
}
