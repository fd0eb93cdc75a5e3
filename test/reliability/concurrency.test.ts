/** One writer and readers of a live index, each in a process of its own. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SearchIndex } from '@wenxun/core'
import { LiveReader, openLiveIndex, openLiveSnapshot, verifyLiveIndex } from '@wenxun/node'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileSource } from '../../packages/node/src/file-source.js'
import { analyzer } from '../support/notation.js'

const program = fileURLToPath(new URL('concurrency/writer.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wenxun-concurrency-'))
const DOCUMENTS = 10
const RACERS = 4
/** Seen by a reader; every fifth is followed by a merge. */
const COMMITS = 7

let directory = ''
let tests = 0
let writers: ChildProcessWithoutNullStreams[] = []
beforeEach(() => {
  directory = join(folder, String(tests++))
})
afterEach(() => {
  for (const writer of writers) writer.kill('SIGKILL')
  writers = []
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Writer {
  readonly process: ChildProcessWithoutNullStreams
  /** The next line that it prints. */
  line(): Promise<string>
  /** Lets it come to its end. */
  end(): Promise<void>
  kill(): Promise<void>
}

function startWriter(command: 'commits' | 'holds'): Writer {
  const child = spawn(process.execPath, [program, directory, command])
  writers.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    process: child,
    line: async () => (await lines.next()).value ?? 'nothing',
    end: () => {
      child.stdin.end()
      return exited
    },
    kill: () => {
      child.kill('SIGKILL')
      return exited
    },
  }
}

/** All documents with their texts and scores; each query reads lists that others do not. */
const answersOf = (index: SearchIndex, queries: readonly string[]): string =>
  JSON.stringify(
    queries.map((query) =>
      index.search(query, { limit: 50 }).hits.map(({ document, text, score, highlights }) => {
        return [document, text, score, highlights]
      }),
    ),
  )

/** Version of every document, as a reader finds them. */
function versionsIn(index: SearchIndex): number[] {
  const { hits } = index.search('"法治政府建设"', { limit: 50 })
  return hits.map(({ text }) => Number(/版本(\d+)完/.exec(text)?.[1]))
}

describe('readers beside a writer in another process', () => {
  it('keep their snapshot, whose files the writer takes away', async () => {
    const writer = startWriter('commits')
    await writer.line()
    const reader = new LiveReader(directory)
    const { index, generation } = reader.snapshot
    // What it says before anything goes; a copy may already be of a later commit.
    const early = answersOf(index, ['法治'])
    const files = readdirSync(directory).filter((name) => name.endsWith('.wx'))
    while (files.some((name) => existsSync(join(directory, name)))) await writer.line()
    expect(answersOf(index, ['法治'])).toBe(early)
    // Never asked for while the files were there.
    const versions = versionsIn(index)
    expect(versions).toHaveLength(DOCUMENTS)
    expect(new Set(versions).size).toBe(1)
    expect(index.search('复议').total).toBe(DOCUMENTS)
    index.verify()
    expect(reader.refresh()).toBe(true)
    expect(reader.snapshot.generation).toBeGreaterThan(generation)
    expect(versionsIn(reader.snapshot.index)[0]).toBeGreaterThan(versions[0]!)
    await writer.end()
  })

  it('always see one commit, whole, and never an older one than before', async () => {
    const writer = startWriter('commits')
    await writer.line()
    const reader = new LiveReader(directory)
    let last = 0
    const seen = new Set<number>()
    while (seen.size < COMMITS) {
      // The commit that the line tells of can be seen from now on.
      const [committed] = (await writer.line()).split(' ').map(Number)
      reader.refresh()
      for (const snapshot of [reader.snapshot, openLiveSnapshot(directory)]) {
        const versions = versionsIn(snapshot.index)
        expect(versions).toHaveLength(DOCUMENTS)
        expect(new Set(versions).size).toBe(1)
        expect(versions[0]).toBeGreaterThanOrEqual(Math.max(last, committed!))
        last = versions[0]!
        seen.add(last)
      }
    }
    verifyLiveIndex(directory)
    await writer.end()
    verifyLiveIndex(directory)
  })

  it('read on in a file that is open and has been taken away', () => {
    const path = join(folder, 'large.wx')
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i % 251)
    writeFileSync(path, bytes)
    const source = new FileSource(path)
    rmSync(path)
    expect(source.read(1000, 5000)).toEqual(bytes.subarray(1000))
    source.close()
  })

  it('do not open a directory that is copied half: the file that lacks is named', async () => {
    const writer = startWriter('commits')
    await writer.line()
    await writer.end()
    const copy = join(folder, 'copy')
    cpSync(directory, copy, { recursive: true })
    const [segment] = readdirSync(copy).filter((name) => name.endsWith('.wx'))
    rmSync(join(copy, segment!))
    expect(() => openLiveSnapshot(copy)).toThrow(`${segment} is damaged`)
  })
})

describe('the lock of a live index', () => {
  const lock = () => join(directory, 'writer.lock')

  it('of a process that lives keeps others out, and names it', async () => {
    const writer = startWriter('holds')
    expect(await writer.line()).toBe('held')
    await expect(openLiveIndex(directory, { analyzer })).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining(`process ${writer.process.pid} on`),
    })
    await writer.end()
    expect(existsSync(lock())).toBe(false)
  })

  it('of a process that was killed gives way', async () => {
    const writer = startWriter('holds')
    await writer.line()
    await writer.kill()
    expect(existsSync(lock())).toBe(true)
    const next = startWriter('holds')
    expect(await next.line()).toBe('held')
    expect(JSON.parse(readFileSync(lock(), 'utf8')).pid).toBe(next.process.pid)
    await next.end()
  })

  it.skipIf(process.platform !== 'linux')(
    'of a killed process whose number another program has now gives way',
    async () => {
      const writer = startWriter('holds')
      await writer.line()
      await writer.kill()
      const holder = JSON.parse(readFileSync(lock(), 'utf8'))
      expect(holder.started).not.toBe('')
      writeFileSync(lock(), JSON.stringify({ ...holder, pid: process.ppid }))
      const live = await openLiveIndex(directory, { analyzer })
      await live.close()
    },
  )

  it.each(['none', 'that of a killed process'])(
    `goes to one of ${RACERS} processes that want it at once; there is %s before`,
    async (before) => {
      if (before !== 'none') {
        const killed = startWriter('holds')
        await killed.line()
        await killed.kill()
      }
      const racers = Array.from({ length: RACERS }, () => startWriter('holds'))
      const lines = await Promise.all(racers.map((racer) => racer.line()))
      expect(lines.sort()).toEqual([...Array(RACERS - 1).fill('LOCKED'), 'held'])
      await Promise.all(racers.map((racer) => racer.end()))
      expect(readdirSync(directory)).toEqual(['manifest.json'])
    },
  )
})
