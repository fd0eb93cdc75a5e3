import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { useFolder, useSeedIndex, wenxun } from './wenxun.js'

const index = useSeedIndex()
const inFolder = useFolder()

it.each(['', ' ', '\u3000\t'])('says that the query %j is empty', (query) => {
  const { code, stdout, stderr } = wenxun(['search', index.path, query])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('The query is empty.')
})

it.each(['"', '""', '+', '-', '*', 'OR', '+ - OR "', ':', '..', '()', '、', '。？！', '\\'])(
  'takes the operators %j as they are, without a crash',
  (query) => {
    const { code, stderr } = wenxun(['search', index.path, '--', query])
    expect([0, 1]).toContain(code)
    expect(stderr).toMatch(/found|paragraph/)
  },
)

it.each([
  ['one character 30,000 times', '法'.repeat(30_000)],
  ['a sentence 2,000 times', '全面推进依法行政，'.repeat(2_000)],
  ['100 kB of Latin', 'abcdefghi '.repeat(10_000)],
  ['100 kB of quotes', '"'.repeat(100_000)],
])('answers 100 kB of query: %s', (_, query) => {
  expect([0, 1]).toContain(wenxun(['search', index.path, '--json', '--', query]).code)
})

it.each([
  ['control characters', '法\u0001\u0007治\u001B[31m'],
  ['emoji', '👩‍👩‍👧 🇨🇳 法治'],
  ['an astral character', '𠮷𪚥法治'],
  ['direction marks', '\u202E法治\u2066'],
  ['a combining mark alone', '\u0301'],
])('answers %s and writes nothing of them raw to a terminal', (_, query) => {
  const { code, stdout, stderr } = wenxun(['search', index.path, '--', query])
  expect([0, 1]).toContain(code)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/)
})

it('answers lone surrogates, which only a file can bring in', () => {
  const queries = inFolder('odd.jsonl')
  const texts = ['\\ud800', '法\\udc00治', '', '\\u0000']
  writeFileSync(queries, texts.map((text, i) => `{"id":"q${i}","text":"${text}"}\n`).join(''))
  const { code, stdout } = wenxun(['search', index.path, '--queries', queries, '--trec'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^q1 Q0 /m)
})

it('explains how to search for words that begin with a dash', () => {
  const { code, stderr } = wenxun(['search', index.path, '-法治'])
  expect(code).toBe(2)
  expect(stderr).toContain('--')
})
