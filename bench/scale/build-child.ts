/**
 * Builds one index in a process of its own and prints what it cost as a line of JSON.
 * Started by bench/scale.ts: corpus, data folder, output file.
 */
import { writeFileSync } from 'node:fs'
import { IndexBuilder } from '@wenxun/core/build'
import { createAnalyzer } from '@wenxun/tokenizer'
import { type CorpusName, corpusDocuments, utf8Bytes } from '../corpus.js'

export interface BuildCost {
  readonly documents: number
  readonly paragraphs: number
  /** UTF-8 of the paragraphs' texts. */
  readonly textBytes: number
  /** Seconds inside the builder, without reading; CPU seconds of all threads meanwhile. */
  readonly buildSeconds: number
  readonly buildCpuSeconds: number
  /** Of these, in `finish()`. */
  readonly finishSeconds: number
  /** Seconds for everything: read, build, write. */
  readonly totalSeconds: number
  readonly peakRssBytes: number
  readonly indexBytes: number
}

const [corpus, folder, output] = process.argv.slice(2)
console.log(JSON.stringify(await build(corpus as CorpusName, folder!, output!)))

async function build(name: CorpusName, data: string, path: string): Promise<BuildCost> {
  const began = performance.now()
  const builder = new IndexBuilder({ analyzer: createAnalyzer() })
  const clock = { seconds: 0, cpu: 0 }
  let textBytes = 0
  for await (const document of corpusDocuments(name, data)!) {
    textBytes += utf8Bytes(document.paragraphs.map(({ text }) => text))
    timed(clock, () => builder.add(document))
  }
  const added = clock.seconds
  const { documentCount, paragraphCount } = builder
  const bytes = timed(clock, () => builder.finish())
  writeFileSync(path, bytes)
  return {
    documents: documentCount,
    paragraphs: paragraphCount,
    textBytes,
    buildSeconds: clock.seconds,
    buildCpuSeconds: clock.cpu,
    finishSeconds: clock.seconds - added,
    totalSeconds: (performance.now() - began) / 1000,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    indexBytes: bytes.length,
  }
}

function timed<T>(clock: { seconds: number; cpu: number }, work: () => T): T {
  const before = process.cpuUsage()
  const start = performance.now()
  const result = work()
  clock.seconds += (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  clock.cpu += (user + system) / 1e6
  return result
}
