/**
 * A user's own words: text, one `word [frequency] [tag]` per line, as jieba reads it.
 * Empty lines and lines that start with `#` are skipped; tags are accepted and not used.
 */
import { TokenizerError } from '../tokenizer-error.js'
import { MAX_WORD_UNITS } from './format.js'

export interface UserWord {
  readonly word: string
  /** How often the word occurs, in the dictionary's own scale; 0 never; null when not given. */
  readonly frequency: number | null
}

/** The largest frequency a line may give; the dictionary's commonest word has 883,634. */
const MAX_FREQUENCY = 1e9

/**
 * @param name what to call the source in messages, such as its file name
 * @throws TokenizerError USER_DICTIONARY naming source, line and fault
 */
export function parseUserDictionary(text: string, name: string): UserWord[] {
  const words: UserWord[] = []
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  lines.forEach((line, i) => {
    const content = line.trim()
    if (content === '' || content.startsWith('#')) return
    const parsed = parseLine(content)
    if (typeof parsed === 'string') {
      throw new TokenizerError(
        'USER_DICTIONARY',
        `${name}, line ${i + 1}: ${parsed}: "${shown(content)}"`,
      )
    }
    words.push(parsed)
  })
  return words
}

/** A word, or what is wrong with the line. */
function parseLine(line: string): UserWord | string {
  const fields = line.split(/\s+/)
  const word = fields[0] as string
  const fault = faultOfWord(word)
  if (fault !== null) return fault
  if (fields.length > 3) return `expected "word frequency tag", found ${fields.length} fields`
  const second = fields[1]
  if (second === undefined) return { word, frequency: null }
  if (/^\p{L}[\p{L}\p{N}]*$/u.test(second)) {
    // `word tag`, as jieba allows. A third field would have to follow a frequency.
    return fields.length === 2
      ? { word, frequency: null }
      : `frequency is not a whole number: ${second}`
  }
  if (!/^\d+$/.test(second)) return `frequency is not a whole number: ${second}`
  const frequency = Number(second)
  if (frequency > MAX_FREQUENCY) return `frequency is above ${MAX_FREQUENCY}`
  return { word, frequency }
}

function faultOfWord(word: string): string | null {
  if (word.length > MAX_WORD_UNITS) return `word is longer than ${MAX_WORD_UNITS} UTF-16 units`
  if (/\p{Cs}/u.test(word)) return 'word holds half of a surrogate pair'
  if (word.includes('\uFFFD')) return 'word holds U+FFFD; is the file UTF-8?'
  if (/\p{Cc}/u.test(word)) return 'word holds a control character'
  return null
}

function shown(line: string): string {
  const clean = line.replace(/\p{Cc}/gu, '\uFFFD')
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean
}
