import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkWritable, writeFileAtomically } from './atomic-file.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'wenxun-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytes = (text: string) => new TextEncoder().encode(text)

it('writes the bytes and leaves no other file', () => {
  writeFileAtomically(join(folder, 'a.wx'), bytes('new'))
  expect(readFileSync(join(folder, 'a.wx'), 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['a.wx'])
})

it('keeps the mode of the file it replaces', () => {
  const path = join(folder, 'a.wx')
  writeFileSync(path, 'old')
  chmodSync(path, 0o640)
  writeFileAtomically(path, bytes('new'))
  expect(statSync(path).mode & 0o777).toBe(0o640)
})

it('replaces what a link points at, not the link', () => {
  writeFileSync(join(folder, 'real.wx'), 'old')
  symlinkSync('real.wx', join(folder, 'link.wx'))
  writeFileAtomically(join(folder, 'link.wx'), bytes('new'))
  expect(readFileSync(join(folder, 'real.wx'), 'utf8')).toBe('new')
  expect(realpathSync(join(folder, 'link.wx'))).toBe(join(folder, 'real.wx'))
})

it('leaves nothing behind when the last step fails', () => {
  // A folder in the way: the rename cannot succeed.
  mkdirSync(join(folder, 'a.wx', 'inside'), { recursive: true })
  expect(() => writeFileAtomically(join(folder, 'a.wx'), bytes('new'))).toThrow()
  expect(readdirSync(folder)).toEqual(['a.wx'])
})

it('takes away what a killed process left an hour ago, and nothing else', () => {
  const uuid = '3f0e4a52-1c1d-4a08-9d8b-0f6f5e0c2b11'
  const left = `.a.wx.${uuid}.tmp`
  const others = [`.b.wx.${uuid}.tmp`, '.a.wx.notes.tmp', `a.wx.${uuid}.tmp`, '.a.wx.swp']
  const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
  for (const name of [left, ...others]) {
    writeFileSync(join(folder, name), 'half')
    utimesSync(join(folder, name), longAgo, longAgo)
  }
  const young = `.a.wx.${uuid.replace('3', '4')}.tmp`
  writeFileSync(join(folder, young), 'half')
  writeFileAtomically(join(folder, 'a.wx'), bytes('new'))
  expect(readdirSync(folder).sort()).toEqual(['a.wx', young, ...others].sort())
})

it('says before the work starts that a target cannot be written', () => {
  expect(() => checkWritable(folder)).toThrow(`${folder}: is a directory, not a file`)
  expect(() => checkWritable(join(folder, 'no', 'a.wx'))).toThrow('no such directory')
  expect(() => checkWritable(join(folder, 'a.wx'))).not.toThrow()
})

it('names the file that was asked for, not the temporary one, when the system refuses', () => {
  const path = join(folder, 'gone', 'a.wx')
  expect(() => writeFileAtomically(path, bytes('new'))).toThrow(
    `${path}: no such file or directory`,
  )
})
