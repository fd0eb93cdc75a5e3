import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root, seeds, useFolder, wenxun } from './wenxun.js'

const inFolder = useFolder()
const program = join(root, 'packages/cli/bin/wenxun.js')

/** `wenxun cut` with a standard input. */
function cut(input: string | Buffer, ...options: string[]) {
  const run = spawnSync(process.execPath, [program, 'cut', ...options], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { code: run.status, lines: run.stdout.split('\n'), stderr: run.stderr }
}

it('gives a line of folded terms for each line of standard input', () => {
  const { code, lines, stderr } = cut('楓橋經驗，法治政府\r\n\n２０２４年 Running\n末行')
  expect(lines).toEqual(['枫桥 经验 法治 政府', '', '2024 年 running ~run', '末行', ''])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

it('gives offsets into each line of each file as JSON', () => {
  const { code, stdout } = wenxun(['cut', '--json', ...seeds])
  expect(code).toBe(0)
  const texts = seeds.flatMap((path) => {
    const lines = readFileSync(path, 'utf8').split('\n')
    return lines.at(-1) === '' ? lines.slice(0, -1) : lines
  })
  const rows = stdout.split('\n').slice(0, -1)
  expect(rows.length).toBe(texts.length)
  const line = texts.findIndex((text) => text.includes('府院聯動'))
  const terms = JSON.parse(rows[line]!) as { term: string; start: number; end: number }[]
  const found = terms.find(({ term }) => term === '联动')!
  expect(texts[line]!.slice(found.start, found.end)).toBe('聯動')
})

it('adds characters and pairs when asked', () => {
  expect(cut('楓橋經', '--grams').lines[0]).toBe('枫 枫桥 桥 桥经 经')
  const [row] = cut('楓橋', '--grams', '--json').lines
  expect(JSON.parse(row!).map(({ kind }: { kind: string }) => kind)).toEqual([
    'character',
    'word',
    'character',
  ])
})

it('reads - as standard input among files', () => {
  writeFileSync(inFolder('a.txt'), '法治\n')
  expect(cut('政府\n', inFolder('a.txt'), '-').lines).toEqual(['法治', '政府', ''])
})

it('gives nothing for nothing', () => {
  expect(cut('')).toEqual({ code: 0, lines: [''], stderr: '' })
})

it.each([
  ['no-such-file.txt', 'no-such-file.txt: no such file or directory'],
  ['.', 'is a directory'],
])('names %s when it cannot be read', (path, message) => {
  const { code, stderr } = wenxun(['cut', inFolder(path)])
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})

it('refuses another encoding and says how to convert it', () => {
  // 法治政府 in GB18030.
  const { code, stderr } = cut(Buffer.from('b7a8d6ced5fec8ae0a', 'hex'))
  expect(code).toBe(2)
  expect(stderr).toContain('standard input: is not UTF-8, but gb18030')
  expect(stderr).toContain('iconv -f gb18030 -t utf-8')
})

it('refuses a line without end instead of using up the memory', () => {
  const { code, stderr } = cut(`短\n${'法'.repeat(3 << 19)}`)
  expect(code).toBe(2)
  expect(stderr).toContain('standard input:2: the line has more than 1,048,576 characters')
})

it('ends well when the reader closes the pipe', () => {
  const script = `yes 推进法治政府建设 | head -n 200000 | node ${program} cut | head -n 1; echo \${PIPESTATUS[2]}`
  const run = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
  expect(run.stdout).toBe('推进 法治 政府 建设\n0\n')
  expect(run.stderr).toBe('')
})
