/** The main entry of the tokenizer as a browser bundle gets it: no platform, no file. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createAnalyzer } from '@wenxun/tokenizer'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

describe('the tokenizer in a browser bundle', () => {
  let code: string
  let bundled: { createAnalyzer: typeof createAnalyzer }

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: { contents: `export { createAnalyzer } from '@wenxun/tokenizer'`, resolveDir: root },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    })
    code = outputFiles[0]!.text
    bundled = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
  })

  it('asks for nothing of Node', () => {
    expect(code).not.toMatch(/\bnode:|\brequire\(|\bprocess\.(env|cwd)/)
  })

  it('wants the dictionary handed over', () => {
    expect(() => bundled.createAnalyzer().tokens('法治')).toThrow(
      expect.objectContaining({ code: 'DICTIONARY_MISSING' }),
    )
  })

  it('then analyzes exactly as Node does', () => {
    const dictionary = readFileSync(`${root}packages/tokenizer/data/dictionary.bin`)
    const analyzer = bundled.createAnalyzer({ dictionary })
    const text = '楓橋經驗入選２０２４年典型案例，法治政府建設96.87%；𠮷野家すもも'
    expect(analyzer.tokens(text)).toEqual(createAnalyzer().tokens(text))
    expect(analyzer.fingerprint).toBe(createAnalyzer().fingerprint)
  })

  it('finds damage in the dictionary without zlib too', () => {
    const dictionary = Uint8Array.from(
      readFileSync(`${root}packages/tokenizer/data/dictionary.bin`),
    )
    dictionary[dictionary.length >> 1]! ^= 1
    expect(() => bundled.createAnalyzer({ dictionary }).tokens('法治')).toThrow(
      expect.objectContaining({ code: 'DICTIONARY_CORRUPT' }),
    )
  })
})
