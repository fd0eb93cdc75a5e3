/**
 * What every adapter promises inside of its library, on the text of the seeds; and that the
 * library alone does not keep it.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { holding, lines, matching, pieces } from './seed-lines.js'

/** Ids of the lines found, best first. */
export type Search = (query: string) => readonly number[] | Promise<readonly number[]>

export interface AdapterCases {
  /** Indexes the lines with our terms; the search wants the whole query. */
  adapted(texts: readonly string[]): Search | Promise<Search>
  /** The library as it comes, or as its own manual sets it up for Chinese. */
  plain: Record<string, (texts: readonly string[]) => Search | Promise<Search>>
}

const SEED = 20250312
const PIECES = 300

export function describeAdapter(name: string, { adapted, plain }: AdapterCases): void {
  describe(name, () => {
    let search: Search
    const find = async (query: string) => sorted(await search(query))

    beforeAll(async () => {
      search = await adapted(lines)
    })

    it.each([
      ['府院联动', '府院聯動'],
      ['12345热线', '12345熱線'],
      ['枫桥经验', '楓橋經驗'],
      ['行政复议', '行政復議'],
    ])('finds %s and %s in either script', async (simplified, traditional) => {
      expect(await find(simplified)).toEqual(await find(traditional))
      expect(await find(simplified)).toEqual(expect.arrayContaining(holding(simplified)))
      expect(holding(simplified).length).toBeGreaterThan(0)
    })

    it('finds text of the Traditional report by a Simplified query', async () => {
      const traditional = matching(/府院聯動/)
      expect(traditional.length).toBeGreaterThan(0)
      expect(await find('府院联动')).toEqual(expect.arrayContaining(traditional))
    })

    it.each([
      ['９６.８７％', '96.87%'],
      ['１２３４５熱線', '12345热线'],
      ['２０２４年度', '2024年度'],
    ])('takes %s for %s', async (wide, narrow) => {
      expect(await find(wide)).toEqual(await find(narrow))
      expect(await find(wide)).toEqual(expect.arrayContaining(matching(new RegExp(narrow))))
      expect(await find(wide)).not.toEqual([])
    })

    it.each([
      ['百分之九十六点八七', /96\.87%/],
      ['二〇二四年', /2024 ?年/],
      ['二零二五年三月十二日', /2025[年-]0?3[月-]12/],
    ])('finds %s written with digits', async (numeral, digits) => {
      const written = matching(digits)
      expect(written.length).toBeGreaterThan(0)
      expect(await find(numeral)).toEqual(expect.arrayContaining(written))
    })

    it('finds every line that holds a piece of text, cut anywhere', async () => {
      const missed: string[] = []
      for (const piece of pieces(PIECES, SEED)) {
        const found = new Set(await search(piece))
        missed.push(...holding(piece).flatMap((id) => (found.has(id) ? [] : [`${piece} in ${id}`])))
      }
      expect(missed).toEqual([])
    })

    it('finds a single character', async () => {
      for (const character of ['洛', '複', '廉']) {
        expect(await find(character)).toEqual(holding(character))
      }
    })

    it('finds hardly a line that does not hold the piece', async () => {
      expect(await precision(search)).toBeGreaterThan(0.9)
    })

    it('finds nothing for punctuation and for what is not there', async () => {
      expect(await find('。')).toEqual([])
      expect(await find('量子纠缠')).toEqual([])
    })

    it.each(Object.keys(plain))('finds more of the pieces than %s', async (alone) => {
      const before = await recall(await plain[alone]!(lines))
      console.info(`${alone}: ${before.toFixed(2)} of the lines, ${name}: 1.00`)
      expect(before).toBeLessThan(0.9)
    })
  })
}

const sorted = (ids: readonly number[]) => [...new Set(ids)].sort((a, b) => a - b)

/** Part of the lines holding a piece that are found, over all pieces. */
async function recall(search: Search): Promise<number> {
  let held = 0
  let found = 0
  for (const piece of pieces(PIECES, SEED)) {
    const ids = new Set(await search(piece))
    for (const id of holding(piece)) {
      held++
      if (ids.has(id)) found++
    }
  }
  return found / held
}

/** Part of the lines found that hold the piece, over all pieces. */
async function precision(search: Search): Promise<number> {
  let found = 0
  let right = 0
  for (const piece of pieces(PIECES, SEED)) {
    const held = new Set(holding(piece))
    for (const id of await search(piece)) {
      found++
      if (held.has(id)) right++
    }
  }
  return right / found
}
