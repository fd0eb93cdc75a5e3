/**
 * The examples of packages/tokenizer/README.md, run as they stand on the built packages. Only what
 * an example takes for granted (an import, a database) is put before it; of what it asks an engine
 * for, the number of hits is printed.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadJieba } from '../../bench/folded-jieba.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const readme = readFileSync(join(root, 'packages/tokenizer/README.md'), 'utf8')
const blocks = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = '']) => code)

interface Example {
  /** What this example holds and no other does. */
  readonly mark: string
  readonly before?: string
  readonly after?: string
  readonly prints: readonly string[]
}

const dictionary = readFileSync(join(root, 'packages/tokenizer/data/dictionary.bin'), 'base64')
const importAnalyzer = `import { createAnalyzer } from '@wenxun/tokenizer'\n`
const openDatabase = `import sqlite from 'node-sqlite3-wasm'\nconst db = new sqlite.Database()\n`
const showWords = (text: string) =>
  `console.log(analyzer.tokens('${text}').map(({ term }) => term).join(' '))`

const examples: Example[] = [
  {
    mark: 'for (const { term, start, end } of analyzer',
    prints: [
      ...['枫桥 0 2', '经验 2 4', '入选 4 6', '2024 6 10', '年 10 11'],
      ...['典型 11 13', '案例 13 15'],
    ],
  },
  {
    mark: 'fetch(dictionaryUrl)',
    before: `${importAnalyzer}const dictionaryUrl = 'data:;base64,${dictionary}'\n`,
    after: showWords('推進府院聯動'),
    prints: ['推进 府 院 联动'],
  },
  { mark: 'createJiebaSegmenter()', after: showWords('法治政府'), prints: ['法治 政府'] },
  {
    mark: 'userDictionaryName',
    before: importAnalyzer,
    after: showWords('推進府院聯動'),
    prints: ['推进 府院联动'],
  },
  { mark: `from 'flexsearch'`, prints: ['1'] },
  { mark: `from 'minisearch'`, prints: ['1', '1'] },
  { mark: `from '@orama/orama'`, prints: ['1'] },
  { mark: `from 'lunr'`, prints: ['1'] },
  { mark: 'FTS5_TOKENIZE', before: openDatabase, prints: ['1'] },
  { mark: `createReadStream('texts.txt')`, prints: ['推进 府 院 联动 2024 年'] },
]

/** Engines are called through this, which prints how many hits they give. */
const shown = `
function shown(engine, method) {
  return (...values) => {
    const result = engine[method](...values)
    console.log(result.count ?? result.length)
  }
}
`

describe('the README of the tokenizer', () => {
  let folder = ''

  // Inside of the workspace, so that packages are found by their names.
  beforeAll(() => {
    const cache = join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    folder = mkdtempSync(join(cache, 'readme-'))
    writeFileSync(join(folder, 'texts.txt'), '推進“府院聯動”，２０２４年\n')
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  it('has no example but these', () => {
    const found = blocks.map((code) => examples.filter(({ mark }) => code.includes(mark)).length)
    expect(found).toEqual(examples.map(() => 1))
  })

  it.for(examples)('$mark runs', ({ mark, before = '', after = '', prints }, { skip }) => {
    if (mark.includes('Jieba')) skip(loadJieba() === null, 'SKIPPED: nodejieba is not installed.')
    const code = blocks.find((block) => block.includes(mark))!
    const called = code
      .replace(/^(index|db)\.(search|all)\(/gm, `shown($1, '$2')(`)
      .replace(/^search\(/gm, `shown({ search }, 'search')(`)
    const file = join(folder, 'example.mjs')
    writeFileSync(file, `${before}${called}${after}${shown}`)
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.trimEnd().split('\n')).toEqual(prints)
  })
})
