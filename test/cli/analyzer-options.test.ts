import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openIndex } from '@wenxun/core'
import { createAnalyzer, createIntlSegmenter } from '@wenxun/tokenizer'
import { createJiebaSegmenter } from '@wenxun/tokenizer/jieba'
import { describe, expect, it } from 'vitest'
import { marked, search, useFolder, wenxun } from './wenxun.js'

const inFolder = useFolder()

const text = '推进府院联动，郑州依法行政。\n'
const ownWords = '# 本地词\n府院联动 20 n\n\n依法行政 nz\n一网通办\n'
const hideNodejieba = fileURLToPath(new URL('../conformance/hide-nodejieba.cjs', import.meta.url))

/** Builds an index of one line; the file name tells tests apart. */
function build(name: string, options: readonly string[], env?: NodeJS.ProcessEnv) {
  writeFileSync(inFolder(`${name}.txt`), text)
  const index = inFolder(`${name}.wx`)
  const run = wenxun(['build', inFolder(`${name}.txt`), '-o', index, ...options], env)
  return { ...run, index }
}

const analyzerOf = (index: string): { name: string; fingerprint: string } =>
  JSON.parse(wenxun(['inspect', index, '--json']).stdout).analyzer

describe('--user-dictionary', () => {
  it('cuts by the words of the file, and the index says so', () => {
    writeFileSync(inFolder('words.txt'), ownWords)
    const { code, stderr, index } = build('own', ['--user-dictionary', inFolder('words.txt')])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const own = createAnalyzer({ userDictionary: ownWords })
    expect(own.tokens(text).map(({ term }) => term)).toContain('府院联动')
    expect(analyzerOf(index)).toEqual({ name: own.name, fingerprint: own.fingerprint })
    expect(own.fingerprint).not.toBe(createAnalyzer().fingerprint)
    expect(search(index, '府院聯動').hits.map(marked)).toEqual([['府院联动']])
  })

  it.each([
    ['府院联动 20\n依法行政 很多次 n\n', 'line 2: frequency is not a whole number: 很多次'],
    ['府院联动 20 n 四\n', 'line 1: expected "word frequency tag", found 4 fields'],
    ['\n\n府院联动 -3\n', 'line 3: frequency is not a whole number: -3'],
    ['府院联动 9999999999\n', 'line 1: frequency is above 1000000000'],
    // 法治 in GB18030.
    [Buffer.from('b7a8d6ce0a', 'hex'), 'line 1: word holds U+FFFD; is the file UTF-8?'],
  ])('names file, line and fault, and writes no index: %j', (words, fault) => {
    writeFileSync(inFolder('faulty.txt'), words)
    const options = ['--user-dictionary', inFolder('faulty.txt')]
    const { code, stdout, stderr, index } = build('faulty-words', options)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`${inFolder('faulty.txt')}, ${fault}`)
    expect(existsSync(index)).toBe(false)
  })

  it('names a file that is not there', () => {
    const { code, stderr, index } = build('missing', ['--user-dictionary', inFolder('none.txt')])
    expect(code).toBe(2)
    expect(stderr).toContain('none.txt: no such file or directory')
    expect(existsSync(index)).toBe(false)
  })

  it('is refused beside a segmenter that has words of its own', () => {
    writeFileSync(inFolder('words.txt'), ownWords)
    const options = ['--segmenter', 'intl', '--user-dictionary', inFolder('words.txt')]
    const { code, stderr } = build('both', options)
    expect(code).toBe(2)
    expect(stderr).toContain('--user-dictionary adds to the dictionary segmenter')
  })
})

describe('--segmenter', () => {
  it.each([
    ['dictionary', () => createAnalyzer()],
    ['intl', () => createAnalyzer({ segmenter: createIntlSegmenter() })],
  ])('%s cuts by it', (name, create) => {
    const { code, index } = build(name, ['--segmenter', name])
    expect(code).toBe(0)
    const { fingerprint } = create()
    expect(analyzerOf(index)).toEqual({ name: `chinese/${name}`, fingerprint })
    expect(search(index, '依法').hits.map(marked)).toEqual([['依法']])
  })

  const jieba = installedJieba()
  const title = jieba ? 'jieba cuts by nodejieba' : 'SKIPPED: nodejieba is not installed'
  it.skipIf(jieba === null)(title, () => {
    const { code, index } = build('jieba', ['--segmenter', 'jieba'])
    expect(code).toBe(0)
    expect(analyzerOf(index)).toEqual({ name: 'chinese/jieba', fingerprint: jieba!.fingerprint })
    expect(search(index, '依法').hits.map(marked)).toEqual([['依法']])
  })

  it('jieba says what to do where nodejieba is missing', () => {
    const env = { NODE_OPTIONS: `--require "${hideNodejieba}"` }
    const { code, stdout, stderr, index } = build('no-jieba', ['--segmenter', 'jieba'], env)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('needs the package nodejieba, which is not installed')
    expect(stderr).toContain('use the default segmenter')
    expect(existsSync(index)).toBe(false)
  })

  it('of another name is refused with the names there are', () => {
    const { code, stderr } = build('other', ['--segmenter', 'hmm'])
    expect(code).toBe(2)
    expect(stderr).toContain('Allowed choices are dictionary, jieba, intl.')
  })
})

describe('an index that another analyzer built', () => {
  it('is refused with both fingerprints and what to do', () => {
    const { index } = build('intl-built', ['--segmenter', 'intl'])
    const bytes = readFileSync(index)
    const built = analyzerOf(index)
    const { fingerprint } = createAnalyzer()
    const open = () => openIndex(bytes, { analyzerFingerprint: fingerprint })
    expect(open).toThrow(expect.objectContaining({ code: 'WRONG_ANALYZER' }))
    expect(open).toThrow(`analyzer chinese/intl with fingerprint ${built.fingerprint}`)
    expect(open).toThrow(`this one has ${fingerprint}`)
    expect(open).toThrow('Build the index again with this analyzer')
  })

  it('opens for the analyzer that built it, and for anyone who does not ask', () => {
    const { index } = build('default-built', [])
    const bytes = readFileSync(index)
    const { fingerprint } = createAnalyzer()
    for (const options of [{ analyzerFingerprint: fingerprint }, {}]) {
      expect(openIndex(bytes, options).search('依法行政').total).toBe(1)
    }
  })
})

function installedJieba() {
  try {
    return createAnalyzer({ segmenter: createJiebaSegmenter() })
  } catch {
    return null
  }
}
