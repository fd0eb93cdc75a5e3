/** The search box as one file, as `@wenxun/ui` ships it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { InputError } from '../errors.js'

/** Its name in a bundle's folder; pages load it by this name. */
export const UI_FILE = 'wenxun-search.js'

/** @throws {InputError} when the package is there without what its build makes */
export function uiBundle(): Uint8Array {
  try {
    return readFileSync(createRequire(import.meta.url).resolve('@wenxun/ui/bundle'))
  } catch {
    throw new InputError(
      'The search box (@wenxun/ui) is not built.',
      'Run npm run build in a checkout, or leave the box out with --no-ui.',
    )
  }
}
