import { describe, expect, it } from 'vitest'
import { formatOf } from './format.js'

describe('format', () => {
  it.each([
    ['html', 'a.txt', '<!DOCTYPE html><p>文'],
    ['html', 'a', '  <!-- x --><HTML lang="zh"><body>文'],
    ['jsonl', 'a.txt', '{"id":1,"text":"一"}\n{"id":2,"text":"二"}\n'],
    ['jsonl', 'a.jsonl', '{"id":1,"text":"一"}'],
    ['json', 'a.txt', '{"id":1,\n"text":"一"}'],
    ['json', 'a', '[{"id":1}]'],
    ['text', 'a.txt', '[1] 脚注\n{花括号}'],
    ['markdown', 'a.md', '<p align="center">图</p>\n\n# 题'],
    ['markdown', 'a', '---\ntitle: 题\n---\n# 题\n'],
    ['text', 'a.txt', '# 一行注释\n文'],
    ['text', 'a.log', '文'],
    ['jsonl', 'a.jsonl.gz', '{"id":1,"text":"'],
    ['json', 'a.json', '{ "broken": '],
  ] as const)('is %s for %s with %j', (expected, path, text) => {
    expect(formatOf(text, path, true)).toBe(expected)
  })
})
