/** The files of a folder as a static host would serve them: pages by their folder, too. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { rangeAnswer } from './byte-ranges.js'
import { RequestError } from './request-error.js'

/** Sends the file at a path that `checkedUrl` let pass; throws a RequestError 404 for none. */
export type SendFile = (request: IncomingMessage, response: ServerResponse) => void

const shardType = 'application/octet-stream'

/** Files are looked up at every request: a site that is built anew is served anew. */
export function folderFiles(folder: string): SendFile {
  const serve = sirv(folder, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      response.setHeader('Cache-Control', 'no-cache')
      response.setHeader('Server', 'wenxun')
      if (path.endsWith('.wx')) response.setHeader('Content-Type', shardType)
    },
  })
  return (request, response) => {
    if (sendRanges(folder, request, response)) return
    let isMissing = false
    serve(request, response, () => {
      isMissing = true
    })
    if (isMissing) throw new RequestError(404, 'not-found', 'There is no such file.')
  }
}

/** Sends several ranges of a shard; false when another answer is due. */
function sendRanges(folder: string, request: IncomingMessage, response: ServerResponse): boolean {
  const { method, url = '', headers } = request
  const path = decodeURIComponent(url.split(/[?#]/)[0]!)
  if (method !== 'GET' || !path.endsWith('.wx') || !headers.range?.includes(',')) return false
  const file = join(folder, path)
  const stats = statSync(file, { throwIfNoEntry: false })
  const answer = stats?.isFile() ? rangeAnswer(headers.range, stats.size, shardType) : null
  if (answer === null) return false
  const descriptor = openSync(file, 'r')
  try {
    const parts = answer.body.map((part) => {
      if (typeof part === 'string') return Buffer.from(part)
      const bytes = Buffer.alloc(part.end - part.start)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, part.start))
    })
    const common = { 'Cache-Control': 'no-cache', Server: 'wenxun' }
    response.writeHead(answer.status, { ...answer.headers, ...common })
    response.end(Buffer.concat(parts))
  } finally {
    closeSync(descriptor)
  }
  return true
}
