import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { gather, outcome, useTestFolder } from '../fixtures/folder.js'
import { zip } from '../fixtures/make-docx.js'

const folder = useTestFolder()
const outcomes = async () => (await gather(folder.path)).map(outcome)

/** An archive whose only name is in another encoding than UTF-8 and does not say so. */
function zipWithName(name: Buffer, content: string): Buffer {
  const placeholder = 'x'.repeat(name.length)
  const bytes = zip({ [placeholder]: content })
  for (let at = bytes.indexOf(placeholder); at >= 0; at = bytes.indexOf(placeholder, at + 1)) {
    name.copy(bytes, at)
  }
  return bytes
}

describe('archives', () => {
  it('are read as folders: formats by content, hidden names left out', async () => {
    folder.put(
      'a.zip',
      zip({
        '市/报告.txt': '正文',
        '市/data.jsonl': '{"id":"r1","text":"一"}\n{"id":"r2","text":"二"}\n',
        'page.html.gz': gzipSync('<!doctype html><p>文'),
        '__MACOSX/._报告.txt': 'x',
        '.hidden/x.txt': 'x',
        'node_modules/y.txt': 'y',
        'empty/': '',
      }),
    )
    expect((await outcomes()).sort()).toEqual([
      'a.zip/page.html.gz',
      'a.zip/市/报告.txt',
      'r1',
      'r2',
    ])
  })

  it('are known by content, in one another, and gzipped', async () => {
    const inner = zip({ 'in.txt': '正文' })
    folder.put('a.dat', zip({ 'b.zip': inner }))
    folder.put('c.zip.gz', gzipSync(inner))
    expect(await outcomes()).toEqual(['a.dat/b.zip/in.txt', 'c.zip.gz/in.txt'])
  })

  it('stop where one is in another too deep', async () => {
    let bytes = zip({ 'x.txt': '正文' })
    for (let depth = 0; depth < 6; depth++) bytes = zip({ 'z.zip': bytes })
    folder.put('a.zip', bytes)
    expect(await outcomes()).toEqual(['unsupported'])
  })

  it.each(['gb18030', 'big5hkscs'])('have their names read in %s', async (encoding) => {
    const name =
      encoding === 'gb18030' ? '关于法治政府建设情况的报告.txt' : '關於法治政府建設情況的報告.txt'
    folder.put('a.zip', zipWithName(iconv.encode(name, encoding), '正文'))
    expect(await outcomes()).toEqual([`a.zip/${name}`])
  })

  it('follow the ignore patterns of the caller', async () => {
    folder.put('a.zip', zip({ 'x.txt': '甲', 'x.md': '乙' }))
    expect((await gather(folder.path, { ignore: ['*.md'] })).map(outcome)).toEqual(['a.zip/x.txt'])
  })
})

describe('archives that are no good', () => {
  it('fail by their checksum, member by member', async () => {
    const bytes = zip({ 'a.txt': '甲', 'b.txt': '乙' }, 0)
    const at = bytes.indexOf('甲')
    expect(at).toBeGreaterThan(0)
    bytes[at + 2] = bytes[at + 2]! ^ 1
    folder.put('a.zip', bytes)
    expect(await outcomes()).toEqual(['corrupt', 'a.zip/b.txt'])
  })

  it('are a problem when cut short, and when empty', async () => {
    const bytes = zip({ 'a.txt': '正文' })
    folder.put('a.zip', bytes.subarray(0, bytes.length - 30))
    folder.put('b.zip', zip({}))
    expect(await outcomes()).toEqual(['corrupt', 'empty'])
  })

  it('say that a member needs a password', async () => {
    const bytes = zip({ 'a.txt': '正文' })
    // The flag that says so, in the member's own header and in the directory.
    bytes[6] = bytes[6]! | 1
    const directory = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
    bytes[directory + 8] = bytes[directory + 8]! | 1
    folder.put('a.zip', bytes)
    const [item] = await gather(folder.path)
    expect(item?.problem?.message).toContain('password')
  })

  it('are given up when they unpack to far more than text would', async () => {
    const member = Buffer.alloc(24 * 1024 * 1024, '文')
    folder.put('bomb.zip', zip({ '1.txt': member, '2.txt': member, '3.txt': member }))
    const items = await gather(folder.path)
    expect(items.at(-1)?.problem).toMatchObject({ code: 'too-large' })
    expect(items.filter((item) => item.problem === undefined)).toHaveLength(2)
  })
})
