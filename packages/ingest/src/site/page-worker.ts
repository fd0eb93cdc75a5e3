/**
 * Reads pages in a thread of its own, while another indexes them. Told how at its start, it
 * answers every batch of places with their items, in order.
 *
 * In: `PagePlace[]`. Out: `{ items: SiteItem[] }`, or `{ failed: { message, stack } }` for what is
 * an error of the program: whatever is wrong with a page is an item.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { PagePlace } from './page-file.js'
import { pageItems } from './page-item.js'
import { pageRules } from './page-rules.js'
import type { ThreadAnswer, ThreadTask } from './page-threads.js'
import type { SiteItem } from './types.js'

const { options, ...task } = workerData as ThreadTask
const context = { ...task, rules: pageRules(options) }

async function answerOf(places: readonly PagePlace[]): Promise<ThreadAnswer> {
  const items: SiteItem[] = []
  try {
    for await (const item of pageItems(places, context)) items.push(item)
    return { items }
  } catch (error) {
    const at = places[items.length]?.path ?? 'a page'
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    return { failed: { message: `${at}: ${message}`, stack: stack ?? '' } }
  }
}

// One batch at a time: the next may be here while this one waits for the disk.
let before = Promise.resolve()
parentPort?.on('message', (places: readonly PagePlace[]) => {
  before = before.then(async () => parentPort?.postMessage(await answerOf(places)))
})
