/** The profile that docs/reports.md shows is a profile that works. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readString, type TextProfile } from '@wenxun/ingest'
import { describe, expect, it } from 'vitest'
import { useTestFolder } from '../../packages/ingest/fixtures/folder.js'
import { wenxun } from '../cli/wenxun.js'

const file = new URL('./faq-profile.js', import.meta.url)
const docs = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8')
const text =
  '更新时间：2024-05-06\n问：几点开门？\n答：九点。\n周末不开。\n问：要带什么？\n答：身份证。\n'
const folder = useTestFolder()

const shown = (source: string) =>
  source
    .split('\n')
    .filter((line) => !line.includes('biome-ignore'))
    .join('\n')
    .trim()

describe('a profile of one’s own', () => {
  it('is shown in the documentation as it is tested here', () => {
    expect(docs).toContain(shown(readFileSync(file, 'utf8')))
  })

  it('reads through the library', async () => {
    const { default: profile } = (await import(file.href)) as { default: TextProfile }
    expect(profile.recognises(text)).toBe(false)
    const [item] = await readString(text, { path: 'a.txt', profile })
    expect(item).toMatchObject({
      document: {
        title: '几点开门？',
        paragraphs: [
          { text: '几点开门？' },
          { text: '九点。', heading: ['几点开门？'] },
          { text: '周末不开。', heading: ['几点开门？'] },
          { text: '要带什么？' },
          { text: '身份证。', heading: ['要带什么？'] },
        ],
      },
      source: { profile: 'faq', removed: [{ line: 1, reason: 'metadata' }] },
    })
  })

  it('reads through the command line, with an account of what it took out', () => {
    const input = folder.put('faq.txt', text)
    const output = `${folder.path}/faq.wx`
    const options = ['--profile', fileURLToPath(file), '--show-removed']
    const { code, stdout } = wenxun(['build', input, '-o', output, ...options])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /faq\.txt \(faq\): 1 line taken out, 0 repairs\n +1 +metadata +更新时间：2024-05-06\n/,
    )
    expect(stdout).toContain('Indexed 1 document, 5 paragraphs')
  })

  it('that is not there, or is none, ends the build with what was expected', () => {
    const input = folder.put('faq.txt', text)
    const build = (profile: string) =>
      wenxun(['build', input, '-o', `${folder.path}/x.wx`, '--profile', profile])
    expect(build('nowhere.js')).toMatchObject({ code: 2 })
    expect(build('nowhere.js').stderr).toContain(
      'Expected auto, report, plain, or a JavaScript module',
    )
    expect(build(folder.put('none.mjs', 'export default 7')).stderr).toContain('exports no profile')
  })
})
