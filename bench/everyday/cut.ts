/** Group `analyze`: how fast texts become terms, beside the runtime's own word cutter. */
import { createAnalyzer, createIntlSegmenter } from '@wenxun/tokenizer'
import { type Corpus, utf8Bytes } from '../corpus.js'
import type { Table } from '../report.js'
import { show } from '../timing.js'
import { timeTask } from './task.js'

/** UTF-8 bytes that the cutters get; enough for a steady figure. */
const CUT_BYTES = 1_000_000
const BUDGET_MS = 600

export interface CutSpeed {
  readonly cutter: string
  readonly milliseconds: number
  readonly bytes: number
}

export function measureCut({ texts }: Corpus): CutSpeed[] {
  const sampled = firstTexts(texts)
  const bytes = utf8Bytes(sampled)
  const ignore = { begin() {}, run() {}, word() {}, token() {} }
  const dictionary = createAnalyzer()
  const intl = createAnalyzer({ segmenter: createIntlSegmenter() })
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
  const cutters = [
    ['Wenxun, analysis of a build', (text: string) => dictionary.analyze(text, ignore)],
    ['Wenxun, tokens with offsets', (text: string) => dictionary.tokens(text)],
    ['Wenxun with Intl.Segmenter', (text: string) => intl.analyze(text, ignore)],
    ['Intl.Segmenter alone', (text: string) => Array.from(segmenter.segment(text))],
  ] as const
  return cutters.map(([cutter, cut]) => ({
    cutter,
    milliseconds: timeTask(() => sampled.map(cut).length, BUDGET_MS),
    bytes,
  }))
}

export function cutTable(corpus: string, speeds: readonly CutSpeed[]): Table {
  const megabytes = (speeds[0]?.bytes ?? 0) / 1e6
  return {
    title: `${corpus}: cut, ${megabytes.toFixed(2)} MB of UTF-8`,
    header: ['cutter', 'ms', 'MB/s'],
    rows: speeds.map(({ cutter, milliseconds, bytes }) => [
      cutter,
      show(milliseconds),
      show(bytes / 1000 / milliseconds),
    ]),
  }
}

function firstTexts(texts: readonly string[]): string[] {
  const taken: string[] = []
  for (let bytes = 0, i = 0; i < texts.length && bytes < CUT_BYTES; i++) {
    taken.push(texts[i]!)
    bytes += Buffer.byteLength(texts[i]!)
  }
  return taken
}
