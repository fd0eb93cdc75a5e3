/**
 * Builds this package: TypeScript first, then the dictionary, which needs the compiled folder.
 * Exits 1 when a step fails. The dictionary is made again only when what it is made of changed.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const home = dirname(here)
const root = join(home, '../..')
const dictionary = join(home, 'data/dictionary.bin')
const stamp = join(home, 'node_modules/.cache/wenxun-dictionary')

process.exitCode = build() ? 0 : 1

function build() {
  if (!run(join(root, 'node_modules/.bin/tsc'), ['-b', home])) return false
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stateFingerprint()) return true
  if (!run(process.execPath, [join(here, 'make-dictionary.mjs')])) return false
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, stateFingerprint())
  return true
}

/** Runs a program; on Windows the tools of a workspace are scripts, which need a shell. */
function run(program, args) {
  const isScript = process.platform === 'win32' && program !== process.execPath
  const name = isScript ? `"${program}.cmd"` : program
  return spawnSync(name, args, { stdio: 'inherit', shell: isScript }).status === 0
}

/**
 * Stands for the dictionary and for the code that made it. jieba's words are not part of it:
 * their count and sum are pinned in the script.
 */
function stateFingerprint() {
  const folding = readdirSync(join(home, 'dist/fold')).filter((name) => name.endsWith('.js'))
  const files = [
    'package.json',
    'scripts/exact-log.mjs',
    'scripts/make-dictionary.mjs',
    'dist/script.js',
    'dist/fingerprint.js',
    'dist/dictionary/encode.js',
    'dist/dictionary/format.js',
    'dist/dictionary/trie-builder.js',
    ...folding.map((name) => `dist/fold/${name}`),
  ]
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(join(home, file)))
  if (existsSync(dictionary)) hash.update(readFileSync(dictionary))
  return hash.digest('hex')
}
