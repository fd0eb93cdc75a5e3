/** Writing where it is refused: a clear error, exit code 2, and the index that was there intact. */

import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openIndex } from '@wenxun/core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { root, seeds, useFolder, wenxun } from '../cli/wenxun.js'
import { type Limited, makeReadOnly, smallDisk } from './limited-folders.js'

const program = fileURLToPath(new URL('../../packages/cli/bin/wenxun.js', import.meta.url))
const inFolder = useFolder()
let small: Buffer
let limited: Limited | null = null

beforeAll(() => {
  const path = inFolder('small.wx')
  expect(wenxun(['build', seeds[0]!, '-o', path]).code).toBe(0)
  small = readFileSync(path)
})

afterEach(() => {
  limited?.release()
  limited = null
})

/** A small disk with the small index on it, and little room beside. */
function diskWithIndex(): Limited | null {
  limited = smallDisk(Math.ceil(small.length / 1024) + 48)
  if (limited !== null) copyFileSync(inFolder('small.wx'), join(limited.folder, 'index.wx'))
  return limited
}

function buildAll({ folder, wrapper }: Limited) {
  const command = [program, 'build', join(root, 'seeds'), '-o', join(folder, 'index.wx')]
  const [first = process.execPath, ...rest] = [...wrapper, process.execPath, ...command]
  return spawnSync(first, rest, { encoding: 'utf8' })
}

function expectIntact({ folder }: Limited): void {
  const path = join(folder, 'index.wx')
  expect(readFileSync(path).equals(small)).toBe(true)
  openIndex(readFileSync(path)).verify()
  expect(wenxun(['verify', path]).code).toBe(0)
  expect(readdirSync(folder)).toEqual(['index.wx'])
}

describe('a disk without room for the new index', () => {
  it('is named, and the old index stays', (test) => {
    const disk = diskWithIndex()
    if (disk === null) return test.skip('no small disk can be made here')
    const { status, stderr, stdout } = buildAll(disk)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/index\.wx: (no space left|the system allows no file of this size)/)
    expect(stderr).not.toMatch(/^ {4}at /m)
    expectIntact(disk)
  })
})

describe('a folder that cannot be written', () => {
  it('is named before any file is read, and the old index stays', (test) => {
    const disk = diskWithIndex()
    const isMade = disk !== null && (makeReadOnly(disk) || denied(disk.folder))
    if (!isMade) return test.skip('nothing is read-only to this user here')
    const { status, stderr, stdout } = buildAll(disk)
    if (disk.how !== 'tmpfs') chmodSync(disk.folder, 0o700)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/permission denied|read-only/)
    expect(stderr).not.toContain('…')
    expectIntact(disk)
  })
})

/** Takes the right to write away; false for root, who keeps it. */
function denied(folder: string): boolean {
  chmodSync(folder, 0o500)
  return process.getuid?.() !== 0
}
