/** `wenxun watch`: the index follows the folder, and the program ends when it is told to. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openLiveSnapshot } from '@wenxun/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { root, useFolder, wenxun } from './wenxun.js'

const inFolder = useFolder()
let watcher: ChildProcess | null = null
let folder = ''
let live = ''
let tests = 0

beforeEach(() => {
  folder = inFolder(`texts${tests}`)
  live = inFolder(`live${tests++}`)
  mkdirSync(folder)
})
afterEach(() => {
  watcher?.kill('SIGKILL')
})

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

/** Ids of the documents that have a text, in order. */
const idsWith = (text: string): string => {
  const { hits } = openLiveSnapshot(live).index.search(text, { limit: 100 })
  return hits
    .map(({ document }) => document.id)
    .sort()
    .join(' ')
}

/** Waits until something holds; fails when it does not for long. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('It did not come to that within half a minute.')
}

/** Starts a watcher; resolves once it watches. */
async function start(): Promise<ChildProcess> {
  const program = join(root, 'packages/cli/bin/wenxun.js')
  const args = [program, 'watch', folder, '-o', live, '--wait', '50']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  watcher = child
  for await (const line of createInterface({ input: child.stderr! })) {
    if (line.startsWith('Watching')) break
  }
  child.stderr!.resume()
  return child
}

const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', resolve))

describe('a watched folder', () => {
  it('is followed: files come, change, move and go', async () => {
    write('a.txt', '法治政府')
    mkdirSync(join(folder, 'sub'))
    write('sub/b.txt', '法治建设')
    const child = await start()
    expect(idsWith('法治')).toBe('a.txt sub/b.txt')
    write('c.txt', '法治宣传')
    await until(() => idsWith('法治') === 'a.txt c.txt sub/b.txt')
    write('a.txt', '依法行政，公开透明')
    await until(() => idsWith('公开') === 'a.txt')
    expect(idsWith('法治')).toBe('c.txt sub/b.txt')
    renameSync(join(folder, 'sub'), join(folder, 'moved'))
    await until(() => idsWith('法治') === 'c.txt moved/b.txt')
    rmSync(join(folder, 'c.txt'))
    write('.hidden.txt', '法治')
    await until(() => idsWith('法治') === 'moved/b.txt')
    const ended = exitOf(child)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    // The lock is free, and nothing is half done.
    expect(wenxun(['verify', live]).code).toBe(0)
    expect(wenxun(['delete', live, 'a.txt']).code).toBe(0)
  })

  it('is caught up with after a pause, reading only what changed', () => {
    write('a.txt', '法治政府')
    write('b.jsonl', '{"id":"x","text":"法治一"}\n{"id":"y","text":"法治二"}\n')
    const once = () => {
      const { code, stdout } = wenxun(['watch', folder, '-o', live, '--once', '--json'])
      expect(code).toBe(0)
      return stdout === '' ? null : JSON.parse(stdout)
    }
    expect(once()).toMatchObject({ added: 3, documents: 3 })
    expect(once()).toBeNull()
    write('b.jsonl', '{"id":"y","text":"法治二号"}\n')
    write('c.txt', '法治三')
    rmSync(join(folder, 'a.txt'))
    expect(once()).toMatchObject({ added: 2, documents: 2 })
    expect(idsWith('法治')).toBe('c.txt y')
  })
})
