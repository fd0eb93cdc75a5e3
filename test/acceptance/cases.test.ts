/**
 * Search facts from other engines' tests and bug reports, kept outside of this repository:
 * relevance/cases-*.jsonl in WENXUN_DATA, or in ../shared/data. What a case calls `must` has to
 * hold; what is good to have (`should`) or a matter of taste (`choice`) is counted and listed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hit } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import { dataFolder } from '../../bench/folders.js'
import { open } from '../support/notation.js'

type Spans = readonly (readonly [number, number])[]

interface Case {
  readonly id: string
  readonly area: string
  readonly strength: 'must' | 'should' | 'choice'
  readonly docs: readonly { readonly id: string; readonly text: string }[]
  readonly query?: string
  readonly queries?: readonly string[]
  /** `pinyin` asks for the default as well: a Latin query is tried as pinyin without being told. */
  readonly mode: 'default' | 'pinyin' | 'any-term' | 'whole-token'
  readonly expect: {
    readonly found?: readonly string[]
    /** Whether nothing but `found` may be found. */
    readonly exact?: boolean
    readonly not_found?: readonly string[]
    readonly highlight?: Readonly<Record<string, Spans>>
  }
}

const folder = join(dataFolder(), 'relevance')
const cases = readCases()
const musts = cases.filter(({ strength }) => strength === 'must')
const others = cases.filter(({ strength }) => strength !== 'must')

if (cases.length === 0) console.log(`SKIPPED: no cases-*.jsonl in ${folder}`)

describe.skipIf(cases.length === 0)('search facts', () => {
  const named = musts.map((fact) => [`${fact.id} ${fact.area}`, fact] as const)
  it.each(named)('%s', (_, fact) => {
    expect(faultsOf(fact)).toEqual([])
  })

  it('that are not required can be asked for, and are listed', () => {
    const faults = others.map((fact) => ({ ...fact, found: faultsOf(fact) }))
    for (const strength of ['should', 'choice']) {
      const asked = faults.filter((fact) => fact.strength === strength)
      const failing = asked.filter(({ found }) => found.length > 0)
      console.log(`${strength}: ${asked.length - failing.length} of ${asked.length} hold`)
      for (const { id, found } of failing) console.log(`  ${id}: ${found.join('; ')}`)
    }
    expect(faults.length).toBe(cases.length - musts.length)
    expect(musts.length).toBeGreaterThan(0)
  })
})

function readCases(): Case[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((name) => /^cases-.*\.jsonl$/.test(name))
  const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Case)
}

/** What of a case does not hold, one sentence each. */
function faultsOf({ docs, query, queries = [], expect: wanted }: Case): string[] {
  const index = open(docs.map(({ id, text }) => ({ id, paragraphs: [{ text }] })))
  const asked = query === undefined ? queries : [query]
  return asked.flatMap((text) => {
    const { hits } = index.search(text, { limit: docs.length })
    return [...idFaults(hits, wanted), ...markFaults(hits, wanted)].map(
      (fault) => `${JSON.stringify(text)}: ${fault}`,
    )
  })
}

function idFaults(hits: readonly Hit[], wanted: Case['expect']): string[] {
  const found = hits.map(({ document }) => document.id)
  const { found: must = [], not_found: mustNot = [], exact = false } = wanted
  const unwanted = (id: string) => mustNot.includes(id) || (exact && !must.includes(id))
  return [
    ...must.filter((id) => !found.includes(id)).map((id) => `${id} is not found`),
    ...found.filter(unwanted).map((id) => `${id} is found`),
  ]
}

function markFaults(hits: readonly Hit[], { highlight = {} }: Case['expect']): string[] {
  return Object.entries(highlight).flatMap(([id, spans]) => {
    const hit = hits.find(({ document }) => document.id === id)
    const marked = JSON.stringify(merged(hit?.highlights ?? []))
    const expected = JSON.stringify(merged(spans))
    return marked === expected ? [] : [`${id} is marked ${marked}, expected ${expected}`]
  })
}

/** Spans that touch are one. */
function merged(spans: Spans): [number, number][] {
  const result: [number, number][] = []
  for (const [start, end] of spans) {
    const last = result.at(-1)
    if (last?.[1] === start) last[1] = end
    else result.push([start, end])
  }
  return result
}
