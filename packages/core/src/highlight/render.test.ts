import { describe, expect, it } from 'vitest'
import { escapeHtml, snippetToHtml } from './render.js'

describe('a snippet as HTML', () => {
  it('marks hits and escapes everything', () => {
    const parts = [
      { text: '<img src=x onerror="alert(1)">', hit: false },
      { text: '法治&\'"', hit: true },
    ]
    expect(snippetToHtml(parts)).toBe(
      '&lt;img src=x onerror=&quot;alert(1)&quot;&gt;<mark>法治&amp;&#39;&quot;</mark>',
    )
  })

  it('leaves other text alone', () => {
    expect(escapeHtml('法治政府 𠮷 2024')).toBe('法治政府 𠮷 2024')
  })
})
