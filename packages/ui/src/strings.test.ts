import { expect, it } from 'vitest'
import { STRINGS } from './all-strings.js'
import { localeOf } from './strings.js'

it.each([
  ['zh', 'zh-CN'],
  ['zh-CN', 'zh-CN'],
  ['zh-SG', 'zh-CN'],
  ['zh-Hans-HK', 'zh-CN'],
  ['zh-TW', 'zh-TW'],
  ['zh-hk', 'zh-TW'],
  ['zh-Hant', 'zh-TW'],
  ['zh-Hant-CN', 'zh-TW'],
  ['en-GB', 'en'],
  ['zha', 'en'],
  ['', 'en'],
])('%j reads %s', (language, locale) => {
  expect(localeOf(language)).toBe(locale)
})

it('counts in every language', () => {
  const counted = Object.values(STRINGS).map(({ found }) => [
    found('1', true),
    found('1,234', true),
    found('1,000', false),
  ])
  expect(counted).toEqual([
    ['找到 1 段', '找到 1,234 段', '找到 1,000 段以上'],
    ['找到 1 段', '找到 1,234 段', '找到 1,000 段以上'],
    ['1 passage', '1,234 passages', 'At least 1,000 passages'],
  ])
})
