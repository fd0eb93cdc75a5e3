import { describe, expect, it } from 'vitest'
import { bytesIn } from '../../fixtures/encode.js'
import { useTestFolder } from '../../fixtures/folder.js'
import { readSite } from './read-site.js'
import type { SiteItem, SiteOptions } from './types.js'

const folder = useTestFolder()

async function read(options: SiteOptions = {}): Promise<SiteItem[]> {
  const items: SiteItem[] = []
  for await (const item of readSite(folder.path, options)) items.push(item)
  return items
}

/** `path` of a document, `reason:path` of a page left out, `!code` of a problem. */
const outline = (items: readonly SiteItem[]) =>
  items.map((item) => {
    if (item.leftOut) return `${item.leftOut.reason}:${item.leftOut.path}`
    return item.document?.id ?? `!${item.problem?.code}`
  })

describe('the pages of a site', () => {
  it('are its HTML files in the order of their paths, without what is passed over', async () => {
    for (const name of ['b.html', 'a/index.htm', 'a/index.html', '404.html', 'x.txt', 'c.XHTML']) {
      folder.put(name, '<p>文</p>')
    }
    folder.put('.hidden/a.html', '<p>文</p>')
    folder.put('drafts/a.html', '<p>文</p>')
    folder.put('.wenxunignore', 'drafts/\n')
    expect(outline(await read())).toEqual(['a/index.htm', 'a/index.html', 'b.html', 'c.XHTML'])
    expect(outline(await read({ include: ['a/**'], exclude: ['**/*.htm'] }))).toEqual([
      'a/index.html',
    ])
  })

  it('have to be marked once one of them is', async () => {
    folder.put('a.html', '<p>一</p>')
    folder.put('b.html', '<!-- data-pagefind-body --><p>二</p>')
    expect(outline(await read())).toEqual(['a.html', 'b.html'])
    folder.put('c.html', '<main data-pagefind-body><p>三</p></main>')
    expect(outline(await read())).toEqual(['unmarked:a.html', 'unmarked:b.html', 'c.html'])
  })

  it.each(['utf16le', 'utf16-be', 'gbk'])('are known as marked in %s, too', async (encoding) => {
    const mark = `<meta charset=gbk>\ufeff<main data-wenxun-body><p>${'法治政府'.repeat(9)}</p></main>`
    folder.put('a.html', bytesIn(encoding, encoding === 'gbk' ? mark.replace('\ufeff', '') : mark))
    folder.put('b.html', '<p>一</p>')
    expect(outline(await read())).toEqual(['a.html', 'unmarked:b.html'])
  })

  it('come with problems where there are any, and never stop at one', async () => {
    folder.put('a.html', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1'))
    folder.put(
      'b.html',
      Buffer.concat([bytesIn('utf8', '<p>法治政府建设'.repeat(9)), Buffer.from([0xe6])]),
    )
    folder.put('c.html', '<p>文')
    folder.put('d.html', '字'.repeat(200))
    const items = await read({ maxPageBytes: 300 })
    expect(outline(items)).toEqual(['!binary', 'b.html', 'c.html', '!too-large'])
    expect(items[1]?.problem).toMatchObject({
      code: 'encoding',
      offset: 9 * Buffer.byteLength('<p>法治政府建设'),
    })
  })

  it('tell how far the reading is', async () => {
    folder.put('a.html', '<p>一')
    folder.put('b.html', '<p>二三')
    const seen: number[] = []
    await read({ onProgress: ({ bytesRead, totalBytes }) => seen.push(bytesRead, totalBytes) })
    expect(seen).toEqual([6, 15, 15, 15])
  })
})
