/**
 * `npm run test:fuzz -- [--runs 20000] [--seed S] [--from N]`
 *
 * Hostile queries (`--runs` drawn ones, the naughty strings, and some of a megabyte), hostile
 * documents (a tenth as many sets), and documents of ten megabytes or a million paragraphs.
 */

import { openIndex } from '@wenxun/core'
import { build } from '../../support/notation.js'
import { Random } from '../../support/random.js'
import { campaignArguments } from '../arguments.js'
import { buildHostile } from './document-campaign.js'
import { hostileString, largeQueries, naughtyStrings } from './hostile-strings.js'
import { largeDocuments } from './large-documents.js'
import { anyOptions, askHostile, fuzzIndex } from './query-campaign.js'

const QUERY_UNITS = 1_000_000
const DOCUMENT_SIZE = 1_000_000
/** A query that takes longer counts as a fault; so long that a slow machine does not matter. */
const LONGEST_MS = 20_000

const { runs, seed, from } = campaignArguments(20_000)
const faults: string[] = []

/** Runs one case; returns milliseconds. */
function run(what: string, action: () => void, longest = LONGEST_MS): number {
  const started = performance.now()
  try {
    action()
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    faults.push(`${what}: ${error}\n${cause instanceof Error ? cause.stack : cause}`)
  }
  const took = performance.now() - started
  if (took > longest) faults.push(`${what}: took ${took.toFixed(0)} ms`)
  return took
}

function slowest(title: string, times: readonly number[]): void {
  console.log(`  ${title}: ${times.length}, slowest ${Math.max(0, ...times).toFixed(0)} ms`)
}

console.log(`fuzz: ${runs} queries, seed ${seed}`)
const index = fuzzIndex()
const numbers = Array.from({ length: runs }, (_, i) => from + i)
const draw = (number: number) => new Random((seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0)

slowest(
  'naughty strings',
  naughtyStrings.map((query) =>
    run(`query ${JSON.stringify(query)}`, () => askHostile(index, query, {})),
  ),
)
slowest(
  'drawn queries',
  numbers.map((number) =>
    run(`draw ${number}`, () => {
      const random = draw(number)
      askHostile(index, hostileString(random), anyOptions(random))
    }),
  ),
)
for (const [name, query] of Object.entries(largeQueries(QUERY_UNITS))) {
  const took = run(`large query: ${name}`, () => askHostile(index, query, {}))
  if (took > 1000) console.log(`  a megabyte of ${name}: ${took.toFixed(0)} ms`)
}
slowest(
  'sets of documents',
  numbers
    .slice(0, runs / 10)
    .map((number) => run(`documents ${number}`, () => buildHostile(draw(number)))),
)
for (const { name, document, query, hits } of largeDocuments(DOCUMENT_SIZE)) {
  const search = () => {
    const opened = openIndex(build([document], { pinyin: false }))
    opened.verify()
    const { total } = opened.search(query, { limit: 5 })
    if (total !== hits) throw new Error(`found ${total}, not ${hits}`)
  }
  const took = run(`large document: ${name}`, search, Number.POSITIVE_INFINITY)
  console.log(`  ${name}: ${took.toFixed(0)} ms`)
}
for (const fault of faults.slice(0, 10)) console.log(`\nFAULT ${fault}`)
console.log(`${faults.length} faults (seed ${seed})`)
process.exitCode = faults.length === 0 ? 0 : 1
