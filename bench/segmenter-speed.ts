/**
 * Speed of the cutters on the runs of Chinese laws, in one process.
 *
 *     node_modules/.bin/tsx bench/segmenter-speed.ts [folder with laws/, default ../shared/data] [paragraphs, default 20000]
 *
 * MB are UTF-8 of the text handed over. `analyze` takes whole paragraphs (fold, scan, cut);
 * the cutters take the folded runs, one call each; nodejieba runs without HMM. Best of 5 rounds.
 */
import { type AnalysisSink, createAnalyzer, type Segmenter } from '@wenxun/tokenizer'
import { textOf, unitsOf } from '../packages/tokenizer/src/unit-text.js'
import { loadJieba } from './folded-jieba.js'
import { lawParagraphs } from './law-paragraphs.js'

const ROUNDS = 5
const ignore: AnalysisSink = { begin() {}, run() {}, word() {}, token() {} }

/** Does what little keeps the compiler from dropping the calls. */
const count = {
  ...ignore,
  seen: 0,
  word: (_start: number, _end: number, id: number) => {
    count.seen += id
  },
}

const texts = lawParagraphs(process.argv[2], Number(process.argv[3] ?? 20_000))
if (texts === null) console.log('SKIPPED: no laws in the data folder.')
else measure([...texts])

function measure(paragraphs: string[]): void {
  const analyzer = createAnalyzer()
  const memory = process.memoryUsage().rss
  const started = performance.now()
  const { segmenter } = analyzer
  const words = segmenter.idLimit // The first use reads the dictionary.
  const loaded = performance.now() - started
  const grown = (process.memoryUsage().rss - memory) / 1e6
  console.log(`dictionary: ${loaded.toFixed(0)} ms, ${grown.toFixed(0)} MB, ${words} ids`)

  const runs = paragraphs.flatMap((text) => runsOf(analyzer, text))
  const runBytes = bytesOf(runs)
  console.log(
    `${paragraphs.length} paragraphs, ${runs.length} runs, ${(runBytes / 1e6).toFixed(1)} MB`,
  )
  const cut = report('dictionary segmenter', runBytes, cutAll(segmenter, runs))
  report('analyze: fold, scan, cut', bytesOf(paragraphs), () => {
    for (const text of paragraphs) analyzer.analyze(text, count)
  })
  const jieba = loadJieba()
  if (jieba === null) return
  const plain = report('nodejieba cut', runBytes, () => {
    for (const run of runs) jieba.cut(run)
  })
  const search = report('nodejieba cutForSearch', runBytes, () => {
    for (const run of runs) jieba.cutForSearch(run)
  })
  const times = (ratio: number) => `${ratio.toFixed(1)}x`
  console.log(`dictionary / cut ${times(cut / plain)}, / cutForSearch ${times(cut / search)}`)
}

function runsOf(analyzer: { analyze(text: string, sink: AnalysisSink): void }, text: string) {
  const runs: string[] = []
  let units = new Uint16Array(0)
  analyzer.analyze(text, {
    ...ignore,
    begin: (folded) => {
      units = folded.units as Uint16Array<ArrayBuffer>
    },
    run: (start, end) => runs.push(textOf(units, start, end)),
  })
  return runs
}

/** All runs lie in one buffer, as they do in the folded text of an analyzer. */
function cutAll(segmenter: Segmenter, runs: string[]): () => void {
  const units = unitsOf(runs.join(''))
  return () => {
    let at = 0
    for (const run of runs) {
      segmenter.cut(units, at, at + run.length, count)
      at += run.length
    }
  }
}

/** MB/s of the fastest round. */
function report(name: string, bytes: number, round: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now()
    round()
    best = Math.min(best, performance.now() - started)
  }
  const speed = bytes / 1e3 / best
  console.log(`${name.padEnd(26)} ${speed.toFixed(1).padStart(6)} MB/s`)
  return speed
}

function bytesOf(list: string[]): number {
  return list.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}
