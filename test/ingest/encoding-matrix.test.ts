/**
 * Every encoding is found in every excerpt: the five reports, and laws where the shared data is
 * there, from 200 bytes up, cut anywhere.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { detectEncoding } from '@wenxun/ingest'
import { Converter } from 'opencc-js'
import { describe, expect, it } from 'vitest'
import { encodeAs, encodings } from '../../packages/ingest/fixtures/encode.js'
import { Random } from '../support/random.js'

const seeds = new URL('../../seeds/', import.meta.url)
const laws = new URL('../../../shared/data/laws/laws-0.jsonl.gz', import.meta.url)
const toTraditional = Converter({ from: 'cn', to: 'hk' })
const sizes = [200, 300, 500, 1000, 3000, 10_000, 100_000]

interface Sample {
  readonly name: string
  readonly text: string
}

const reports: Sample[] = readdirSync(seeds)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({ name, text: readFileSync(new URL(name, seeds), 'utf8') }))

function lawSamples(): Sample[] {
  if (!existsSync(laws)) return []
  const lines = gunzipSync(readFileSync(laws)).toString('utf8').trim().split('\n')
  return lines
    .filter((_, i) => i % 60 === 0)
    .map((line) => {
      const { id, paragraphs } = JSON.parse(line) as { id: string; paragraphs: { text: string }[] }
      return { name: String(id), text: paragraphs.map(({ text }) => text).join('\n') }
    })
}

/** An excerpt whose bytes are about `size`, from a place that the seed chooses; whole characters. */
function excerpt(text: string, size: number, bytesPerCharacter: number, at: number): string {
  const length = Math.ceil(size / bytesPerCharacter)
  const start = Math.floor(at * Math.max(0, text.length - length))
  return text.slice(start, start + length)
}

function wrongOf(samples: readonly Sample[]): { cases: number; wrong: string[] } {
  const random = new Random(2024)
  const wrong: string[] = []
  let cases = 0
  for (const { name, text } of samples) {
    for (const encoding of encodings) {
      for (const size of sizes) {
        const piece = excerpt(text, size, encoding.bytesPerCharacter, random.next())
        const bytes = encodeAs(encoding.traditional ? toTraditional(piece) : piece, encoding)
        if (bytes.length < 200) continue
        cases++
        const found = detectEncoding(bytes).encoding
        if (found !== encoding.found) wrong.push(`${name} ${encoding.name} ${size}: ${found}`)
      }
    }
  }
  return { cases, wrong }
}

describe('detection', () => {
  it('is right for every excerpt of the reports', () => {
    const { cases, wrong } = wrongOf(reports)
    expect(wrong).toEqual([])
    expect(cases).toBeGreaterThan(150)
  })

  const shared = lawSamples()
  it.skipIf(shared.length === 0)('is right for every excerpt of laws (shared data)', () => {
    const { cases, wrong } = wrongOf(shared)
    expect(wrong).toEqual([])
    expect(cases).toBeGreaterThan(500)
  })
})
