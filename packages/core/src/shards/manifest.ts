/**
 * The manifest of a bundle, both ways: a small JSON text.
 *
 *   { "wenxun": 2, "core": "<shard>", "bytes": 12345, "documents": 10, "paragraphs": 90 }
 *
 * `index` takes the place of `core` where the whole index is one file.
 */

import { IndexError } from '../errors.js'
import { BUNDLE_VERSION, MANIFEST_NAME } from './bundle-format.js'

export interface Manifest {
  readonly wenxun: number
  /** Name of the core; absent where `index` is there. */
  readonly core?: string
  /** Name of the only file of a small index. */
  readonly index?: string
  /** Bytes of that file. */
  readonly bytes: number
  readonly documents: number
  readonly paragraphs: number
}

export function writeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest)}\n`)
}

/**
 * Throws NOT_AN_INDEX for anything but a manifest, TOO_NEW for one of a later version, TOO_OLD for
 * one of an earlier version, unless its index is one file: such a file says its own version.
 */
export function readManifest(bytes: Uint8Array): Manifest {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    value = null
  }
  if (!isManifest(value)) {
    throw new IndexError(
      'NOT_AN_INDEX',
      `${MANIFEST_NAME} is no manifest of a Wenxun bundle. Check the address of the bundle; it is the folder that \`wenxun site\` wrote.`,
    )
  }
  if (value.wenxun > BUNDLE_VERSION) {
    throw new IndexError(
      'TOO_NEW',
      `The bundle has format ${value.wenxun}; this reader knows ${BUNDLE_VERSION}. Update Wenxun on the page, or build the bundle again.`,
    )
  }
  if (value.wenxun < BUNDLE_VERSION && value.index === undefined) {
    throw new IndexError(
      'TOO_OLD',
      `The bundle has format ${value.wenxun}; this reader knows ${BUNDLE_VERSION}. Build the bundle again with the Wenxun that the page has.`,
    )
  }
  return value
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false
  const { wenxun, core, index, bytes } = value as Partial<Record<keyof Manifest, unknown>>
  const isName = (name: unknown) => typeof name === 'string' && /^[\w.-]+$/.test(name)
  return typeof wenxun === 'number' && typeof bytes === 'number' && isName(core ?? index)
}
