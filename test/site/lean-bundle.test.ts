/** A bundle of a lean index is lean: it says so, and answers as the index does. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIndex, openRemoteIndex } from '@wenxun/core'
import { writeBundle } from '@wenxun/core/build'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { wenxun } from '../cli/wenxun.js'
import { BundleHost, plain } from '../support/bundle-host.js'
import { build } from '../support/notation.js'
import { openSeeds } from '../support/seeds.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wenxun-lean-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['one file', {}],
  ['packs', { singleFileBytes: 0 }],
])('as %s, it answers as its index does', async (_, options) => {
  const { documents } = await openSeeds()
  const bytes = build(documents, { lean: true })
  const remote = await openRemoteIndex(new BundleHost(writeBundle(bytes, options)).load)
  expect(remote.metadata.profile).toBe('lean')
  const local = openIndex(bytes)
  for (const query of ['法治政府建设', '洛阳市有哪些执法监督工作', '枫桥经验']) {
    expect(plain(await remote.search(query)), query).toEqual(plain(local.search(query)))
  }
})

it('is what build --shards --lean writes', async () => {
  mkdirSync(join(folder, 'in'))
  const text = '行政复议委员会依法审查行政规范性文件。'
  writeFileSync(join(folder, 'in/a.txt'), Array.from({ length: 50 }, () => text).join('\n'))
  const write = async (...flags: string[]) => {
    const output = join(folder, `out${flags.length}`)
    expect(wenxun(['build', join(folder, 'in'), '--shards', '-o', output, ...flags]).code).toBe(0)
    const names = readdirSync(output).filter((name) => /\.(?:json|wx)$/.test(name))
    const files = names.map((name) => [name, readFileSync(join(output, name))] as const)
    return (await openRemoteIndex(new BundleHost(new Map(files)).load)).metadata.profile
  }
  expect(await write('--lean')).toBe('lean')
  expect(await write()).toBeUndefined()
})
