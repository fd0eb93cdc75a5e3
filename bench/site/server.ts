/**
 * A static file server on localhost that counts what it sends, as a common host sends it: text
 * types (.js, .css, .json, .html, .svg) with gzip of level 6, everything else as it lies on disk
 * (both engines compress their own data files); ETag, revalidation, and a long lifetime for all
 * but HTML and JSON. Bytes are those of bodies on the wire, heads of their parts among them; headers
 * are not counted. Ranges are answered as a kind of host does, see HOSTS.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type RangeAnswer, rangeAnswer } from '../../packages/cli/src/serve/byte-ranges.js'

/**
 * `several`: as nginx, Apache and others do, every range of a request. `one`: as many caches and
 * object stores do, a single range, and the whole file to whoever asks for more. `none`: whole files.
 */
export const HOSTS = ['several', 'one', 'none'] as const
export type Host = (typeof HOSTS)[number]

export interface Sent {
  readonly path: string
  readonly status: number
  /** Bytes of the body as sent. */
  readonly bytes: number
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.svg'])
const REVALIDATED = new Set(['.html', '.json'])
const GZIP_LEVEL = 6

interface Body {
  readonly type: string
  readonly plain: Buffer
  readonly packed: Buffer | null
  readonly etag: string
}

export class CountingServer {
  readonly origin: string
  readonly #server: Server
  readonly #folder: string
  readonly #page: string
  readonly #host: Host
  readonly #bodies = new Map<string, Body | null>()
  #sent: Sent[] = []

  private constructor(server: Server, folder: string, page: string, host: Host) {
    this.#server = server
    this.#folder = folder
    this.#page = page
    this.#host = host
    this.origin = `http://localhost:${(server.address() as AddressInfo).port}`
    server.on('request', (request, response) => this.#answer(request, response))
  }

  /** Serves a folder, and `page` as `/`, which is not counted. */
  static async start(
    folder: string,
    page: string,
    host: Host = 'several',
  ): Promise<CountingServer> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    return new CountingServer(server, folder, page, host)
  }

  /** What was sent since the last call. */
  take(): Sent[] {
    const sent = this.#sent
    this.#sent = []
    return sent
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', this.origin)
    if (pathname === '/') {
      response.setHeader('content-type', TYPES['.html']!)
      response.end(this.#page)
      return
    }
    const body = this.#body(pathname)
    if (body === null) {
      this.#send(response, pathname, 404, Buffer.alloc(0))
      return
    }
    response.setHeader('etag', body.etag)
    response.setHeader('content-type', body.type)
    const lives = REVALIDATED.has(extname(pathname)) ? 'no-cache' : 'public, max-age=31536000'
    response.setHeader('cache-control', lives)
    if (request.headers['if-none-match'] === body.etag) {
      this.#send(response, pathname, 304, Buffer.alloc(0))
      return
    }
    response.setHeader('server', this.#host === 'several' ? 'nginx' : 'store')
    const ranges = this.#ranges(request, body)
    if (ranges !== null) {
      for (const [name, value] of Object.entries(ranges.headers)) response.setHeader(name, value)
      const parts = ranges.body.map((part) =>
        typeof part === 'string' ? Buffer.from(part) : body.plain.subarray(part.start, part.end),
      )
      this.#send(response, pathname, ranges.status, Buffer.concat(parts))
      return
    }
    const accepts = String(request.headers['accept-encoding'] ?? '').includes('gzip')
    if (body.packed === null || !accepts) this.#send(response, pathname, 200, body.plain)
    else {
      response.setHeader('content-encoding', 'gzip')
      this.#send(response, pathname, 200, body.packed)
    }
  }

  #send(response: ServerResponse, path: string, status: number, bytes: Buffer): void {
    // A browser asks for this by itself.
    if (path !== '/favicon.ico') this.#sent.push({ path, status, bytes: bytes.length })
    response.statusCode = status
    if (status !== 304) response.setHeader('content-length', bytes.length)
    response.end(bytes)
  }

  /** Only of files that are not compressed, as hosts do. */
  #ranges({ headers }: IncomingMessage, { plain, packed, type }: Body): RangeAnswer | null {
    const { range } = headers
    const isTooMany = this.#host === 'one' && range?.includes(',') === true
    if (packed !== null || this.#host === 'none' || isTooMany) return null
    return rangeAnswer(range, plain.length, type)
  }

  #body(pathname: string): Body | null {
    const known = this.#bodies.get(pathname)
    if (known !== undefined) return known
    const path = join(this.#folder, normalize(decodeURIComponent(pathname)))
    const isFile = existsSync(path) && statSync(path).isFile()
    const body = isFile ? bodyOf(readFileSync(path), extname(path)) : null
    this.#bodies.set(pathname, body)
    return body
  }
}

function bodyOf(plain: Buffer, extension: string): Body {
  const packed = COMPRESSED.has(extension) ? gzipSync(plain, { level: GZIP_LEVEL }) : null
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    plain,
    packed,
    etag: `"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"`,
  }
}
