import { readFileSync, writeFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { crc32 } from '../../packages/core/src/bytes/crc32.js'
import { HEADER_BYTES, MAGIC } from '../../packages/core/src/segment/format.js'
import { root, useFolder, useSeedIndex, wenxun } from './wenxun.js'

const index = useSeedIndex()
const inFolder = useFolder()
let bytes: Buffer

beforeAll(() => {
  bytes = readFileSync(index.path)
})

function broken(name: string, content: Uint8Array): string {
  writeFileSync(inFolder(name), content)
  return inFolder(name)
}

/** What every command says about a file that is no sound index; results stay empty. */
function refusal(path: string): string {
  const runs = [wenxun(['search', path, '法治']), wenxun(['inspect', path])]
  for (const { code, stdout } of runs) expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(runs[0]?.stderr).toBe(runs[1]?.stderr)
  return runs[0]?.stderr ?? ''
}

it('says that there is no such file, and how to make one', () => {
  const message = refusal(inFolder('none.wx'))
  expect(message).toContain(`${inFolder('none.wx')}: no such file`)
  expect(message).toContain('wenxun build')
})

it('refuses a folder', () => {
  expect(refusal(root)).toContain('is a directory')
})

it('tells a picture, an empty file and a text from an index', () => {
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    deflateSync(Buffer.alloc(999)),
  ])
  for (const content of [png, Buffer.alloc(0), Buffer.from('法治政府')]) {
    expect(refusal(broken('other.wx', content))).toMatch(/not a Wenxun index/i)
  }
})

describe('a truncated index', () => {
  it.each([0.1, 0.5, 0.99])('is called incomplete when %d of it is left', (part) => {
    const path = broken('short.wx', bytes.subarray(0, Math.floor(bytes.length * part)))
    expect(refusal(path)).toMatch(/truncated|incomplete|ends|short/i)
    expect(wenxun(['verify', path]).code).toBe(1)
  })

  it('is noticed when one byte is missing', () => {
    expect(refusal(broken('less.wx', bytes.subarray(0, -1)))).not.toBe('')
  })
})

it('notices one flipped byte, wherever it is', () => {
  for (let i = 0; i < 8; i++) {
    const copy = Buffer.from(bytes)
    const at = Math.floor(((i + 0.5) / 8) * bytes.length)
    copy[at] = (copy[at] as number) ^ 0x20
    const path = broken('flipped.wx', copy)
    const { code, stdout, stderr } = wenxun(['search', path, '法治'])
    expect({ at, code, stdout }).toEqual({ at, code: 2, stdout: '' })
    expect(stderr).toContain(`${path}: The index is damaged`)
    expect(wenxun(['verify', path])).toMatchObject({ code: 1, stdout: '' })
  }
})

it('names both versions of an index that is too new', () => {
  const copy = Buffer.from(bytes)
  copy.writeUInt16LE(99, MAGIC.length)
  copy.writeUInt16LE(98, MAGIC.length + 2)
  copy.writeUInt32LE(crc32(copy.subarray(0, HEADER_BYTES - 4)), HEADER_BYTES - 4)
  const message = refusal(broken('newer.wx', copy))
  expect(message).toMatch(/98.*1\b/)
  expect(message).toMatch(/update/i)
})

it('verifies a sound index', () => {
  const { code, stdout } = wenxun(['verify', index.path])
  expect(code).toBe(0)
  expect(stdout).toContain('sound')
})

it('inspects: counts, sections and versions, readable and as JSON', () => {
  const { code, stdout } = wenxun(['inspect', index.path])
  expect(code).toBe(0)
  expect(stdout).toMatch(/documents +5\n/)
  const inspection = JSON.parse(wenxun(['inspect', index.path, '--json']).stdout)
  expect(inspection).toMatchObject({ documents: 5 })
})
