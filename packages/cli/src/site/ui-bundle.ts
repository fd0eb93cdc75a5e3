/** The search box as the files of a page, as `@wenxun/ui` ships them. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { InputError } from '../errors.js'

/** The name that pages load; it loads the other files, which lie beside it. */
export const UI_FILE = 'wenxun-search.js'

/**
 * Name → bytes, what pages load last: put there in this order, no file leads to one that is not.
 *
 * @throws {InputError} when the package is there without what its build makes
 */
export function uiFiles(): Map<string, Uint8Array> {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('@wenxun/ui/page'))
    const others = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== UI_FILE)
    return new Map(
      [...others.sort(), UI_FILE].map((name) => [name, readFileSync(join(folder, name))]),
    )
  } catch {
    throw new InputError(
      'The search box (@wenxun/ui) is not built.',
      'Run npm run build in a checkout, or leave the box out with --no-ui.',
    )
  }
}
