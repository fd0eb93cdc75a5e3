// Makes src/readings/reading-data.ts, the pinyin of Han characters and of words that are read
// otherwise than their characters alone (银行 yinhang), out of pinyin-pro and jieba's word list
// (development dependencies). Needs the compiled folder: run after tsc.
//
//   node scripts/make-readings.mjs            writes the module (commit it)
//   node scripts/make-readings.mjs --check    exits 1 when the module is not what this would write
//
// Only folded characters have readings. Where a fold joins characters of two lives (乾/干, 著/着)
// the common ones among them bring their readings along, and words tell them apart (乾隆, 著名).
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Converter } from 'opencc-js/t2cn'
import { pinyin } from 'pinyin-pro'
import { Pattern2 } from 'pinyin-pro/dist/esm/data/dict2.mjs'
import { Pattern3 } from 'pinyin-pro/dist/esm/data/dict3.mjs'
import { Pattern4 } from 'pinyin-pro/dist/esm/data/dict4.mjs'
import { Pattern5 } from 'pinyin-pro/dist/esm/data/dict5.mjs'
import { PatternSurname } from 'pinyin-pro/dist/esm/data/surname.mjs'
import { fullFolds } from '../dist/fold/folds.js'
import { Folder, foldToString } from '../dist/scan.js'

const output = join(import.meta.dirname, '../src/readings/reading-data.ts')
const columns = 96

/** Tells by whole words where 乾 is qian (乾隆) and where it is 干 (乾净). */
const toSimplified = Converter({ from: 't', to: 'cn' })

const listedWords = [Pattern2, Pattern3, Pattern4, Pattern5].flat()

const folder = new Folder(fullFolds)
const fold = (text) => foldToString(folder.fold(text))
const isHan = (text) => /^\p{Script=Han}+$/u.test(text)
/** Without tones; ü is v. Interjections without a vowel (呣 m, 嗯 ng) have no reading. */
const isReading = (syllable) => /^[a-z]*[aeiouv][a-z]*$/.test(syllable)
const plain = { toneType: 'none', v: true, type: 'array' }
const readings = (text) => pinyin(text, { ...plain, ...(text.length === 1 && { multiple: true }) })

/** So many characters make up 97 % of what people write. */
const COMMON_CHARACTERS = 2000

/** The 6,763 characters of GB 2312. */
function gb2312() {
  const decoder = new TextDecoder('gbk')
  const characters = []
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      characters.push(decoder.decode(Uint8Array.of(row, cell)))
    }
  }
  return characters.filter(isHan)
}

/** Whether a character has a reading in some word or name; 调 is no zhou in any. */
function isAttested() {
  const attested = new Set()
  for (const { zh, pinyin: toned } of [...listedWords, ...PatternSurname]) {
    for (const [i, syllable] of withoutTones(toned).split(' ').entries()) {
      attested.add(fold(zh[i] ?? '') + syllable)
    }
  }
  return (char, syllable) => attested.has(char + syllable)
}

function withoutTones(toned) {
  const plainer = toned.normalize('NFD').replace(/u\u0308/g, 'v')
  return plainer.replace(/\p{M}/gu, '')
}

/** Folded character → readings, the usual one first, the others in alphabetical order. */
function characterReadings(joined) {
  const found = new Map()
  const attested = isAttested()
  const add = (char, from) => {
    const known = found.get(char) ?? []
    const [usual, ...others] = readings(from).filter(isReading)
    const kept = others.filter((syllable) => attested(char, syllable))
    if (usual !== undefined) found.set(char, [...new Set([...known, usual, ...kept])])
  }
  for (let code = 0x3400; code < 0xa000; code++) {
    const char = String.fromCharCode(code)
    if (readings(char)[0] !== char && fold(char) === char) add(char, char)
  }
  for (const char of joined) add(fold(char), char)
  for (const [char, [first, ...others]] of found) found.set(char, [first, ...others.sort()])
  return found
}

function jiebaWords() {
  const home = dirname(createRequire(import.meta.url).resolve('@node-rs/jieba/package.json'))
  const text = readFileSync(join(home, 'dict.txt'), 'utf8')
  return text.split('\n').map((line) => line.split(' '))
}

