/** The thread that reads PDFs: started for the first, kept for the next, stopped when it hangs. */
import { Worker } from 'node:worker_threads'
import type { PdfPage } from './pdf-layout.js'

/** Why a PDF was not read. */
export class PdfError extends Error {
  override readonly name = 'PdfError'
  readonly code: 'corrupt' | 'too-large' | 'unsupported'

  constructor(code: PdfError['code'], message: string) {
    super(message)
    this.code = code
  }
}

type Message =
  | { readonly page: PdfPage }
  | { readonly done: number }
  | { readonly error: { readonly name: string; readonly message: string } }

const program = new URL('./pdf-worker.js', import.meta.url)
const heapMegabytes = 1024

let idle: Worker | undefined

function start(): Worker {
  // What the library prints is caught and dropped: it warns on streams that are the user's.
  const thread = new Worker(program, {
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  })
  thread.stdout.resume()
  thread.stderr.resume()
  return thread
}

function failure({ name, message }: { name: string; message: string }): PdfError {
  if (name === 'PasswordException') return new PdfError('unsupported', 'protected by a password')
  return new PdfError('corrupt', `not a PDF that can be read (${message.slice(0, 200)})`)
}

/** The pages of a PDF. `time` is the longest it may take, in milliseconds. Throws PdfError. */
export async function readPdfPages(bytes: Buffer, time: number): Promise<PdfPage[]> {
  const thread = idle ?? start()
  idle = undefined
  const pages: PdfPage[] = []
  let timer: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new PdfError('too-large', `not read within ${time / 1000} s; given up`))
      }, time)
      thread.on('message', (message: Message) => {
        if ('page' in message) pages.push(message.page)
        else if ('error' in message) reject(failure(message.error))
        else resolve()
      })
      thread.on('error', (error) => {
        const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        const message = `needs more than ${heapMegabytes} MB of memory; given up`
        reject(isMemory ? new PdfError('too-large', message) : failure(error))
      })
      thread.on('exit', () => reject(new PdfError('corrupt', 'the PDF reader stopped')))
      const copy = new Uint8Array(bytes)
      thread.postMessage({ bytes: copy }, [copy.buffer])
    })
    release(thread)
    return pages
  } catch (error) {
    // A file that says itself what is wrong leaves the thread as good as before.
    if (error instanceof PdfError && error.code !== 'too-large') release(thread)
    else await thread.terminate()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** Keeps the thread for the next file. */
function release(thread: Worker): void {
  thread.removeAllListeners('message')
  thread.removeAllListeners('error')
  thread.removeAllListeners('exit')
  thread.on('error', () => undefined)
  thread.on('exit', () => {
    if (idle === thread) idle = undefined
  })
  if (idle) thread.terminate().catch(() => undefined)
  else idle = thread
}

/** Stops the thread that waits for a next file; a waiting thread keeps the process alive. */
export async function stopIdleThread(): Promise<void> {
  const thread = idle
  idle = undefined
  await thread?.terminate()
}
