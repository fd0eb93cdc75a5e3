/**
 * Which requests are answered at all. The server is meant for the machine it runs on: a page of
 * some website must not reach it through a name that resolves to this machine (DNS rebinding), and
 * no path may lead out of what is served.
 */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { RequestError } from './request-error.js'

/** Longest address of a request in characters: 1,000 of Chinese take nine each. */
const longestTarget = 12_000
const methods: readonly (string | undefined)[] = ['GET', 'HEAD']

/** True for a name that means this machine everywhere. */
function isLocalName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost')
}

/** The name in a `Host` header, without port and brackets, in lower case; null where it is none. */
export function hostName(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^\s:/?#@[\]]+))(?::\d{1,5})?$/i.exec(header ?? '')
  const name = match?.[1] ?? match?.[2]
  return name === undefined ? null : name.toLowerCase().replace(/\.$/, '')
}

/**
 * Whether a request may come under this host name. A number is no name that could be made to
 * resolve elsewhere, so it counts wherever the server listens.
 */
function isWelcome(name: string | null, names: readonly string[]): boolean {
  return name !== null && (isLocalName(name) || isIP(name) > 0 || names.includes(name))
}

/**
 * The path and parameters of a request that may be answered.
 *
 * @param names host names that are welcome beside those of this machine
 * @throws {RequestError} for all others
 */
export function checkedUrl(request: IncomingMessage, names: readonly string[]): URL {
  const { method, url = '', headers } = request
  if (!methods.includes(method)) {
    throw new RequestError(405, 'method', `Only GET and HEAD are answered, not ${method}.`)
  }
  if (!isWelcome(hostName(headers.host), names)) {
    throw new RequestError(
      421,
      'host',
      'This server answers under the names of this machine only. Start it with --host <name> to let it be called by that name.',
    )
  }
  if (url.length > longestTarget) {
    throw new RequestError(
      414,
      'too-long',
      `Expected an address of at most ${longestTarget} bytes.`,
    )
  }
  const path = url.split(/[?#]/)[0]!
  if (!url.startsWith('/') || !isPlainPath(path)) {
    throw new RequestError(400, 'path', 'Expected a path below /, without .. or hidden names.')
  }
  return new URL(`http://localhost${path}${url.slice(path.length)}`)
}

/** No `..`, no hidden name, nothing that a file system may take for a separator. */
function isPlainPath(path: string): boolean {
  const decoded = decodedPath(path)
  if (decoded === null || /[\\\0]/.test(decoded)) return false
  return decoded.split('/').every((part) => !part.startsWith('.') || part === '.well-known')
}

function decodedPath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path)
    // What is encoded twice would be decoded by someone further on.
    return /%(?:2e|2f|5c|00)/i.test(decoded) ? null : decoded
  } catch {
    return null
  }
}
