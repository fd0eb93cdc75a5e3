/**
 * What clients see of a server that stops while they ask. Every request has a connection of its
 * own: nobody can know whether an idle one that is kept alive will still be answered.
 */
import { Agent, get } from 'node:http'
import type { Served, Stopped } from './served.js'

export interface ShutdownSeen extends Stopped {
  /** In full, with what was asked for. */
  readonly answered: number
  /** In full, with another status: turned away. */
  readonly turnedAway: number
  /** Connections refused: the server was gone. Expected. */
  readonly refused: number
  /** Connections that ended before the first byte of an answer. */
  readonly unanswered: number
  /** Answers that broke off: never right. */
  readonly brokenOff: number
}

type Outcome = 'answered' | 'turnedAway' | 'refused' | 'unanswered' | 'brokenOff'

const LOAD_BEFORE_MS = 500

export async function stopUnderLoad(
  served: Served,
  urls: readonly string[],
  clients: number,
): Promise<ShutdownSeen> {
  const seen: Record<Outcome, number> = {
    answered: 0,
    turnedAway: 0,
    refused: 0,
    unanswered: 0,
    brokenOff: 0,
  }
  let next = 0
  const client = async () => {
    for (;;) {
      const outcome = await ask(urls[next++ % urls.length]!)
      seen[outcome]++
      if (outcome === 'refused') return
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  await new Promise((resolve) => setTimeout(resolve, LOAD_BEFORE_MS))
  const stopped = await served.stop()
  await all
  return { ...stopped, ...seen }
}

function ask(url: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = get(url, { agent: new Agent({ keepAlive: false }) }, (response) => {
      response.on('error', () => resolve('brokenOff'))
      const complete = response.statusCode === 200 ? 'answered' : 'turnedAway'
      response.on('close', () => resolve(response.complete ? complete : 'brokenOff'))
      response.resume()
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'unanswered')
    })
  })
}
