/**
 * Builds one engine in a process of its own and prints what memory that took, as a line of JSON.
 * Started by everyday/memory.ts with --expose-gc: engine, corpus, data folder.
 */
import { type CorpusName, loadCorpus } from '../corpus.js'
import { engineNamed } from '../engines/rivals.js'
import { querySets } from '../queries.js'

export interface MemoryCost {
  /** Highest resident memory of the process less that before the build, documents loaded. */
  readonly buildBytes: number
  /** Resident memory after the build, one query and a collection, less that before the build. */
  readonly heldBytes: number
}

const [engine, corpus, folder] = process.argv.slice(2)
console.log(JSON.stringify(await measure(engine!, corpus as CorpusName, folder!)))

async function measure(name: string, corpusName: CorpusName, data: string): Promise<MemoryCost> {
  const loaded = (await loadCorpus(corpusName, data))!
  const query = querySets(loaded, data).words[0]!
  collect()
  const before = process.memoryUsage.rss()
  const built = engineNamed(name).build(loaded.documents, { withTitles: false })
  built.search(query, 10)
  const peak = process.resourceUsage().maxRSS * 1024
  collect()
  const held = process.memoryUsage.rss() - before
  // Alive until here, or there is nothing to measure.
  built.search(query, 10)
  return { buildBytes: Math.max(0, peak - before), heldBytes: Math.max(0, held) }
}

/** Several times: the first leaves what finalizers hold, and pages go back slowly. */
function collect(): void {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
}
