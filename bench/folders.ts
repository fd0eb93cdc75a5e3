/** Where things are: this repository, and the optional data beside it. */
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Folder of the optional data: the argument, WENXUN_DATA, or ../shared/data. */
export function dataFolder(argument?: string): string {
  return resolve(argument ?? process.env['WENXUN_DATA'] ?? join(ROOT, '../shared/data'))
}
