/**
 * Opens one index in a fresh process and prints the milliseconds until its first ten hits are read, as JSON.
 * Started by bench/scale.ts: index file, query.
 */
import { readFileSync } from 'node:fs'
import { openIndex } from '@wenxun/core'
import { readHits } from '../engines/wenxun.js'

export interface OpenCost {
  readonly readMs: number
  readonly openMs: number
  readonly firstHitMs: number
}

const [file, query] = process.argv.slice(2)
const start = performance.now()
const bytes = readFileSync(file!)
const read = performance.now()
const index = openIndex(bytes)
const opened = performance.now()
readHits(index.search(query!))
const done = performance.now()
const cost: OpenCost = {
  readMs: read - start,
  openMs: opened - read,
  firstHitMs: done - start,
}
console.log(JSON.stringify(cost))
