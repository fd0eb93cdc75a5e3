import { describe, expect, it } from 'vitest'
import { drawBooleanQuery } from '../../../../test/support/boolean-queries.js'
import { drawCorpus, drawQuery, SHAPES } from '../../../../test/support/corpora.js'
import { build, open } from '../../../../test/support/notation.js'
import { Random } from '../../../../test/support/random.js'
import { explain, type ScoreNode, whyNot } from '../explain.js'
import { openIndex } from '../open-index.js'
import { SCALE } from '../ranking/bm25.js'

describe('an explanation', () => {
  it.each(SHAPES)('adds up to the score of every hit, to the last unit ($name)', (shape) => {
    let explained = 0
    let unlooked = 0
    for (let seed = 1; seed <= 2; seed++) {
      const random = new Random(seed)
      const index = openIndex(build(drawCorpus(random, shape)))
      for (let i = 0; i < 30; i++) {
        const query =
          i % 3 === 0 ? drawBooleanQuery(random, shape) : drawQuery(random, shape, i % 3 === 1)
        const options = { limit: 60, ...(i % 5 === 0 && { group: 'document' as const }) }
        const { hits } = index.search(query, options)
        const explanations = explain(index, query, options)
        const context = `seed ${seed}, ${JSON.stringify(query)}`
        expect(
          explanations.map(({ rank, score }) => [rank, score]),
          context,
        ).toEqual(hits.map(({ rank, score }) => [rank, score]))
        for (const { tree, score, secondLook } of explanations) {
          expect(tree.units, context).toBe(score * SCALE)
          checkSums(tree, context)
          explained++
          if (!secondLook) unlooked++
        }
      }
    }
    expect(explained).toBeGreaterThan(100)
    // Without these, the list scores alone were never shown.
    if (shape.name.includes('short')) expect(unlooked).toBeGreaterThan(0)
  })

  it('names terms, the title, the headings and where the query stands', () => {
    const index = open('a 《年度报告》: 总则 § 前面的话，行政复议案件\nb: 别的一段')
    const [hit] = explain(index, '行政复议 报告')
    expect(hit).toMatchObject({ document: 'a', paragraph: 0, secondLook: true })
    const kinds = hit!.tree.parts!.map(({ kind }) => kind)
    expect(kinds).toEqual(['text', 'title', 'characters'])
    const terms = hit!.tree.parts![0]!.parts!.map(({ label }) => label)
    expect(terms.sort()).toEqual(['复议', '政复', '行政'])
    expect(hit!.tree.parts![0]!.parts![0]!.factors).toMatchObject({ tf: 1, rows: 1, weight: 0.7 })
    const [whole] = explain(index, '行政复议')
    expect(whole!.group).toBe('contains the query')
    expect(whole!.tree.parts!.at(-1)).toMatchObject({ kind: 'start', offset: 5 })
  })
})

describe('why a document is not among the hits', () => {
  const index = open(`
    a city=洛阳 level=3: 法治政府建设 | 行政复议
    b city=郑州 level=4: 法治政府 | 行政诉讼
    c city=洛阳 level=5: 信访工作
  `)
  const failed = (query: string, id: string, options = {}) =>
    whyNot(index, query, id, options)
      .checks.filter(({ passed }) => !passed)
      .map(({ kind, subject }) => `${kind} ${subject}`)

  it.each([
    ['法治', 'd', 'document d'],
    ['法治 city:洛阳', 'b', 'field city:洛阳'],
    ['法治 level:>=5', 'b', 'field level:>=5'],
    ['法治 -level:4..5', 'b', 'field -level:4..5'],
    ['+复议 法治', 'b', 'required +复议, words 复议, term 复议'],
    ['"行政复议" OR 信访', 'b', 'required +(行政复议 OR 信访), words 行政复议 | 信访'],
  ])('%s does not find %s: %s', (query, id, expected) => {
    const checks = failed(query, id)
    for (const check of expected.split(', ')) expect(checks).toContain(check)
    expect(whyNot(index, query, id).found).toBe(false)
  })

  it('tells of the paragraphs that an exclusion takes', () => {
    const explanation = whyNot(index, '行政 -复议', 'a')
    expect(explanation.found).toBe(false)
    expect(explanation.checks.find(({ kind }) => kind === 'excluded')).toMatchObject({
      subject: '-复议',
      paragraphs: [1],
    })
  })

  it('gives the rank of a document that is found, and says when that is too far down', () => {
    expect(whyNot(index, '法治政府', 'b')).toMatchObject({ found: true, rank: 1 })
    expect(failed('法治政府', 'a', { limit: 1 })).toEqual(['rank first 1 hits'])
  })

  it('shows the folded form of what was typed, and terms that occur nowhere', () => {
    const { checks } = whyNot(index, '訴訟 枫桥', 'b')
    expect(checks.find(({ subject }) => subject === '訴訟')?.detail).toContain('folded to 诉讼')
    expect(checks.find(({ subject }) => subject === '枫桥')).toMatchObject({ passed: false })
  })
})

/** Every node is the sum of its parts, and nothing is left unexplained. */
function checkSums({ kind, units, parts }: ScoreNode, context: string): void {
  expect(kind, context).not.toBe('unexplained')
  if (parts === undefined) return
  expect(
    parts.reduce((sum, part) => sum + part.units, 0),
    context,
  ).toBe(units)
  for (const part of parts) checkSums(part, context)
}
