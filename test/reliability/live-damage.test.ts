/** Damage to the files of a live index: an error with a code, or the right answers. */

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IndexError } from '@wenxun/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLiveIndex, openLiveSnapshot, verifyLiveIndex } from '../../packages/node/src/index.js'
import { analyzer, documentsOf } from '../support/notation.js'
import { Random } from '../support/random.js'

const SEED = 20_261_122
const TRIALS = 150
const folder = mkdtempSync(join(tmpdir(), 'wenxun-live-damage-'))
const sound = join(folder, 'sound')
const damaged = join(folder, 'damaged')
let expected = ''

beforeAll(async () => {
  const live = await openLiveIndex(sound, { analyzer, backgroundMerge: false })
  live.upsert(documentsOf('a 《年度报告》: 法治政府建设\nb: 行政复议 | 热线\nc city=洛阳: 法治'))
  await live.commit()
  live.upsert(documentsOf('d: 政府信息公开\nb: 热线工作'))
  live.delete('c')
  await live.commit()
  await live.close()
  expected = answersOf(sound)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function answersOf(directory: string): string {
  const { index } = openLiveSnapshot(directory)
  const found = ['法治', '热线', '政府', '"信息公开"'].map((query) => {
    return index.search(query).hits.map(({ document, text, highlights, score }) => {
      return [document, text, highlights, score]
    })
  })
  return JSON.stringify(found)
}

/** What a damaged directory gives: the code of an error, or `right`. */
function outcome(read: () => string | undefined): string {
  try {
    const found = read()
    return found === undefined || found === expected ? 'right' : 'wrong'
  } catch (error) {
    if (error instanceof IndexError) return error.code
    throw error
  }
}

function damage(bytes: Buffer, random: Random): Buffer | null {
  const kind = random.pick(['flip', 'flip', 'flip', 'cut', 'zeros', 'gone', 'double'])
  if (kind === 'gone') return null
  if (kind === 'cut') return bytes.subarray(0, random.int(0, bytes.length))
  if (kind === 'double') return Buffer.concat([bytes, bytes])
  const copy = Buffer.from(bytes)
  const at = random.int(0, copy.length)
  if (kind === 'zeros') copy.fill(0, at, Math.min(copy.length, at + random.int(1, 100)))
  else copy[at]! ^= 1 << random.int(0, 8)
  return copy
}

it(`${TRIALS} damaged directories end in a typed error or the right answers`, () => {
  const names = readdirSync(sound).filter((name) => !name.startsWith('writer.lock'))
  expect(names.some((name) => name.endsWith('.gone'))).toBe(true)
  const outcomes = new Map<string, number>()
  for (let trial = 0; trial < TRIALS; trial++) {
    const random = new Random(SEED + trial)
    rmSync(damaged, { recursive: true, force: true })
    cpSync(sound, damaged, { recursive: true })
    const name = random.pick(names)
    const bytes = damage(readFileSync(join(sound, name)), random)
    if (bytes === null) rmSync(join(damaged, name))
    else writeFileSync(join(damaged, name), bytes)
    const where = `${name}, trial ${trial} of seed ${SEED}`
    const found = outcome(() => answersOf(damaged))
    expect(found, where).not.toBe('wrong')
    const checked = outcome(() => {
      verifyLiveIndex(damaged)
      return undefined
    })
    // Padding, and parts that no one reads, may change without notice.
    if (found !== 'right') expect(checked, where).not.toBe('right')
    outcomes.set(found, (outcomes.get(found) ?? 0) + 1)
  }
  expect(outcomes.get('CORRUPT')).toBeGreaterThan(TRIALS / 4)
})
