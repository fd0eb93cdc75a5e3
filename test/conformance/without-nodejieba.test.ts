/**
 * nodejieba is optional: these tests hide it in a process of its own, which runs the built
 * packages as a user would.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Runs Node in the repository root, without nodejieba and without any native add-on. */
function runHidden(args: string[], input = ''): string {
  const hidden = ['--require', path('hide-nodejieba.cjs'), ...args]
  const options = { cwd: path('../../'), input, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, hidden, options)
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

/** What a module prints as JSON. */
function evaluate(code: string): unknown {
  return JSON.parse(runHidden(['--input-type=module', '-'], code))
}

describe('without nodejieba', () => {
  it('texts are analyzed for building and scanned for querying', () => {
    const found = evaluate(`
      import { createAnalyzer } from '@wenxun/tokenizer'
      import { Folder, foldToString } from '@wenxun/tokenizer/scan'
      const analyzer = createAnalyzer()
      const folder = new Folder(analyzer.folds)
      console.log(JSON.stringify({
        words: analyzer.tokens('法治政府建設').map((token) => token.term),
        query: foldToString(folder.fold('法治政府建設')),
      }))
    `)
    expect(found).toEqual({ words: ['法治', '政府', '建设'], query: '法治政府建设' })
  })

  it('the command line builds an index of the seeds and finds in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wenxun-hidden-'))
    try {
      const cli = 'packages/cli/bin/wenxun.js'
      const index = join(folder, 'seeds.wx')
      runHidden([cli, 'build', 'seeds', '-o', index, '--quiet'])
      const command = [
        ...['--require', path('hide-nodejieba.cjs')],
        cli,
        'search',
        index,
        '楓橋經驗',
      ]
      const { status, stdout } = spawnSync(process.execPath, [...command, '--json'], {
        cwd: path('../../'),
        encoding: 'utf8',
      })
      expect(status).toBe(0)
      const { hits } = JSON.parse(stdout) as { hits: { text: string }[] }
      expect(hits[0]?.text).toContain('枫桥经验')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('asking for its segmenter fails with a code and a way out', () => {
    const found = evaluate(`
      import { createJiebaSegmenter } from '@wenxun/tokenizer/jieba'
      try {
        createJiebaSegmenter()
      } catch (error) {
        console.log(JSON.stringify({ code: error.code, message: error.message }))
      }
    `) as { code: string; message: string }
    expect(found.code).toBe('NODEJIEBA_MISSING')
    expect(found.message).toContain('use the default segmenter')
  })

  it('the package builds the same dictionary, byte for byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wenxun-dictionary-'))
    try {
      const made = join(folder, 'dictionary.bin')
      runHidden(['packages/tokenizer/scripts/make-dictionary.mjs', made])
      const shipped = readFileSync(path('../../packages/tokenizer/data/dictionary.bin'))
      expect(readFileSync(made).equals(shipped)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
