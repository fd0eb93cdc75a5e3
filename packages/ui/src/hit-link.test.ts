import { describe, expect, it } from 'vitest'
import { fragmentText, hitLink, type LinkedHit, safeUrl } from './hit-link.js'

/** A hit in a paragraph whose marks are in brackets. */
function hitOf(marked: string, url: string | null, anchor: string | null = null): LinkedHit {
  const highlights: [number, number][] = []
  let text = ''
  for (const piece of marked.split(/(?=\[)|(?<=\])/)) {
    const plain = piece.replace(/[[\]]/g, '')
    if (piece !== plain) highlights.push([text.length, text.length + plain.length])
    text += plain
  }
  const document = { id: 'a', title: '', url, date: null, meta: {} }
  return { document, anchor, text, highlights, snippetStart: 0 }
}

/** What the fragment directive of a link says, decoded. */
const quoted = (link: string | null) => decodeURIComponent(link!.split(':~:text=')[1]!)

describe('a link to a hit', () => {
  it('leads to the page, the anchor, and the sentence with the first mark', () => {
    const hit = hitOf('各部门配合。充分发挥[行政复议]主渠道作用，化解争议。', 'a/1.html', '第一节')
    const link = hitLink(hit)!
    const [page, anchor] = link.split(/#|:~:/)
    expect([page, decodeURIComponent(anchor!)]).toEqual(['a/1.html', '第一节'])
    expect(quoted(link)).toBe('充分发挥行政复议主渠道作用，化解争议')
  })

  it('encodes what has a meaning in a text fragment', () => {
    const link = hitLink(hitOf('COVID-19, [A&B] #1', '/a.html'))!
    expect(link).toBe('/a.html#:~:text=COVID%2D19%2C%20A%26B%20%231')
  })

  it('keeps a fragment that the address has, unless the paragraph has an anchor', () => {
    expect(hitLink(hitOf('[法治]', '/a#top'))).toMatch(/^\/a#top:~:text=/)
    expect(hitLink(hitOf('[法治]', '/a#top', 'x'))).toMatch(/^\/a#x:~:text=/)
  })

  it('quotes what the snippet shows', () => {
    const hit = { ...hitOf('[法治]在前。后面还有[法治]二字。', '/a'), snippetStart: 6 }
    expect(quoted(hitLink(hit))).toBe('后面还有法治二字')
  })

  it('survives half a character', () => {
    expect(quoted(hitLink(hitOf('\ud842[法治]', '/a')))).toBe('\ufffd法治')
  })

  it('is null where a document has no address', () => {
    expect(hitLink(hitOf('[法治]', null))).toBeNull()
  })
})

describe('the quoted words', () => {
  const clause = '这里是一段没有句号而且写得相当长的文字，'

  it('are a clause of a long sentence, with enough around it to be told apart', () => {
    const text = `${clause.repeat(5)}简称法治，${clause.repeat(5)}`
    expect(fragmentText(text, text.indexOf('法治'))).toBe(
      '简称法治，这里是一段没有句号而且写得相当长的文字',
    )
  })

  it('are none where nothing divides the text, however long it is', () => {
    expect(fragmentText('没有标点的一行'.repeat(200_000), 700_000)).toBe('')
    expect(fragmentText('', 0)).toBe('')
  })
})

describe('an address', () => {
  it.each(['a.html', '/a?b=c', '../a', 'https://example.org/', '//example.org/a', 'file:///a'])(
    '%s can be followed',
    (url) => {
      expect(safeUrl(url)).toBe(url)
    },
  )

  it.each([
    'javascript:alert(1)',
    ' \u0001JaVa\tScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://example.org/x',
    'mailto:a@example.org',
    'http://[',
  ])('%j cannot', (url) => {
    expect(safeUrl(url)).toBeNull()
    expect(safeUrl(url, 'https://example.org/')).toBeNull()
  })

  it('is resolved against a base', () => {
    expect(safeUrl('laws/1.html', 'https://example.org/docs/')).toBe(
      'https://example.org/docs/laws/1.html',
    )
  })

  it('may have the scheme of the app that it belongs to', () => {
    expect(safeUrl('a.html', 'app://docs/')).toBe('app://docs/a.html')
    expect(safeUrl('other://docs/', 'app://docs/')).toBeNull()
  })
})
