/**
 * Makes a site and the search bundle of one engine for it, each once: both are kept in a
 * temporary folder, because Pagefind's bundle takes minutes.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../folders.js'
import { PAGES_VERSION, type Page, type SiteName, writePages } from './pages.js'

export const SITE_ENGINES = ['wenxun', 'pagefind'] as const
export type SiteEngine = (typeof SITE_ENGINES)[number]

export interface BundleCost {
  readonly engine: SiteEngine
  readonly version: string
  readonly buildSeconds: number
  /** CPU seconds of all its threads; null where /proc is absent. */
  readonly buildCpuSeconds: number | null
  /** Highest resident memory of the building process; null where /proc is absent. */
  readonly peakRssBytes: number | null
  readonly files: number
  /** Of all files as they lie on disk. */
  readonly bytes: number
}

export interface Site {
  readonly folder: string
  readonly textBytes: number
}

export interface Bundle {
  /** Holds the bundle alone. */
  readonly folder: string
  readonly cost: BundleCost
}

/** Bytes of memory that Pagefind needs beyond what the laws' site was measured to take (5.0 GB). */
const PAGEFIND_MEMORY: Readonly<Record<SiteName, number>> = { '10k': 2e9, laws: 6.5e9 }
const POLL_MS = 50

/** The site's pages in a folder; made when they are not there yet. */
export function makeSite(name: SiteName, pages: readonly Page[]): Site {
  const folder = join(tmpdir(), 'wenxun-bench-site', `${name}-${keyOf(pages)}`)
  const record = join(folder, 'site.json')
  const site = join(folder, 'pages')
  if (existsSync(record)) return JSON.parse(readFileSync(record, 'utf8')) as Site
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(site, { recursive: true })
  const made: Site = { folder, textBytes: writePages(pages, site) }
  writeFileSync(record, JSON.stringify(made))
  return made
}

/**
 * The bundle of an engine; null after a visible line when it cannot be built here.
 * @param fresh builds even when one is kept. Ours is always built: it changes, and it is quick.
 */
export async function makeBundle(
  site: Site,
  name: SiteName,
  engine: SiteEngine,
  fresh: boolean,
): Promise<Bundle | null> {
  const folder = join(site.folder, engine)
  const record = join(site.folder, `${engine}.json`)
  if (engine === 'pagefind' && !fresh && existsSync(record)) {
    return { folder, cost: JSON.parse(readFileSync(record, 'utf8')) as BundleCost }
  }
  const command = commandOf(engine, join(site.folder, 'pages'), `${folder}.new`, name)
  if (command === null) return null
  rmSync(record, { force: true })
  rmSync(`${folder}.new`, { recursive: true, force: true })
  const built = await runMeasured(command.program, command.args)
  rmSync(folder, { recursive: true, force: true })
  renameSync(`${folder}.new`, folder)
  const sizes = fileSizes(folder)
  const cost: BundleCost = {
    engine,
    version: command.version,
    ...built,
    files: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  }
  writeFileSync(record, JSON.stringify(cost))
  return { folder, cost }
}

interface BuildCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly version: string
}

function commandOf(
  engine: SiteEngine,
  pages: string,
  output: string,
  name: SiteName,
): BuildCommand | null {
  if (engine === 'wenxun') {
    const cli = join(ROOT, 'packages/cli/dist/main.js')
    const args = [cli, 'site', pages, '-o', output]
    const help = spawnSync(process.execPath, [cli, '--help'], { encoding: 'utf8' })
    if (/^\s+site\b/m.test(help.stdout))
      return { program: process.execPath, args, version: 'this commit' }
    console.log('SKIPPED wenxun: its command line has no `site` yet.')
    return null
  }
  const binary = pagefindBinary()
  if (binary === null) {
    console.log('SKIPPED pagefind: its package carries no program for this platform.')
    return null
  }
  const wanted = PAGEFIND_MEMORY[name]
  if (freeMemory() < wanted) {
    console.log(`SKIPPED pagefind: building this needs ${wanted / 1e9} GB of free memory.`)
    return null
  }
  const args = ['--site', pages, '--output-path', output, '--quiet']
  return { program: binary.path, args, version: binary.version }
}

/** Found as the package finds it: a package of its own for each platform. */
function pagefindBinary(): { path: string; version: string } | null {
  try {
    const manifestPath = realpathSync(join(ROOT, 'node_modules/pagefind/package.json'))
    const found = createRequire(manifestPath)
    const manifest = found(`@pagefind/${process.platform}-${process.arch}/package.json`) as {
      version: string
    }
    const path = `@pagefind/${process.platform}-${process.arch}/bin/pagefind_extended`
    return { path: found.resolve(path), version: manifest.version }
  } catch {
    return null
  }
}

/** MemAvailable where Linux tells it: `freemem` does not count the page cache. */
function freeMemory(): number {
  const path = '/proc/meminfo'
  const line = existsSync(path) ? /MemAvailable:\s+(\d+)/.exec(readFileSync(path, 'utf8')) : null
  return line === null ? freemem() : Number(line[1]) * 1024
}

async function runMeasured(
  program: string,
  args: readonly string[],
): Promise<Pick<BundleCost, 'buildSeconds' | 'buildCpuSeconds' | 'peakRssBytes'>> {
  const start = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  let peak: number | null = null
  let cpu: number | null = null
  const poll = setInterval(() => {
    peak = peakOf(child) ?? peak
    cpu = cpuOf(child) ?? cpu
  }, POLL_MS)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
  }).finally(() => clearInterval(poll))
  if (code !== 0) throw new Error(`${program} ended with code ${code}.`)
  const buildSeconds = (performance.now() - start) / 1000
  return { buildSeconds, buildCpuSeconds: cpu, peakRssBytes: peak }
}

/** Ticks a second in /proc, on every Linux that Node runs on. */
const TICKS = 100
/** Where user and system time stand in /proc/<pid>/stat, after the program's name. */
const [USER_TIME, SYSTEM_TIME] = [11, 12]

function cpuOf({ pid }: ChildProcess): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A process that has ended but was not yet waited for still tells its times.
    const ticks = Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])
    return ticks > 0 ? ticks / TICKS : null
  } catch {
    return null
  }
}

/** The kernel keeps the highest value: the last look before the end counts. */
function peakOf({ pid }: ChildProcess): number | null {
  try {
    const line = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return line === null ? null : Number(line[1]) * 1024
  } catch {
    return null
  }
}

function fileSizes(folder: string): number[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).size)
}

function keyOf(pages: readonly Page[]): string {
  const hash = createHash('sha256').update(`${PAGES_VERSION}`)
  for (const page of pages) hash.update(JSON.stringify(page))
  return hash.digest('hex').slice(0, 12)
}
