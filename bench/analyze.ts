/**
 * Speed of text analysis, stage by stage, beside nodejieba in the same process.
 *
 *     npm run bench:analyze -- [--data <folder>] [--corpus 100k] [--rounds 5]
 *
 * Corpus: 100k (laws of the data folder), or the seeds twenty times over when it is absent.
 * MB are UTF-8 of the text that is handed over: whole paragraphs for the stages, `analyze` (fold,
 * scan, cut: all the terms of an index) and nodejieba's rows beside them; folded runs of Han, one
 * call each, for the cutters alone. nodejieba runs without HMM, with its own dictionary.
 * Every round runs each of them once over all texts, in turns, after one round that is not
 * counted; times are CPU time, medians of the rounds. Ratios are our MB/s over theirs.
 * The dictionary is loaded first of all, into a process that has done nothing else.
 */
import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { type AnalysisSink, type Analyzer, createAnalyzer } from '@wenxun/tokenizer'
import { Folder, foldToString, scan } from '@wenxun/tokenizer/scan'
import { CORPUS_NAMES, type CorpusName, loadCorpus, utf8Bytes } from './corpus.js'
import { loadJieba } from './folded-jieba.js'
import { dataFolder } from './folders.js'
import { printTables, type Table } from './report.js'
import { median, show } from './timing.js'

/** The seeds alone are too little text for a steady figure. */
const SEED_COPIES = 20

interface Task {
  readonly name: string
  readonly bytes: number
  /** The rows of nodejieba that it is compared with. */
  readonly beside: readonly string[]
  run(): void
}

/** Does what little keeps the compiler from dropping the calls. */
const counter: AnalysisSink & { seen: number } = {
  seen: 0,
  begin() {},
  run(start, end) {
    counter.seen += end - start
  },
  word(_start, _end, id) {
    counter.seen += id
  },
  token(term) {
    counter.seen += term.length
  },
}

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    corpus: { type: 'string', default: '100k' },
    rounds: { type: 'string', default: '5' },
  },
})

const analyzer = createAnalyzer()
const loaded = dictionaryTable(analyzer)
const folder = new Folder(analyzer.folds)
const corpus = await corpusTexts(flags.corpus)
const tasks = [...stages(corpus.texts), ...cutters(corpus.texts)]
const speeds = timeInTurns(tasks, Number(flags.rounds))
printTables([loaded, speedTable(corpus.name)])

/** Loads the dictionary; must be the first thing that the process does. */
function dictionaryTable({ segmenter }: Analyzer): Table {
  const file = createRequire(import.meta.url).resolve('@wenxun/tokenizer/dictionary.bin')
  const memory = process.memoryUsage().rss
  const before = process.cpuUsage()
  // The first question reads the file.
  const words = segmenter.idLimit
  const { user, system } = process.cpuUsage(before)
  const grown = process.memoryUsage().rss - memory
  const row = (what: string, measured: string, goal: string) => [what, measured, goal]
  return {
    title: `Dictionary: ${words} word ids`,
    header: ['', 'measured', 'goal'],
    rows: [
      row('file, MB', show(statSync(file).size / 1e6), '2.5'),
      row('load, ms of CPU time', show((user + system) / 1000), '100'),
      row('memory grown by the load, MB', show(grown / 1e6), '40'),
    ],
  }
}

async function corpusTexts(wanted: string): Promise<{ name: string; texts: readonly string[] }> {
  if (!isCorpusName(wanted)) throw new Error(`--corpus takes ${CORPUS_NAMES.join(', ')}.`)
  const data = dataFolder(flags.data)
  const found = await loadCorpus(wanted, data)
  if (found !== null) return found
  const seeds = await loadCorpus('seeds', data)
  const texts = Array.from({ length: SEED_COPIES }, () => seeds!.texts).flat()
  return { name: `seeds x ${SEED_COPIES}`, texts }
}

function isCorpusName(name: string): name is CorpusName {
  return CORPUS_NAMES.some((known) => known === name)
}

/** What happens to a paragraph, one stage more in each; nodejieba gets the same paragraphs. */
function stages(paragraphs: readonly string[]): Task[] {
  const bytes = utf8Bytes(paragraphs)
  const besides = ['nodejieba cut', 'nodejieba cutForSearch']
  const task = (name: string, beside: string[], analyze: (text: string) => unknown): Task => ({
    name,
    bytes,
    beside,
    run: () => {
      for (const text of paragraphs) analyze(text)
    },
  })
  const ours = [
    task('fold', [], (text) => folder.fold(text)),
    task('fold, scan', [], (text) => scan(folder.fold(text), counter)),
    task('analyze: fold, scan, cut', besides, (text) => analyzer.analyze(text, counter)),
  ]
  const jieba = loadJieba()
  if (jieba === null) {
    console.log('SKIPPED: nodejieba, which is not installed.')
    return ours
  }
  return [
    ...ours,
    task('nodejieba cut', [], (text) => jieba.cut(text)),
    task('nodejieba cutForSearch', [], (text) => jieba.cutForSearch(text)),
  ]
}

/** The cutters alone, on the runs that folding and scanning leave for them. */
function cutters(paragraphs: readonly string[]): Task[] {
  const runs = paragraphs.flatMap(runsOf)
  const bytes = utf8Bytes(runs)
  const units = unitsOf(runs)
  const cut = () => {
    let at = 0
    for (const { length } of runs) {
      analyzer.segmenter.cut(units, at, at + length, counter)
      at += length
    }
  }
  const beside = ['nodejieba cut, runs', 'nodejieba cutForSearch, runs']
  const ours: Task = { name: 'cut, runs', bytes, beside, run: cut }
  const jieba = loadJieba()
  if (jieba === null) return [ours]
  const each = (name: string, cutRun: (run: string) => unknown): Task => ({
    name,
    bytes,
    beside: [],
    run: () => {
      for (const run of runs) cutRun(run)
    },
  })
  return [
    ours,
    each('nodejieba cut, runs', (run) => jieba.cut(run)),
    each('nodejieba cutForSearch, runs', (run) => jieba.cutForSearch(run)),
  ]
}

function runsOf(text: string): string[] {
  const folded = folder.fold(text)
  const whole = foldToString(folded)
  const runs: string[] = []
  scan(folded, { run: (start, end) => runs.push(whole.slice(start, end)), token: () => {} })
  return runs
}

/** All runs lie in one buffer, as they do in the folded text of an analyzer. */
function unitsOf(runs: readonly string[]): Uint16Array {
  const text = runs.join('')
  return Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}

/** MB/s of each task. */
function timeInTurns(all: readonly Task[], rounds: number): Map<string, number> {
  const times = all.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    for (const [i, { run }] of all.entries()) {
      const before = process.cpuUsage()
      run()
      const { user, system } = process.cpuUsage(before)
      if (round >= 0) times[i]!.push(user + system)
    }
  }
  return new Map(all.map((task, i) => [task.name, task.bytes / median(times[i]!)]))
}

function speedTable(texts: string): Table {
  const speedOf = (task: string) => speeds.get(task) ?? Number.NaN
  const ratio = (ours: string, theirs = '') =>
    speeds.has(theirs) ? `${show(speedOf(ours) / speedOf(theirs))}x` : ''
  return {
    title: `Analysis of ${texts}`,
    header: ['', 'MB', 'MB/s', 'to cut', 'to cutForSearch'],
    rows: tasks.map(({ name, bytes, beside: [cut, forSearch] }) => [
      name,
      show(bytes / 1e6),
      show(speedOf(name)),
      ratio(name, cut),
      ratio(name, forSearch),
    ]),
  }
}
