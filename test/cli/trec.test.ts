import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { search, useFolder, useSeedIndex, wenxun } from './wenxun.js'

const index = useSeedIndex()
const inFolder = useFolder()

function queryFile(name: string, lines: readonly unknown[]): string {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  writeFileSync(inFolder(name), `${text.join('\n')}\n`)
  return inFolder(name)
}

it('prints a run: each document once, by its best paragraph, in the order of the search', () => {
  const queries = queryFile('two.jsonl', [
    { id: 'q1', text: '法治政府建设' },
    { id: 2, text: '枫桥经验' },
  ])
  const { code, stdout } = wenxun(['search', index.path, '--queries', queries, '-n', '3', '--trec'])
  expect(code).toBe(0)
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '))
  for (const line of lines) expect(line).toHaveLength(6)

  const first = lines.filter(([id]) => id === 'q1')
  const documents = search(index.path, '法治政府建设', '-n', '1000').hits.map(
    (hit) => hit.document.id,
  )
  expect(first.map(([, , document]) => document)).toEqual([...new Set(documents)].slice(0, 3))
  expect(first.map(([, , , rank]) => rank)).toEqual(['1', '2', '3'])
  const scores = first.map(([, , , , score]) => Number(score))
  expect(scores).toEqual([...scores].sort((a, b) => b - a))

  expect(lines.find(([id]) => id === '2')?.[2]).toBe('004_fc9550a1f6ecbf75.txt')
})

it('exits with 1 when no query finds anything', () => {
  const queries = queryFile('none.jsonl', [{ id: 'q1', text: '验证码' }])
  const run = wenxun(['search', index.path, '--queries', queries, '--trec'])
  expect(run).toMatchObject({ code: 1, stdout: '' })
})

it.each([
  ['not json', ':1: not valid JSON'],
  [{ text: '法治' }, ':1: "id" must be'],
  [{ id: 'q1' }, ':1: "text" must be'],
  ['[1]', ':1: "id" must be'],
  ['null', ':1: expected {"id", "text"}'],
])('names file and line of the faulty query %j', (line, message) => {
  const queries = queryFile('faulty.jsonl', [line])
  const { code, stderr } = wenxun(['search', index.path, '--queries', queries, '--trec'])
  expect(code).toBe(2)
  expect(stderr).toContain(`${queries}${message}`)
})

it('wants --queries and --trec together, and no query beside them', () => {
  const queries = queryFile('one.jsonl', [{ id: 'q1', text: '法治' }])
  expect(wenxun(['search', index.path, '--queries', queries]).code).toBe(2)
  expect(wenxun(['search', index.path, '法治', '--trec']).code).toBe(2)
  expect(wenxun(['search', index.path, '法治', '--queries', queries, '--trec']).code).toBe(2)
})

it.each([
  ['--group', 'document'],
  ['--group-size', '2'],
])('has each document once by itself, and says so of %s', (...flags) => {
  const queries = queryFile('grouped.jsonl', [{ id: 'q1', text: '法治' }])
  const args = ['search', index.path, '--queries', queries, '--trec']
  const { code, stdout, stderr } = wenxun([...args, ...flags])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/--trec does not go together with --group/)
  expect(wenxun(args).code).toBe(0)
})
