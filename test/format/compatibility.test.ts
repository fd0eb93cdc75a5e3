/** Every index that a released version wrote can be read for ever. */

import { readdirSync, readFileSync } from 'node:fs'
import { openIndex } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import * as format from '../../packages/core/src/segment/format.js'
import { answersOf } from './regenerate.js'
import { withWorkedExample } from './worked-example.js'

const folder = new URL('.', import.meta.url)
const read = (path: string) => new Uint8Array(readFileSync(new URL(path, folder)))
const versions = readdirSync(folder).filter((name) => /^v\d+$/.test(name))

describe.each(versions)('a frozen index of format %s', (version) => {
  it('opens, is sound, and answers as it always did', () => {
    const index = openIndex(read(`${version}/small.bin`))
    index.verify()
    expect(`v${index.inspect().formatVersion}`).toBe(version)
    const expected: unknown = JSON.parse(
      readFileSync(new URL(`${version}/answers.json`, folder), 'utf8'),
    )
    expect(answersOf(index)).toEqual(expected)
  })

  it('gives texts, headings and metadata back', () => {
    const index = openIndex(read(`${version}/small.bin`))
    const [odd] = index.search('"热线"').hits
    expect(odd).toMatchObject({
      text: '12345热线 MCP管理 𠮷野家 葛\u{e0100} \ud842 e\u0301clair',
      anchor: 'odd',
    })
    expect(odd!.document).toMatchObject({
      title: '洛陽市法治政府建設年度報告',
      url: 'https://example.org/report',
      date: '2025-03-12',
      meta: { city: '洛阳', level: 3, tags: ['年报', '法治'] },
    })
    expect(index.search('"出庭应诉率"').hits[0]!.heading).toEqual(['一、总则', '（一）目的'])
    expect(index.column('level').values).toEqual([3, 10])
  })
})

describe('docs/format.md', () => {
  const text = readFileSync(new URL('../../docs/format.md', folder), 'utf8')

  it('shows the bytes of the frozen indexes', () => {
    const { FORMAT_VERSION } = format
    expect(versions).toContain(`v${FORMAT_VERSION}`)
    const tiny = read(`v${FORMAT_VERSION}/tiny.bin`)
    expect(withWorkedExample(text, tiny, read(`v${FORMAT_VERSION}/small.bin`))).toBe(text)
  })

  it('names every section and every constant with its value', () => {
    const rows = [...text.matchAll(/^\| `(?<id>[A-Z]{4})` \|/gm)].map(({ groups }) => groups!['id'])
    expect([...rows].sort()).toEqual(Object.values(format.Section).sort())
    for (const [name, value] of Object.entries(format)) {
      if (typeof value !== 'number') continue
      expect(text, name).toContain(`| \`${name}\` | ${value.toLocaleString('en')} |`)
    }
    const magic = Array.from(format.MAGIC, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    expect(text).toContain(`\`${magic}\``)
  })
})
