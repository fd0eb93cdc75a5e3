import { describe, expect, it } from 'vitest'
import { pageUrl } from './page-url.js'

describe('the address of a page', () => {
  it.each([
    ['index.html', '/', ''],
    ['guide/index.html', '/guide/', ''],
    ['guide/INDEX.HTM', '/guide/', ''],
    ['a/my-index.html', '/a/my-index.html', '/a/my-index'],
    ['关于 我们.html', '/关于%20我们.html', '/关于%20我们'],
    ['a#b?c%d"<>.html', '/a%23b%3Fc%25d%22%3C%3E.html', '/a%23b%3Fc%25d%22%3C%3E'],
    ['a\ud800.html', '/a%EF%BF%BD.html', '/a%EF%BF%BD'],
    ['𠀀.xhtml', '/𠀀.xhtml', '/𠀀'],
  ])('%s', (path, url, stripped) => {
    expect(pageUrl(path, { base: '/' })).toBe(url)
    if (stripped) expect(pageUrl(path, { base: '/', stripHtml: true })).toBe(stripped)
    expect(() => new URL(url, 'https://example.org')).not.toThrow()
  })

  it('starts with the base', () => {
    expect(pageUrl('a/index.html', { base: 'https://example.org/docs' })).toBe(
      'https://example.org/docs/a/',
    )
  })

  it('is relative to the root of the site without one', () => {
    expect(pageUrl('a/b.html')).toBe('a/b.html')
    expect(pageUrl('index.html')).toBe('./')
    expect(pageUrl('a:b.html')).toBe('./a:b.html')
    expect(pageUrl('index.html', { base: '../' })).toBe('../')
  })
})
