/** A seeded sample of `npm run test:crash`. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { Random } from '../support/random.js'
import { crashCampaign } from './crash/campaign.js'
import { ChangingFolder, MARK } from './crash/changing-folder.js'
import { allScenarios } from './crash/scenarios.js'

const SEED = 20_261_122
const KILLS = 2
const LONGEST = 300_000
const folder = mkdtempSync(join(tmpdir(), 'wenxun-crash-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it(
  'an index is whole, the old one or the new one, wherever the process was killed',
  async () => {
    for (const [i, scenario] of (await allScenarios(join(folder, 'given'))).entries()) {
      const own = join(folder, String(i))
      mkdirSync(own)
      const tally = await crashCampaign(scenario, own, KILLS, new Random(SEED + i))
      expect(tally.faults).toEqual([])
      expect(tally.kills, scenario.name).toBeGreaterThan(0)
    }
  },
  LONGEST,
)

it('an index that lost a file, holds a part of one or goes back in time is told', () => {
  const texts = new ChangingFolder(join(folder, 'texts'))
  const versionOf = (name: string) =>
    Number(readFileSync(join(texts.path, name), 'utf8').split(MARK)[1]!.match(/^\d+/)![0])
  const names = Array.from({ length: 12 }, (_, i) => `f${i}.${i % 2 === 0 ? 'txt' : 'jsonl'}`)
  const held = () => new Map(names.map((name) => [name, Array<number>(6).fill(versionOf(name))]))
  const first = held()
  expect(texts.check(new Map())).toBe(false)
  expect(texts.check(first)).toBe(true)
  const random = new Random(SEED)
  while (versionOf('f0.txt') === first.get('f0.txt')![0]) texts.change(random)
  expect(texts.check(first)).toBe(false)
  const [, ...others] = first
  expect(() => texts.check(new Map(others))).toThrow('f0.txt: 1 is lost')
  expect(() => texts.check(new Map([...first, ['f0.txt', [1, 1, 1]]]))).toThrow('in part')
  expect(() => texts.check(new Map([...first, ['f0.txt', Array(6).fill(999)]]))).toThrow('never')
  const second = new Map([...first, ['f0.txt', held().get('f0.txt')!]])
  expect(texts.check(second)).toBe(false)
  expect(() => texts.check(first)).toThrow('was committed, 1 is there')
})
