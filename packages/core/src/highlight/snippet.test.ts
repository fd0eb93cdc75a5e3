import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MarkedSpan, makeSnippet } from './snippet.js'

/** Marks the terms wherever they stand. */
function spansOf(text: string, ...terms: string[]): MarkedSpan[] {
  return terms
    .flatMap((term) => [...text.matchAll(new RegExp(term, 'g'))])
    .map(({ index, 0: term }) => ({ start: index, end: index + term.length, term, weight: 1 }))
    .sort((a, b) => a.start - b.start)
}

function snippet(text: string, length: number, ...terms: string[]): string {
  const spans = spansOf(text, ...terms)
  const highlights = spans.map(({ start, end }): [number, number] => [start, end])
  return makeSnippet(text, spans, highlights, length)
    .parts.map(({ text: part, hit }) => (hit ? `[${part}]` : part))
    .join('')
}

const filler = '本市持续推进各项工作，取得了新的进展。'.repeat(8)

describe('a snippet', () => {
  it('is the whole text when that is short enough', () => {
    expect(snippet('建设法治政府。', 20, '法治')).toBe('建设[法治]政府。')
  })

  it('shows the place that says most of the query', () => {
    const text = `${filler}法治是基础。${filler}法治政府建设行政复议都有。${filler}`
    expect(snippet(text, 40, '法治', '政府', '复议')).toContain('[法治][政府]建设行政[复议]都有')
  })

  it('starts and ends at punctuation where there is some', () => {
    const text = `${filler}行政复议工作稳步推进，成效明显。${filler}`
    expect(snippet(text, 40, '复议')).toMatch(/^(本市|取得|行政).*[。，]$/)
  })

  it('keeps Latin words whole', () => {
    const text = `${'internationalization '.repeat(9)}法治 ${'internationalization '.repeat(9)}`
    for (const word of snippet(text, 50, '法治').split(/[^a-z]+/)) {
      expect(['', 'internationalization']).toContain(word)
    }
  })

  it('starts at the beginning when nothing is marked', () => {
    expect(snippet(filler, 20)).toBe('本市持续推进各项工作，取得了新的进展。')
  })

  it('splits no surrogate pair, no marked letter, no variation sequence, no joined emoji', () => {
    for (const cluster of ['𠮷', 'é', '葛\u{e0100}', '👩‍⚕️', '👍🏽']) {
      const text = cluster.repeat(60)
      const whole = new RegExp(`^(?:${cluster})*$`, 'u')
      for (let length = 1; length < 40; length++) {
        for (const at of [0, cluster.length * 20, cluster.length * 41]) {
          const span = { start: at, end: at + cluster.length, term: cluster, weight: 1 }
          const { parts } = makeSnippet(text, [span], [[span.start, span.end]], length)
          expect(parts.map((part) => part.text).join(''), `${cluster} ${length}`).toMatch(whole)
        }
      }
    }
  })

  it('is a slice of the text with the highlights in their places', () => {
    const texts = fc
      .array(fc.constantFrom('法治', '，', '。', ' ', 'word', '政府建设', '𠮷', '2024'), {
        maxLength: 60,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 80 }), (text, length) => {
        const spans = spansOf(text, '法治', '𠮷', 'word')
        const highlights = merged(spans)
        const { parts, start } = makeSnippet(text, spans, highlights, length)
        expect(parts.every((part) => part.text !== '')).toBe(true)
        let at = start
        for (const { text: part, hit } of parts) {
          expect(text.slice(at, at + part.length)).toBe(part)
          for (let i = at; i < at + part.length; i++) {
            expect(highlights.some(([from, to]) => i >= from && i < to)).toBe(hit)
          }
          at += part.length
        }
        if (highlights.length > 0) expect(parts.some(({ hit }) => hit)).toBe(true)
      }),
    )
  })
})

function merged(spans: readonly MarkedSpan[]): [number, number][] {
  const found: [number, number][] = []
  for (const { start, end } of spans) {
    const last = found.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = end
    else found.push([start, end])
  }
  return found
}
