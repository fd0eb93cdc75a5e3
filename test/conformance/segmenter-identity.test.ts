/** Our cutter against the original: the same words in both, every paragraph of the seeds. */
import { readdirSync, readFileSync } from 'node:fs'
import { createAnalyzer } from '@wenxun/tokenizer'
import { describe, expect, it } from 'vitest'
import { loadJieba, useFoldedDictionary } from '../../bench/folded-jieba.js'
import { cutTexts } from './segmenter.cases.js'

const jieba = loadJieba()
const title = jieba ? 'nodejieba' : 'nodejieba (SKIPPED: it is not installed)'

describe.skipIf(jieba === null)(`the dictionary segmenter beside ${title}`, () => {
  const analyzer = createAnalyzer()

  it('cuts every line of the seeds the same', () => {
    useFoldedDictionary(jieba!)
    const lines = seedLines()
    expect(lines.length).toBeGreaterThan(100)
    const different = lines.filter(
      (line) => cutTexts(analyzer.segmenter, line).join('/') !== jieba!.cut(line).join('/'),
    )
    expect(different).toEqual([])
  })

  it('cuts the seeds’ Simplified lines as nodejieba does with its own words', () => {
    jieba!.load()
    const simplified = seedLines((text, folded) => text === folded)
    expect(simplified.length).toBeGreaterThan(20)
    const different = simplified.filter(
      (line) => cutTexts(analyzer.segmenter, line).join('/') !== jieba!.cut(line).join('/'),
    )
    expect(different).toEqual([])
  })

  /** Folded lines that pass `keep`. */
  function seedLines(keep: (text: string, folded: string) => boolean = () => true): string[] {
    const lines: string[] = []
    for (const text of readSeeds()) {
      let folded = ''
      analyzer.analyze(text, {
        begin: ({ units, length }) => {
          folded = String.fromCharCode(...units.subarray(0, length))
        },
        run: () => {},
        token: () => {},
        word: () => {},
      })
      if (keep(text, folded)) lines.push(folded)
    }
    return lines
  }
})

function readSeeds(): string[] {
  const folder = new URL('../../seeds/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  const texts = files.map((name) => readFileSync(new URL(name, folder), 'utf8'))
  return texts.flatMap((text) => text.split(/[\r\n]+/)).filter((line) => line !== '')
}
