/**
 * The steps that `npm start`, `npm test` and `npm run build` share: install, then build.
 * Needs nothing but Node and npm, so it may import only what Node itself carries.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Packages in the order in which they are built. */
const packages = ['tokenizer', 'core', 'ingest', 'node', 'ui', 'cli']

const installStamp = join(root, 'node_modules', '.wenxun-install')
const isWindows = process.platform === 'win32'

/**
 * Runs a program in the repository root and returns its exit code.
 * With `quiet`, its output is held back and shown only when it fails.
 */
export function run(program, args, { quiet = false, env = {} } = {}) {
  const result = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: isWindows,
  })
  if (result.error) console.error(`${program}: ${result.error.message}`)
  const code = result.status ?? 1
  if (quiet && code !== 0) process.stderr.write(result.stdout + result.stderr)
  return code
}

/** Runs a Node program of this repository, `node <script> <args>`. */
export const runNode = (script, args = [], options = {}) =>
  run(process.execPath, [join(root, script), ...args], options)

/** Runs a tool that the workspace installed. */
export const runTool = (name, args = [], options = {}) =>
  run(join(root, 'node_modules', '.bin', isWindows ? `${name}.cmd` : name), args, options)

/**
 * Installs the locked dependencies with the pinned pnpm, unless that was already done
 * for exactly these manifests on this Node.
 */
export function install() {
  const wanted = installFingerprint()
  if (isInstalled(wanted)) return true
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  console.error(`Installing with ${packageManager} …`)
  const args = ['--yes', packageManager, 'install', '--frozen-lockfile']
  // Without a terminal pnpm would stop at its question about a half-made node_modules.
  const code = run('npx', [...args, '--config.confirmModulesPurge=false'])
  if (code !== 0) return false
  if (!existsSync(join(root, 'packages/tokenizer/node_modules/nodejieba'))) {
    console.error('nodejieba could not be built here. It is optional: nothing needs it.')
  }
  mkdirSync(dirname(installStamp), { recursive: true })
  writeFileSync(installStamp, wanted)
  return true
}

/** Builds the tokenizer's data, every package's `dist`, and what pages load of the search box. */
export function build() {
  const dataScript = 'packages/tokenizer/scripts/build.mjs'
  if (existsSync(join(root, dataScript)) && runNode(dataScript) !== 0) return false
  if (runTool('tsc', ['-b', ...packages.map((name) => `packages/${name}`)]) !== 0) return false
  return runNode('packages/ui/scripts/bundle.mjs') === 0
}

function isInstalled(wanted) {
  const folders = ['.', ...packages.map((name) => join('packages', name))]
  return (
    folders.every((folder) => existsSync(join(root, folder, 'node_modules'))) &&
    existsSync(installStamp) &&
    readFileSync(installStamp, 'utf8') === wanted
  )
}

/** Changes with anything that would make an install come out differently. */
function installFingerprint() {
  const manifests = readdirSync(join(root, 'packages')).map((name) =>
    join('packages', name, 'package.json'),
  )
  const hash = createHash('sha256')
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)))
  }
  // A native add-on is built for one Node ABI, platform and processor.
  hash.update([process.versions.modules, process.platform, process.arch].join())
  return hash.digest('hex')
}
