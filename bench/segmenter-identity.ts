/**
 * Checks on the laws that the dictionary segmenter cuts as nodejieba without HMM does.
 *
 *     node_modules/.bin/tsx --tsconfig tsconfig.test.json bench/segmenter-identity.ts [data folder, default ../shared/data] [paragraphs, default all]
 *
 * With the same words in both (nodejieba reads ours), every paragraph must be cut the same,
 * both each run alone, as an index takes it, and the whole folded paragraph in one call:
 * exit code 1 when any differs, 0 when none does or there is nothing to compare.
 * With nodejieba's own words the differences are only counted and shown: folding joins words
 * that jieba spells apart. Boundaries are compared inside runs, paragraphs whose length
 * folding changes are left out, once for the folded text and once for the original. Between the
 * two lies nodejieba with its own dictionary, each word folded: our build drops Traditional words.
 */
import { createAnalyzer } from '@wenxun/tokenizer'
import { textOf, unitsOf } from '../packages/tokenizer/src/unit-text.js'
import {
  loadJieba,
  type NodeJieba,
  useFoldedDictionary,
  useOwnDictionaryFolded,
} from './folded-jieba.js'
import { lawParagraphs } from './law-paragraphs.js'

interface Cut {
  readonly folded: string
  readonly runs: readonly (readonly [start: number, end: number])[]
  /** Where words of runs start. */
  readonly starts: ReadonlySet<number>
}

const SHOWN = 10
const analyzer = createAnalyzer()
const { segmenter } = analyzer
const folder = process.argv[2]
const limit = Number(process.argv[3] ?? Number.POSITIVE_INFINITY)

function checkAll(reference: NodeJieba, paragraphs: () => Iterable<string>): void {
  for (const kind of ['original', 'folded'] as const) {
    const found = new Differences()
    for (const text of paragraphs()) {
      const cut = cutParagraph(text)
      if (cut.folded.length !== text.length) continue
      found.add(
        cut.folded,
        cut.starts,
        startsInRuns(reference, kind === 'folded' ? cut.folded : text, cut),
      )
    }
    found.report(`paragraphs unlike nodejieba with its own words on ${kind} text`)
  }
  useOwnDictionaryFolded(reference)
  const own = new Differences()
  for (const text of paragraphs()) {
    const { folded } = cutParagraph(text)
    own.add(folded, ...sameText(reference, folded))
  }
  own.report('paragraphs unlike nodejieba with its own words, folded, on folded text')
  useFoldedDictionary(reference)
  const runs = new Differences()
  const whole = new Differences()
  for (const text of paragraphs()) {
    const { folded, runs: spans } = cutParagraph(text)
    whole.add(folded, ...sameText(reference, folded))
    for (const [start, end] of spans) {
      const run = folded.slice(start, end)
      runs.add(run, ...sameText(reference, run))
    }
  }
  runs.report('runs unlike nodejieba with the same words')
  whole.report('paragraphs unlike nodejieba with the same words')
  process.exitCode = runs.count + whole.count === 0 ? 0 : 1
}

function cutParagraph(text: string): Cut {
  const runs: [number, number][] = []
  const starts = new Set<number>()
  let folded = ''
  analyzer.analyze(text, {
    begin: ({ units, length }) => {
      folded = textOf(units, 0, length)
    },
    run: (start, end) => runs.push([start, end]),
    token: () => {},
    word: (start) => starts.add(start),
  })
  return { folded, runs, starts }
}

/** Word starts of nodejieba inside the runs of a cut, with the starts of the runs. */
function startsInRuns(reference: NodeJieba, text: string, { runs }: Cut): Set<number> {
  const all = startsOf(reference.cut(text))
  const inside = new Set<number>()
  for (const [start, end] of runs) {
    inside.add(start)
    for (let at = start + 1; at < end; at++) if (all.has(at)) inside.add(at)
  }
  return inside
}

/** Our word starts and nodejieba's for one text handed to both. */
function sameText(reference: NodeJieba, text: string): [Set<number>, Set<number>] {
  const ours = new Set<number>()
  segmenter.cut(unitsOf(text), 0, text.length, { word: (start) => ours.add(start) })
  return [ours, startsOf(reference.cut(text))]
}

function startsOf(words: string[]): Set<number> {
  const starts = new Set<number>()
  let at = 0
  for (const word of words) {
    starts.add(at)
    at += word.length
  }
  return starts
}

class Differences {
  count = 0
  #compared = 0
  readonly #examples: string[] = []

  add(text: string, ours: ReadonlySet<number>, theirs: ReadonlySet<number>): void {
    this.#compared++
    const at = firstDifference(ours, theirs)
    if (at < 0) return
    this.count++
    if (this.#examples.length >= SHOWN) return
    const around = (starts: ReadonlySet<number>) =>
      Array.from(text.slice(Math.max(0, at - 4), at + 5), (char, i) =>
        starts.has(Math.max(0, at - 4) + i) ? `|${char}` : char,
      ).join('')
    this.#examples.push(`  ${around(ours)}  nodejieba ${around(theirs)}`)
  }

  report(what: string): void {
    console.log(`${this.count} of ${this.#compared} ${what}`)
    for (const example of this.#examples) console.log(example)
  }
}

function firstDifference(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let first = Number.POSITIVE_INFINITY
  for (const at of a) if (!b.has(at)) first = Math.min(first, at)
  for (const at of b) if (!a.has(at)) first = Math.min(first, at)
  return first === Number.POSITIVE_INFINITY ? -1 : first
}

const jieba = loadJieba()
if (jieba === null) console.log('SKIPPED: nodejieba is not installed.')
else if (lawParagraphs(folder) === null) console.log('SKIPPED: no laws in the data folder.')
else checkAll(jieba, () => lawParagraphs(folder, limit)!)
