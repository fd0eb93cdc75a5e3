import { describe, expect, it } from 'vitest'
import { questionUnits } from './question-words.js'

const shown = (run: string) => {
  const asks = questionUnits(run)
  return [...run]
    .map((unit, i) => (asks[i] === 1 ? `(${unit})` : unit))
    .join('')
    .replaceAll(')(', '')
}

describe('question words', () => {
  it.each([
    ['出庭应诉率是多少', '出庭应诉率是(多少)'],
    ['什么时候公布', '(什么时候)公布'],
    ['如何建设法治政府', '(如何)建设法治政府'],
    ['建设法治政府', '建设法治政府'],
  ])('in %s', (run, expected) => {
    expect(shown(run)).toBe(expected)
  })
})
