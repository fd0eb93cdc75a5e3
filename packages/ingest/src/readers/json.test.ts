import { describe, expect, it } from 'vitest'
import { readString } from '../read-path.js'
import type { ReadOptions } from '../types.js'

const read = (text: string, options: ReadOptions & { path?: string } = {}) =>
  readString(text, { path: 'a.jsonl', ...options })

describe('JSONL', () => {
  it('reads text by lines, and paragraphs as they are', async () => {
    const lines = [
      {
        id: 'a',
        title: '题',
        text: '一\r\n\n 二 ',
        url: 'u',
        date: '2024/3/5',
        meta: { n: 1, k: ['x'] },
      },
      { id: 2, paragraphs: ['甲', { text: '乙', heading: ['上'], anchor: 'z' }], other: 'ignored' },
    ]
    expect(
      (await read(lines.map((line) => JSON.stringify(line)).join('\n'))).map(
        (item) => item.document,
      ),
    ).toEqual([
      {
        id: 'a',
        title: '题',
        url: 'u',
        date: '2024-03-05',
        meta: { n: 1, k: ['x'] },
        paragraphs: [{ text: '一' }, { text: '二' }],
      },
      { id: '2', paragraphs: [{ text: '甲' }, { text: '乙', heading: ['上'], anchor: 'z' }] },
    ])
  })

  it('maps fields, nested ones too', async () => {
    const [item] = await read('{"docno":"d1","body":"文","name":"题","info":{"city":"洛阳市"}}\n', {
      fields: { id: 'docno', text: 'body', title: 'name', city: 'info.city' },
    })
    expect(item?.document).toEqual({
      id: 'd1',
      title: '题',
      meta: { city: '洛阳市' },
      paragraphs: [{ text: '文' }],
    })
  })

  it('gives paragraphs the weight of their record, or their own', async () => {
    const records = [
      { text: '一\n二', weight: 2 },
      { paragraphs: ['甲', { text: '乙', weight: 0.25 }, { text: '丙', weight: 1 }], weight: '12' },
      { text: '末', weight: 'heavy' },
      { paragraphs: [{ text: '末', weight: -1 }], weight: null },
    ]
    const items = await read(records.map((record) => JSON.stringify(record)).join('\n'))
    const weights = items.map((item) => item.document?.paragraphs.map(({ weight }) => weight))
    expect(weights).toEqual([[2, 2], [10, 0.25, 1], [undefined], [0]])
  })

  it('takes the weight of a mapped field, and keeps it where a profile cleans the text', async () => {
    const [item] = await read('{"text":"一\\n二","boost":3}\n', {
      fields: { weight: 'boost' },
      profile: 'report',
    })
    expect(item?.document).toMatchObject({ paragraphs: [{ weight: 3 }, { weight: 3 }] })
    expect(item?.document?.meta).toEqual(undefined)
  })

  it('names file and line of every bad record and reads the others', async () => {
    const items = await read(
      '{"id":"a","text":"一"}\n{"id":\n\n{"id":"b"}\n[1]\n{"id":"c","text":{}}\n{"text":"末"}',
    )
    expect(items.map((item) => item.document?.id ?? item.problem?.message)).toEqual([
      'a',
      expect.stringMatching(/^a\.jsonl: line 2: not valid JSON: /),
      'a.jsonl: line 4: neither "text" nor "paragraphs" is given',
      'a.jsonl: line 5: a record should be an object, but is an array',
      'a.jsonl: line 6: "text" should be text, but is a object',
      'a.jsonl:7',
    ])
  })

  it('says when a mapped field is missing', async () => {
    const [item] = await read('{"id":"a","text":"一"}\n', {
      format: 'jsonl',
      fields: { text: 'body' },
    })
    expect(item?.problem?.message).toBe('a.jsonl: line 1: there is no field "body"')
  })

  it('reads a document whose date it does not understand, and says so', async () => {
    const [problem, item] = await read('{"id":"a","text":"一","date":"last spring"}')
    expect(problem?.problem).toMatchObject({ code: 'date', line: 1 })
    expect(item?.document).toEqual({ id: 'a', paragraphs: [{ text: '一' }] })
  })
})

describe('JSON', () => {
  it.each([
    ['one record', '{"id":"a","text":"一"}', ['a']],
    ['an array', '[{"text":"一"},{"id":"b","text":"二"}]', ['x.json#1', 'b']],
    ['documents in an object', '{"documents":[{"id":"a","text":"一"}]}', ['a']],
    ['a record over many lines', '{\n  "id": "a",\n  "text": "一"\n}\n', ['a']],
  ])('reads %s', async (_name, text, ids) => {
    expect((await read(text, { path: 'x.json' })).map((item) => item.document?.id)).toEqual(ids)
  })

  it('reports bad syntax as one problem', async () => {
    expect(await read('[{"id":"a",', { path: 'x.json' })).toMatchObject([
      { problem: { code: 'syntax' } },
    ])
  })
})
