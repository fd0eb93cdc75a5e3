/**
 * The manifest of a bundle, both ways: a small JSON text.
 *
 *   { "wenxun": 3, "core": "<base64>", "checksum": 12345, "bytes": 12345, "documents": 10,
 *     "paragraphs": 90 }
 *
 * Whoever reads the manifest needs the core, too, and it changes with every edit: so it is in it, as
 * bytes/base64.ts writes it, with its CRC-32. `index`, the name of a file, takes their place where
 * the whole index is one file.
 */

import { fromBase64, toBase64 } from '../bytes/base64.js'
import { crc32 } from '../bytes/crc32.js'
import { corrupt, IndexError } from '../errors.js'
import { BUNDLE_VERSION, MANIFEST_NAME } from './bundle-format.js'

export interface Manifest {
  readonly wenxun: number
  /** The bytes of the core; absent where `index` is there. */
  readonly core?: Uint8Array
  /** CRC-32 of the core. */
  readonly checksum?: number
  /** Name of the only file of a small index. */
  readonly index?: string
  /** Bytes of the core or of that file. */
  readonly bytes: number
  readonly documents: number
  readonly paragraphs: number
}

/** The text of a manifest; its checksum is told from the core. */
export function writeManifest({ core, ...rest }: Manifest): Uint8Array {
  const { wenxun, ...others } = rest
  const packed = core === undefined ? {} : { core: toBase64(core), checksum: crc32(core) }
  return new TextEncoder().encode(`${JSON.stringify({ wenxun, ...packed, ...others })}\n`)
}

/**
 * Throws NOT_AN_INDEX for anything but a manifest, TOO_NEW for one of a later version, TOO_OLD for
 * one of an earlier version, unless its index is one file: such a file says its own version. Throws
 * CORRUPT when the core is damaged.
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
  const { core: text, ...rest } = value
  const isNew = rest.wenxun > BUNDLE_VERSION
  const isWhole = typeof rest.index === 'string'
  if (isNew || (rest.wenxun < BUNDLE_VERSION && !isWhole)) {
    throw new IndexError(
      isNew ? 'TOO_NEW' : 'TOO_OLD',
      `The bundle has format ${rest.wenxun}; this reader knows ${BUNDLE_VERSION}. Build the bundle again with the Wenxun that the page has${isNew ? ', or update that' : ''}.`,
    )
  }
  if (isWhole) return rest
  const core = fromBase64(text!)
  if (crc32(core) !== rest.checksum) throw corrupt(`${MANIFEST_NAME} has another checksum`)
  return { ...rest, core }
}

/** As it is in JSON. */
type ManifestText = Omit<Manifest, 'core'> & { readonly core?: string }

function isManifest(value: unknown): value is ManifestText {
  if (typeof value !== 'object' || value === null) return false
  const { wenxun, core, index, bytes } = value as Partial<Record<keyof Manifest, unknown>>
  const isName = (name: unknown) => typeof name === 'string' && /^[\w.-]+$/.test(name)
  return typeof wenxun === 'number' && typeof bytes === 'number' && isName(index ?? core)
}
