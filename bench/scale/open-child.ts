/**
 * Opens one index in a fresh process and prints the milliseconds until its first ten hits are read,
 * as JSON. Started by bench/scale.ts: index file, query, and how: `bytes` reads the whole file and
 * opens it with @wenxun/core, `file` leaves it where it is, with @wenxun/node.
 */
import { readFileSync } from 'node:fs'
import { openIndex } from '@wenxun/core'
import { openIndexFile } from '@wenxun/node'
import { readHits } from '../engines/wenxun.js'

export type OpenHow = 'bytes' | 'file'

export interface OpenCost {
  readonly readMs: number
  readonly openMs: number
  readonly firstHitMs: number
}

const [path, query, how] = process.argv.slice(2) as [string, string, OpenHow]
const start = performance.now()
const bytes = how === 'bytes' ? readFileSync(path) : null
const read = performance.now()
const index = bytes === null ? openIndexFile(path) : openIndex(bytes)
const opened = performance.now()
readHits(index.search(query))
const done = performance.now()
const cost: OpenCost = {
  readMs: read - start,
  openMs: opened - read,
  firstHitMs: done - start,
}
console.log(JSON.stringify(cost))
