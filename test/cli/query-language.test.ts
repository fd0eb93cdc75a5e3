/** The query language, groups and explanations, as a user of the command line meets them. */
import { describe, expect, it } from 'vitest'
import { search, useSeedIndex, wenxun } from './wenxun.js'

const index = useSeedIndex()

describe('a query with operators', () => {
  it.each([
    ['"智慧法院" OR "府院联动"', '＂智慧法院＂ ｜ “府院联动”'],
    ['+行政复议 -诉讼', '－诉讼 ＋行政复议'],
    ['year:2022..2024 +信访', '+信访 year:>=2022 year:<=2024'],
  ])('%s is the same as %s', (query, other) => {
    const found = search(index.path, query, '-n', '100')
    expect(found.hits.length).toBeGreaterThan(0)
    expect(search(index.path, other, '-n', '100').hits).toEqual(found.hits)
    expect(found).toMatchObject({ total: found.hits.length, total_is_exact: true })
  })

  it('of a field alone lists its documents, newest first when asked', () => {
    const { hits } = search(index.path, 'date:2023..2025', '-n', '1000', '--sort', 'date:desc')
    const dates = hits.map(({ document }) => document.date ?? '')
    expect(new Set(dates).size).toBeGreaterThan(1)
    expect(dates).toEqual([...dates].sort().reverse())
    expect(
      search(index.path, '年度', '-n', '1000', '--filter', 'date=2023..2025').hits.length,
    ).toBeGreaterThan(0)
  })
})

describe('--group document', () => {
  it('prints each title once, with its best paragraphs', () => {
    const args = ['search', index.path, '行政复议', '--group', 'document', '--group-size', '2']
    const { stdout, stderr } = wenxun([...args, '-n', '3'])
    const ranks = stdout.split('\n').flatMap((line) => /^(\d) {2}\S/.exec(line)?.[1] ?? [])
    expect(ranks).toEqual(['1', '2', '3'])
    expect(stderr).toMatch(/documents 1-3 of those with \d+ paragraphs/)
    const { hits } = search(index.path, '行政复议', ...args.slice(3), '-n', '3')
    expect(hits.length).toBeLessThanOrEqual(6)
    expect(new Set(hits.map(({ document }) => document.id)).size).toBe(3)
  })
})

describe('--explain', () => {
  it('shows under every hit what adds up to its score', () => {
    const { stdout } = wenxun(['search', index.path, '行政复议', '-n', '1', '--explain'])
    expect(stdout).toMatch(/group 1 contains the query/)
    expect(stdout).toMatch(/^ +\d+\.\d{4} +复议 +0\.700 × \d\.\d{3} × \d\.\d{3} {2}tf \d+, in \d+/m)
    expect(stdout).not.toContain('\u001B')
  })

  it('gives the same as numbers that add up', () => {
    const { hits } = search(index.path, '行政复议', '-n', '2', '--explain')
    for (const hit of hits) {
      const { tree } = (hit as unknown as { explain: { tree: Tree } }).explain
      expect(sum(tree)).toBe(Math.round(hit.score * 65_536))
    }
  })

  it('says why a document is missing, with exit code 1, and where it is, with 0', () => {
    const id = search(index.path, '漯河').hits[0]!.document.id
    const args = ['search', index.path, '--explain-document', id, '--']
    const missing = wenxun([...args, '+法治 city:洛阳市'])
    expect(missing.code).toBe(1)
    expect(missing.stdout).toMatch(/is not found\n/)
    expect(missing.stdout).toMatch(/✗ +filter +city:洛阳市 +the document has 漯河市/)
    const there = wenxun([...args, '法治政府'])
    expect(there.code).toBe(0)
    expect(there.stdout).toMatch(/is number \d+\n/)
    const json = wenxun(['search', index.path, '--json', '--explain-document', 'x', '--', '法治'])
    expect(JSON.parse(json.stdout)).toMatchObject({ found: false, checks: [{ kind: 'document' }] })
  })
})

it('--max-work stops early and says so', () => {
  const { stdout, stderr } = wenxun(['search', index.path, '行政复议', '--max-work', '1', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ truncated: true, total_is_exact: false })
  expect(stderr).toBe('')
})

interface Tree {
  readonly units: number
  readonly parts?: readonly Tree[]
}

const sum = ({ units, parts }: Tree): number =>
  parts === undefined ? units : parts.reduce((total, part) => total + sum(part), 0)
