/**
 * Folders that refuse: a full disk and a read-only one, as small file systems of their own where
 * this process may mount, else by what the system offers to everyone.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Limited {
  readonly folder: string
  /** Puts this in front of a command line that is to feel the limit. */
  readonly wrapper: readonly string[]
  readonly how: string
  release(): void
}

/** A folder with room for `kilobytes`, or null where this machine has no way to make one. */
export function smallDisk(kilobytes: number): Limited | null {
  const folder = newFolder()
  if (mount(['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'wenxun-test', folder])) {
    return { folder, wrapper: [], how: 'tmpfs', release: () => unmount(folder) }
  }
  // Ignoring the signal makes the write fail instead of ending the process; blocks are 512 bytes.
  const limit = `trap '' XFSZ; ulimit -f ${kilobytes * 2} && exec "$@"`
  if (succeeds('sh', ['-c', limit, 'sh', 'true'])) {
    const wrapper = ['sh', '-c', limit, 'sh']
    return { folder, wrapper, how: 'file size limit', release: () => remove(folder) }
  }
  remove(folder)
  return null
}

/** Makes a mounted folder read-only; false where that cannot be done. */
export function makeReadOnly({ folder, how }: Limited): boolean {
  return how === 'tmpfs' && mount(['-o', 'remount,ro', folder])
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'wenxun-limited-'))
}

function mount(args: readonly string[]): boolean {
  return process.platform === 'linux' && succeeds('mount', args)
}

function unmount(folder: string): void {
  succeeds('umount', [folder])
  remove(folder)
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

function succeeds(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}
