/** The program of a thread that searches: opens the index, then answers question after question. */
import { parentPort, workerData } from 'node:worker_threads'
import { InputError } from '../errors.js'
import type { Asked, Said, ThreadStart } from './search-question.js'
import { answerOf, type CurrentIndex, openServed } from './served-index.js'

const { path, descriptor, givenUp } = workerData as ThreadStart
const port = parentPort!

function open(): CurrentIndex | null {
  try {
    const current = openServed(path, descriptor)
    const { documents, paragraphs } = current().metadata.counts
    say({ kind: 'ready', documents, paragraphs })
    return current
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    say({ kind: 'failed', message: error.message, hint: error.hint })
    return null
  }
}

function listen(current: CurrentIndex): void {
  port.on('message', ({ id, question }: Asked) => {
    const signal = {
      get aborted() {
        return Atomics.load(givenUp, 0) === id
      },
    }
    const answer = answerOf(current, question, signal)
    say(answer === null ? { kind: 'stopped' } : { kind: 'answer', answer })
  })
}

function say(said: Said): void {
  port.postMessage(said, said.kind === 'answer' ? [said.answer.bytes.buffer] : [])
}

const opened = open()
if (opened !== null) listen(opened)
