import { createAnalyzer } from '@wenxun/tokenizer'
import { cutLine, cutLines, FTS5_TOKENIZE, fts5Match } from '@wenxun/tokenizer/adapters'
import sqlite from 'node-sqlite3-wasm'
import { describe, expect, it } from 'vitest'
import { describeAdapter, type Search } from './adapter.cases.js'
import { holding, lines } from './seed-lines.js'

const analyzer = createAnalyzer()

/** A table of one column; `all` gives row ids for a MATCH expression, best first. */
function table(tokenize: string, rows: readonly string[]) {
  const db = new sqlite.Database(':memory:')
  db.exec(`CREATE VIRTUAL TABLE reports USING fts5(terms, tokenize="${tokenize}")`)
  db.exec('BEGIN')
  for (const [id, row] of rows.entries()) {
    db.run('INSERT INTO reports(rowid, terms) VALUES (?, ?)', [id, row])
  }
  db.exec('COMMIT')
  const select = db.prepare('SELECT rowid AS id FROM reports WHERE terms MATCH ? ORDER BY rank')
  return (match: string) => select.all([match]).map((row) => Number(row['id']))
}

const grams = (text: string) => cutLine(analyzer, text, { grams: true })
const cutTable = (texts: readonly string[]) => table(FTS5_TOKENIZE, texts.map(grams))

const alone =
  (tokenize: string) =>
  (texts: readonly string[]): Search => {
    const find = table(tokenize, texts)
    return (query) => find(`"${query.replaceAll('"', '""')}"`)
  }

describeAdapter('SQLite FTS5 with pre-cut text', {
  adapted(texts) {
    const find = cutTable(texts)
    return (query) => find(fts5Match(analyzer, query))
  },
  plain: {
    'FTS5 with unicode61': alone('unicode61'),
    // Finds nothing of fewer than three characters.
    'FTS5 with trigram': alone('trigram'),
  },
})

describe('fts5Match', () => {
  it('finds a part of a numeral as well as its value', () => {
    const find = cutTable(['二〇二四年', '第120条', '第一百二十条'])
    expect(find(fts5Match(analyzer, '四年'))).toEqual([0])
    expect(find(fts5Match(analyzer, '第一百二十条')).sort()).toEqual([1, 2])
  })

  it('answers a question of which only parts occur, best line first', () => {
    const [best] = cutTable(lines)(fts5Match(analyzer, '府院联动机制是怎么建立的？', 'any'))
    expect(holding('府院联动机制')).toContain(best)
  })

  it('makes a valid expression of anything', () => {
    const find = cutTable(['c++ 与 NEAR(法治) OR 1+7+N'])
    for (const query of ['', '"', '*', 'NEAR(', 'a OR', '。', '法治"', '-', '\u0000', '{x}:y']) {
      expect(() => find(fts5Match(analyzer, query))).not.toThrow()
    }
    for (const query of ['c++', 'near', '1+7+n', 'or']) {
      expect(find(fts5Match(analyzer, query))).toEqual([0])
    }
  })

  it('keeps characters whole that SQLite does not know yet', () => {
    const find = cutTable(['𰻞𰻞面', '𮸾'])
    expect(find(fts5Match(analyzer, '𰻞面'))).toEqual([0])
  })
})

describe('cutLines', () => {
  const cut = async (text: Parameters<typeof cutLines>[1]) => {
    const rows: string[] = []
    for await (const row of cutLines(analyzer, text)) rows.push(row)
    return rows
  }

  it('gives one folded line for each line, blank ones too', async () => {
    expect(await cut('楓橋經驗\r\n\n２０２４年Ｂ\n')).toEqual(['枫桥 经验', '', '2024 年 b'])
    expect(await cut('')).toEqual([])
  })

  it('reads a stream as slowly as it is asked', async () => {
    let read = 0
    async function* source() {
      for (const line of lines) {
        read++
        yield await Promise.resolve(line)
      }
    }
    for await (const row of cutLines(analyzer, source())) {
      expect(row).toBe(cutLine(analyzer, lines[0]!))
      break
    }
    expect(read).toBe(1)
  })
})
