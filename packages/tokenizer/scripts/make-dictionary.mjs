/**
 * Writes data/dictionary.bin: jieba's dictionary, folded, as src/dictionary/format.ts says.
 *
 *     node scripts/make-dictionary.mjs [output]
 *
 * Runs after the TypeScript build, whose folder and encoder it uses.
 *
 * Frequencies and their sum stay jieba's, so that folded text is cut as jieba cuts it:
 * - a word that folding leaves alone keeps its frequency;
 * - a Simplified word that folds to another spelling takes that spelling (乾隆 becomes 干隆),
 *   with the higher frequency where both are there (著名 before 着名): else it would be lost;
 * - a Traditional word is dropped (後來 beside 后来); where jieba lacks its Simplified twin, it
 *   is mostly an accident (张贴於).
 * Words with Latin letters or digits are dropped: runs never hold them.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Converter } from 'opencc-js/t2cn'
import { encodeDictionary } from '../dist/dictionary/encode.js'
import { fingerprintOf } from '../dist/fingerprint.js'
import { fullFolds } from '../dist/fold/folds.js'
import { Folder } from '../dist/scan.js'
import { textOf } from '../dist/unit-text.js'
import { exactLog } from './exact-log.mjs'

const require = createRequire(import.meta.url)
const output =
  process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../data/dictionary.bin')

/** What cppjieba's dictionary holds; both sources below are brought to it and checked. */
const WORDS = 348_975
const FREQUENCIES = 60_101_961

/** AT&T, B超, C#, C++, T恤, c#, c++: dropped here, counted by cppjieba. */
const MIXED_FREQUENCIES = 22

/** The median frequency, which cppjieba gives to a user's word without one. */
const DEFAULT_FREQUENCY = 3

/** The user dictionary that nodejieba loads by default. */
const DEFAULT_WORDS = [
  ['云计算', DEFAULT_FREQUENCY],
  ['韩玉鉴赏', DEFAULT_FREQUENCY],
  ['蓝翔', DEFAULT_FREQUENCY],
  ['区块链', 10],
]

/** The file that @node-rs/jieba carries differs in three words of Han. */
const NODE_RS_LACKS = [
  ['张力', 160],
  ['张华', 140],
]
const NODE_RS_ADDS = ['吉林']

const GRAM_SCRIPT = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+$/u

/** OpenCC knows by whole words where 乾 is Simplified (乾隆) and where it is not (乾净). */
const toSimplified = Converter({ from: 't', to: 'cn' })
const isSimplified = (word) => toSimplified(word) === word

const source = readSource()
const frequencies = foldWords([...source, ...DEFAULT_WORDS])
const bytes = encodeDictionary({
  frequencies,
  frequencySum: FREQUENCIES + MIXED_FREQUENCIES,
  defaultFrequency: DEFAULT_FREQUENCY,
  folds: fingerprintOf(fullFolds.from, fullFolds.to),
  log: exactLog,
})
mkdirSync(dirname(output), { recursive: true })
writeFileSync(`${output}.new`, bytes)
renameSync(`${output}.new`, output)
console.error(`dictionary.bin: ${frequencies.size} words, ${bytes.length} bytes`)

function readSource() {
  const file = findSource()
  const words = new Map(parse(readFileSync(file.path, 'utf8')))
  if (file.isNodeRs) {
    for (const word of NODE_RS_ADDS) words.delete(word)
    for (const [word, frequency] of NODE_RS_LACKS) words.set(word, frequency)
  }
  const sum = [...words.values()].reduce((a, b) => a + b, 0)
  if (words.size !== WORDS || sum !== FREQUENCIES) {
    throw new Error(
      `${file.path}: expected ${WORDS} words of frequency ${FREQUENCIES}, ` +
        `found ${words.size} of ${sum}`,
    )
  }
  return words
}

/** nodejieba is optional and may have been removed when its build failed. */
function findSource() {
  const folderOf = (name) => {
    try {
      return dirname(require.resolve(name))
    } catch {
      return null
    }
  }
  const candidates = [
    { folder: folderOf('nodejieba'), file: 'submodules/cppjieba/dict/jieba.dict.utf8' },
    { folder: folderOf('@node-rs/jieba'), file: 'dict.txt', isNodeRs: true },
  ]
  for (const { folder, file, isNodeRs = false } of candidates) {
    const path = folder === null ? '' : join(folder, file)
    if (existsSync(path)) return { path, isNodeRs }
  }
  throw new Error('No jieba dictionary found: install the development dependencies first.')
}

function* parse(text) {
  for (const line of text.split(/\r?\n/)) {
    const [word, frequency] = line.split(' ')
    if (word !== '' && GRAM_SCRIPT.test(word)) yield [word, Number(frequency)]
  }
}

function foldWords(words) {
  const folder = new Folder(fullFolds)
  const folded = new Map()
  for (const [word, frequency] of words) {
    const { units, length } = folder.fold(word)
    const spelling = textOf(units, 0, length)
    if (!GRAM_SCRIPT.test(spelling) || (spelling !== word && !isSimplified(word))) continue
    folded.set(spelling, Math.max(frequency, folded.get(spelling) ?? 0))
  }
  return folded
}
