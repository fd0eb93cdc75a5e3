/** The files of a folder as a static host would serve them: pages by their folder, too. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import sirv from 'sirv'
import { RequestError } from './request-error.js'

/** Sends the file at a path that `checkedUrl` let pass; throws a RequestError 404 for none. */
export type SendFile = (request: IncomingMessage, response: ServerResponse) => void

/** Files are looked up at every request: a site that is built anew is served anew. */
export function folderFiles(folder: string): SendFile {
  const serve = sirv(folder, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      response.setHeader('Cache-Control', 'no-cache')
      if (path.endsWith('.wx')) response.setHeader('Content-Type', 'application/octet-stream')
    },
  })
  return (request, response) => {
    let isMissing = false
    serve(request, response, () => {
      isMissing = true
    })
    if (isMissing) throw new RequestError(404, 'not-found', 'There is no such file.')
  }
}
