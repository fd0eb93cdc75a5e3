/**
 * An HTTP server that answers through one function, turns errors into JSON, and stops gracefully:
 * no new connections, running requests are finished, and what does not finish is cut off.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import { describeError } from '../errors.js'
import { RequestError } from './request-error.js'

/** Answers a request; the signal says that nobody waits for the answer any longer. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
) => void | Promise<void>

const requestTimeout = 15_000
const patience = 5_000
/** Time for a request that has arrived to be read, in milliseconds. */
const graceForUnread = 150

/** Headers of every answer. */
const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
} as const

export class HttpService {
  readonly #server: Server
  readonly #running = new Set<ServerResponse>()
  #stopping = false

  constructor(answer: Answer) {
    this.#server = createServer({ requestTimeout }, (request, response) => {
      this.#respond(answer, request, response)
    })
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      if (socket.writable) socket.end(unreadable(error.code))
    })
  }

  /** Starts to listen; 0 means any free port. Rejects with the system's error. */
  listen(port: number, host: string): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject)
        resolve(this.#server.address() as AddressInfo)
      })
    })
  }

  /** Resolves when all running requests are answered, or after `milliseconds` in any case. */
  async stop(milliseconds = patience): Promise<void> {
    this.#stopping = true
    // A connection that is kept alive would keep the server, too.
    for (const response of this.#running) {
      if (!response.headersSent) response.setHeader('Connection', 'close')
    }
    const closed = new Promise<void>((resolve) => {
      // The HTTP server's own `close` would cut off requests that have arrived and are not read yet.
      NetServer.prototype.close.call(this.#server, () => resolve())
    })
    const idle = setInterval(() => this.#server.closeIdleConnections(), graceForUnread)
    const timer = setTimeout(() => this.#server.closeAllConnections(), milliseconds)
    await closed
    clearInterval(idle)
    clearTimeout(timer)
  }

  async #respond(answer: Answer, request: IncomingMessage, response: ServerResponse) {
    const gone = new AbortController()
    this.#running.add(response)
    response.once('close', () => {
      this.#running.delete(response)
      if (!response.writableFinished) gone.abort()
    })
    // Bodies mean nothing here; unread, they would block the connection.
    request.resume()
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value)
    if (this.#stopping) response.setHeader('Connection', 'close')
    try {
      await answer(request, response, gone.signal)
    } catch (error) {
      if (!gone.signal.aborted) sendError(response, error)
    }
  }
}

/** The answer to what is no request, on a connection without one. */
function unreadable(code: string | undefined): string {
  const isLong = code === 'HPE_HEADER_OVERFLOW'
  const status = isLong ? '431 Request Header Fields Too Large' : '400 Bad Request'
  const message = isLong ? 'The headers are too long.' : 'This is no HTTP request.'
  const body = JSON.stringify({ error: { code: isLong ? 'too-long' : 'request', message } })
  const headers = [
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  return `HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${body}`
}

/** Sends one JSON object. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const bytes = Buffer.from(JSON.stringify(value))
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Content-Length', bytes.length)
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store')
  response.end(bytes)
}

/** `{ "error": { "code", "message" } }`; faults of the program say no more than that there is one. */
function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error instanceof RequestError) {
    if (error.status === 405) response.setHeader('Allow', 'GET, HEAD')
    sendJson(response, error.status, { error: { code: error.code, message: error.message } })
    return
  }
  const [message] = describeError(error)
  sendJson(response, 500, { error: { code: 'internal', message } })
}
