/**
 * An HTTP server that answers through one function, turns errors into JSON, and stops gracefully:
 * it goes on taking connections until no more come, closes the door, answers what has arrived, and
 * turns away what takes too long.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { errorAnswer, RequestError } from './request-error.js'

/** Answers a request; the signal says that nobody waits for the answer any longer. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
) => void | Promise<void>

const requestTimeout = 15_000
/** From being asked to stop to turning away what is not answered, in milliseconds. */
const patience = 5_000
/** The door closes when nothing has arrived for so long, in milliseconds. */
const quiet = 50
/** And after so long in any case. */
const longestUnquiet = 2_000
/** Most turns of the event loop to take what then still waits. */
const mostTurns = 100
/** Time for a request that has arrived to be read, in milliseconds. */
const graceForUnread = 150
/** Time for the first request on a connection to come, in milliseconds. */
const graceForFirst = 1_000
/** Time for those who are turned away to read it, in milliseconds; then all connections end. */
const graceForLast = 150
/** What a client that is turned away for now should wait, in seconds. */
const retryAfter = 1

/** Headers of every answer. */
const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
} as const

export class HttpService {
  readonly #server: Server
  readonly #running = new Set<ServerResponse>()
  /** Connections on which nothing has been asked yet. */
  readonly #silent = new Set<Socket>()
  /** Connections and requests so far. */
  #arrived = 0
  #isStopping = false
  readonly #doorClosed: Promise<void>
  #closeDoor = () => {}

  constructor(answer: Answer) {
    this.#doorClosed = new Promise((resolve) => {
      this.#closeDoor = resolve
    })
    this.#server = createServer({ requestTimeout }, (request, response) => {
      this.#respond(answer, request, response)
    })
    this.#server.on('connection', (socket) => {
      this.#arrived++
      this.#silent.add(socket)
      socket.once('close', () => this.#silent.delete(socket))
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

  /**
   * Resolves when all that had arrived is answered. What is not after `milliseconds` is turned away
   * with 503, and what even then is open is cut off.
   *
   * Connections that wait in the queue of the system are lost when the door closes, and a client
   * that is answered soon comes back. So requests that arrive from now on are held until it has
   * closed: once `silence` resolves, by default when nothing has come for 50 milliseconds, and
   * after two seconds anyway.
   */
  async stop(milliseconds = patience, silence: Promise<unknown> = this.#silence()): Promise<void> {
    this.#isStopping = true
    for (const response of this.#running) sayGoodbye(response)
    const end = performance.now() + milliseconds
    const ends = new AbortController()
    await Promise.race([silence, wait(milliseconds, undefined, { signal: ends.signal })])
    ends.abort()
    await this.#emptyQueue()
    const closed = new Promise<void>((resolve) => {
      // The HTTP server's own `close` would cut off requests that have arrived and are not read yet.
      NetServer.prototype.close.call(this.#server, () => resolve())
    })
    this.#closeDoor()
    // Connections that are kept alive for later would keep the server, too.
    const idle = setInterval(() => this.#server.closeIdleConnections(), graceForUnread)
    const first = setTimeout(() => this.#closeSilent(), graceForFirst)
    const left = Math.max(0, end - performance.now())
    const late = setTimeout(() => this.#turnAway(), left)
    const last = setTimeout(() => this.#server.closeAllConnections(), left + graceForLast)
    await closed
    clearInterval(idle)
    clearTimeout(first)
    clearTimeout(late)
    clearTimeout(last)
  }

  #turnAway(): void {
    const stopping = new RequestError(503, 'stopping', 'The server stops before it has an answer.')
    for (const response of this.#running) sendError(response, stopping)
  }

  async #silence(): Promise<void> {
    const end = performance.now() + longestUnquiet
    for (let seen = -1; seen !== this.#arrived && performance.now() < end; ) {
      seen = this.#arrived
      await wait(quiet)
      // Timers come before the system's news: on a busy machine those may be waiting.
      await setImmediate()
    }
  }

  /** Takes the connections that wait in the queue of the system. */
  async #emptyQueue(): Promise<void> {
    for (let turn = 0, seen = -1; seen !== this.#arrived && turn < mostTurns; turn++) {
      seen = this.#arrived
      await setImmediate()
    }
  }

  /** Connections that were opened for later would keep the server. */
  #closeSilent(): void {
    for (const socket of this.#silent) if (socket.bytesRead === 0) socket.destroy()
  }

  async #respond(answer: Answer, request: IncomingMessage, response: ServerResponse) {
    const gone = new AbortController()
    this.#arrived++
    this.#silent.delete(request.socket)
    this.#running.add(response)
    response.once('close', () => {
      this.#running.delete(response)
      if (!response.writableFinished) gone.abort()
    })
    // Bodies mean nothing here; unread, they would block the connection.
    request.resume()
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value)
    try {
      if (this.#isStopping) {
        sayGoodbye(response)
        await this.#doorClosed
      }
      if (!gone.signal.aborted) await answer(request, response, gone.signal)
    } catch (error) {
      if (!gone.signal.aborted) sendError(response, error)
    }
  }
}

/** No further request is answered on this connection. */
function sayGoodbye(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close')
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
  sendBytes(response, status, Buffer.from(JSON.stringify(value)))
}

/** Sends the bytes of a JSON object. */
export function sendBytes(response: ServerResponse, status: number, bytes: Uint8Array): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Content-Length', bytes.length)
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store')
  response.end(bytes)
}

/** `{ "error": { "code", "message" } }`. */
function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, value } = errorAnswer(error)
  if (status === 405) response.setHeader('Allow', 'GET, HEAD')
  if (status === 503) response.setHeader('Retry-After', retryAfter)
  sendJson(response, status, value)
}
