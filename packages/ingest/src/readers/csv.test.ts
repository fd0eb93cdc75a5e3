import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { gather, useTestFolder } from '../../fixtures/folder.js'
import { readString } from '../read-path.js'
import type { ReadOptions } from '../types.js'

const folder = useTestFolder()
const read = (text: string, options: ReadOptions & { path?: string } = {}) =>
  readString(text, { path: 'a.csv', ...options })
const documents = async (text: string, options: ReadOptions & { path?: string } = {}) =>
  (await read(text, options)).map((item) => item.document ?? item.problem)

describe('tables', () => {
  it('give a document a row, by the names of the columns', async () => {
    expect(
      await documents('id,title,text,date\na,题,"一,二\n三",2024年3月5日\nb,,"他说""好""",\n'),
    ).toEqual([
      { id: 'a', title: '题', date: '2024-03-05', paragraphs: [{ text: '一,二' }, { text: '三' }] },
      { id: 'b', paragraphs: [{ text: '他说"好"' }] },
    ])
  })

  it('may have a column of weights', async () => {
    expect(await documents('id,text,weight\na,文,0.5\nb,字,\n')).toEqual([
      { id: 'a', paragraphs: [{ text: '文', weight: 0.5 }] },
      { id: 'b', paragraphs: [{ text: '字' }] },
    ])
  })

  it('map columns of any name; names of our own go to meta', async () => {
    const fields = { id: '编号', text: '正文', title: '标题', city: '城市', published: '发布日期' }
    expect(
      await documents('编号,标题,正文,城市,发布日期\n7,题,文,洛阳市,2024/3/5\n', { fields }),
    ).toEqual([
      {
        id: '7',
        title: '题',
        meta: { city: '洛阳市', published: '2024-03-05' },
        paragraphs: [{ text: '文' }],
      },
    ])
  })

  it.each([
    ['a tab', 'a.tsv', 'id\ttext\na\t文,字'],
    ['a tab under another name', 'a.csv', 'id\ttext\na\t文,字'],
    ['a semicolon', 'a.csv', 'id;text\na;文,字'],
    ['a Chinese comma', 'a.csv', 'id，text\na，文,字'],
  ])('are told apart when %s separates', async (_name, path, text) => {
    expect(await documents(text, { path })).toEqual([{ id: 'a', paragraphs: [{ text: '文,字' }] }])
  })

  it('say once which columns there are when none holds the text', async () => {
    const [problem, ...more] = await documents('编号,正文\n1,一\n2,二\n')
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code: 'record' })
    expect(JSON.stringify(problem)).toContain('the columns are 编号, 正文')
  })

  it('survive rows that are short, long, empty or oddly quoted', async () => {
    const rows = await documents('id,text\na,一,多\n\nb,5" 管\nc\nd,四\n')
    expect(rows.map((row) => (row && 'id' in row ? row.id : row?.code))).toEqual([
      'a',
      'b',
      'record',
      'd',
    ])
  })

  it('name a row without an id by file and line', async () => {
    expect(await documents('text\n"一\n二"\n三\n')).toMatchObject([
      { id: 'a.csv:3' },
      { id: 'a.csv:4' },
    ])
  })

  it('report a quote that never closes, after the rows before it', async () => {
    const rows = await documents('id,text\na,一\nb,"二\nc,三\n')
    expect(rows).toMatchObject([{ id: 'a' }, { code: 'syntax', line: 3 }])
  })
})

describe('tables on disk', () => {
  it('are found by content in GB18030, a bad row costing itself alone', async () => {
    const good = iconv.encode('id,text\na,行政复议案件办结率很高\n', 'gb18030')
    const bad = Buffer.concat([Buffer.from('b,'), Buffer.from([0xff, 0xff]), Buffer.from('\n')])
    const more = iconv.encode('c,依法行政,落实责任,群众满意\n', 'gb18030')
    folder.put('t.csv', Buffer.concat([good, bad, more]))
    const items = await gather(folder.path)
    expect(items.map((item) => item.document?.id ?? item.problem)).toEqual([
      'a',
      expect.objectContaining({
        code: 'encoding',
        line: 3,
        offset: good.length + 2,
        guess: 'gb18030',
      }),
      'c',
    ])
  })

  it('give up on a row above the limit, with its line', async () => {
    folder.put('t.csv', `id,text\na,一\nb,"${'文\n'.repeat(2000)}"\n`)
    const items = await gather(folder.path, { maxLineBytes: 1000 })
    expect(items.map((item) => item.document?.id ?? item.problem?.code)).toEqual(['a', 'too-large'])
  })
})
