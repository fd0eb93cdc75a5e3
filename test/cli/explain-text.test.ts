import { expect, it } from 'vitest'
import { wenxun } from './wenxun.js'

it('shows each token with its original slice, its term and why it was folded', () => {
  const { code, stdout, stderr } = wenxun(['explain-text', '楓橋經驗，第一百二十条'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const rows = stdout.split('\n').map((row) => row.trim().split(/ {2,}/))
  expect(rows).toContainEqual(['0-2', '楓橋', '枫桥', '词 word', 'Han variant'])
  expect(rows).toContainEqual(['4-5', '，'])
  expect(rows).toContainEqual(['6-10', '一百二十', '120', '值 value'])
  expect(rows).toContainEqual(['Han variant', '楓→枫 橋→桥 經→经 驗→验'])
  expect(rows).toContainEqual(['pairs', '枫桥 桥经 经验 第一 一百 百二 二十 十条'])
})

it('prints one JSON object', () => {
  const { code, stdout } = wenxun(['explain-text', '--json', '楓Ａ'])
  expect(code).toBe(0)
  expect(stdout.indexOf('\n')).toBe(stdout.length - 1)
  expect(JSON.parse(stdout)).toMatchObject({
    text: '楓Ａ',
    folded: '枫a',
    analyzer: { name: 'chinese/dictionary', fingerprint: expect.any(String) },
    folds: [
      { start: 0, end: 1, from: '楓', to: '枫', reasons: ['variant'] },
      { start: 1, end: 2, from: 'Ａ', to: 'a', reasons: ['width', 'case'] },
    ],
    tokens: [
      { term: '枫', start: 0, end: 1, kind: 'word' },
      { term: 'a', start: 1, end: 2, kind: 'whole' },
    ],
    characters: ['枫'],
    bigrams: [],
  })
})

it('takes several words as one text', () => {
  expect(JSON.parse(wenxun(['explain-text', '--json', '法治', '政府']).stdout).text).toBe(
    '法治 政府',
  )
})

it('exits with 1 when a text has nothing to search for, and with 2 without a text', () => {
  const nothing = wenxun(['explain-text', '。、'])
  expect(nothing.code).toBe(1)
  expect(nothing.stderr).toBe('Nothing of this text can be searched.\n')
  expect(wenxun(['explain-text', ' ']).code).toBe(2)
  expect(wenxun(['explain-text']).code).toBe(2)
})

it('writes no colour into a pipe and no control character of the text anywhere', () => {
  const { stdout } = wenxun(['explain-text', '法\u001b[31m治\u202e'])
  expect(stdout).not.toContain('\u001b')
  expect(stdout).not.toContain('\u202e')
})