function commonCharacters() {
  const counts = new Map()
  for (const [word, count] of jiebaWords()) {
    for (const char of fold(word)) counts.set(char, (counts.get(char) ?? 0) + Number(count))
  }
  const order = [...counts].filter(([char]) => isHan(char)).sort(([, a], [, b]) => b - a)
  return new Set(order.slice(0, COMMON_CHARACTERS).map(([char]) => char))
}

/** Folded words of which readings are known, with their readings; null where two words clash. */
function wordReadings(joined) {
  const isJoined = new RegExp(`[${joined.join('')}]`)
  const words = new Map()
  const told = jiebaWords()
    .map(([word]) => word)
    .filter((word) => isJoined.test(word))
  for (const word of new Set([
    ...listedWords.map(({ zh }) => zh),
    ...told.map((line) => toSimplified(line)),
  ])) {
    const read = readings(word)
    const folded = fold(word)
    if (!isHan(word) || word.length < 2 || read.length !== folded.length) continue
    const known = words.get(folded)
    const clashes = known !== undefined && String(known) !== String(read)
    words.set(folded, clashes ? null : read)
  }
  return words
}

/** Readings by rule: known words from the left, longest first, then single characters. */
function predict(word, characters, exceptions) {
  const read = []
  for (let at = 0; at < word.length; ) {
    let length = word.length - at
    while (length > 1 && !exceptions.has(word.slice(at, at + length))) length--
    read.push(...(exceptions.get(word.slice(at, at + length)) ?? [characters.get(word[at])?.[0]]))
    at += length
  }
  return read
}

/** Words that the rule gets wrong without them, shortest first. */
function exceptionWords(words, characters) {
  const exceptions = new Map()
  const order = [...words].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))
  for (const [word, read] of order) {
    if (read === null || String(predict(word, characters, exceptions)) === String(read)) continue
    if ([...word].every((char, i) => characters.get(char)?.includes(read[i]))) {
      exceptions.set(word, read)
    }
  }
  return exceptions
}

function render(characters, exceptions) {
  const bySyllable = new Map()
  const common = commonCharacters()
  for (const [char, read] of characters) {
    read.forEach((syllable, i) => {
      const lists = bySyllable.get(syllable) ?? ['', '', '']
      const usual = common.has(char) ? 0 : 1
      lists[i === 0 ? usual : 2] += char
      bySyllable.set(syllable, lists)
    })
  }
  const syllables = [...bySyllable].sort(([a], [b]) => (a < b ? -1 : 1))
  const groups = syllables.map(([syllable, lists]) =>
    [syllable, ...lists].join(':').replace(/:+$/, ''),
  )
  const words = [...exceptions].map(([word, read]) => {
    return word + read.map((syllable, i) => characters.get(word[i]).indexOf(syllable)).join('')
  })
  return `/**
 * Pinyin without tones; ü is v. Generated by scripts/make-readings.mjs; do not edit.
 * Sources: pinyin-pro (MIT), jieba's word list (MIT).
 */

/** \`syllable:common characters that are usually read so:rarer ones:characters that are also\`. */
export const syllableGroups = \`
${groups.join('\n')}
\`

/** Words with a digit for every character: which of its readings, 0 for the usual one. */
export const exceptionWords = \`
${lines(words.sort())}
\`
`
}

function lines(words) {
  const found = ['']
  for (const word of words) {
    const line = found.at(-1)
    if (`${line}${word}`.length * 1.5 > columns) found.push(word)
    else found[found.length - 1] = line ? `${line} ${word}` : word
  }
  return found.join('\n')
}

/** The text of the module that holds the readings. */
function readingModule() {
  const joined = gb2312().filter((char) => fold(char) !== char && fold(char).length === 1)
  const characters = characterReadings(joined)
  return render(characters, exceptionWords(wordReadings(joined), characters))
}

const module = readingModule()
if (!process.argv.includes('--check')) writeFileSync(output, module)
else if (readFileSync(output, 'utf8') !== module) {
  console.error(
    'src/readings/reading-data.ts is not up to date: run node scripts/make-readings.mjs',
  )
  process.exit(1)
}
