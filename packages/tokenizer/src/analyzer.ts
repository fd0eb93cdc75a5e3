/**
 * Build-time analysis: fold, scan, cut, in this order and nothing else.
 * Offsets stay in folded units up to `tokens`, which maps them to the original once.
 */
import { loadDictionary } from '#dictionary'
import { fingerprintOf } from './fingerprint.js'
import { fullFolds } from './fold/folds.js'
import { Folder, SCAN_VERSION, scan } from './scan.js'
import { createDictionarySegmenter } from './segmenters/dictionary.js'
import {
  type AnalysisSink,
  type Analyzer,
  type Folded,
  type FoldTable,
  type ScanSink,
  type Segmenter,
  type Token,
  TokenKind,
} from './types.js'
import { textOf } from './unit-text.js'

export interface AnalyzerOptions {
  /** Cuts the words; default the dictionary segmenter. Excludes the options below. */
  segmenter?: Segmenter
  /** Bytes of `@wenxun/tokenizer/dictionary.bin`; found by itself in Node, needed elsewhere. */
  dictionary?: Uint8Array
  /** The user's own words, one `word [frequency] [tag]` per line. */
  userDictionary?: string
  /** What messages call the user dictionary, such as its file name. */
  userDictionaryName?: string
}

/**
 * An analyzer for building. It costs nothing until it is used: the dictionary's file is read
 * when its fingerprint or a first text asks for it, except that a user dictionary is checked
 * at once.
 * @throws TokenizerError USER_DICTIONARY; DICTIONARY_* at first use
 * @throws TypeError when a segmenter is given together with dictionary options
 */
export function createAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  return new ChineseAnalyzer(options)
}

class ChineseAnalyzer implements Analyzer {
  readonly folds: FoldTable = fullFolds
  readonly #options: AnalyzerOptions
  #segmenter: Segmenter | null
  #fingerprint: string | null = null
  #folder: Folder | null = null
  #pipe: Pipe | null = null

  constructor(options: AnalyzerOptions) {
    const { segmenter, dictionary, userDictionary } = options
    if (segmenter && (dictionary !== undefined || userDictionary !== undefined)) {
      throw new TypeError('Pass either a segmenter or a dictionary, not both.')
    }
    this.#options = options
    this.#segmenter = segmenter ?? null
    if (userDictionary !== undefined) this.#segmenter = createDefault(options)
  }

  get name(): string {
    return `chinese/${this.segmenter.name}`
  }

  get segmenter(): Segmenter {
    this.#segmenter ??= createDefault(this.#options)
    return this.#segmenter
  }

  get fingerprint(): string {
    this.#fingerprint ??= fingerprintOf(
      `scan ${SCAN_VERSION}`,
      this.folds.from,
      this.folds.to,
      this.segmenter.fingerprint,
    )
    return this.#fingerprint
  }

  analyze(text: string, sink: AnalysisSink): void {
    this.#folder ??= new Folder(this.folds)
    this.#pipe ??= new Pipe(this.segmenter)
    const folded = this.#folder.fold(text)
    sink.begin(folded)
    this.#pipe.scan(folded, sink)
  }

  tokens(text: string): Token[] {
    const list = new TokenList()
    this.analyze(text, list)
    return list.tokens.sort((a, b) => a.start - b.start || a.end - b.end)
  }
}

function createDefault({ dictionary, userDictionary, userDictionaryName }: AnalyzerOptions) {
  return createDictionarySegmenter({
    dictionary: dictionary ?? loadDictionary(),
    ...(userDictionary !== undefined && { userDictionary }),
    ...(userDictionaryName !== undefined && { userDictionaryName }),
  })
}

/** Passes on what scan finds and cuts each run; one object serves all texts. */
class Pipe implements ScanSink {
  readonly #segmenter: Segmenter
  #units: Uint16Array = new Uint16Array(0)
  #sink: AnalysisSink | null = null

  constructor(segmenter: Segmenter) {
    this.#segmenter = segmenter
  }

  scan(folded: Folded, sink: AnalysisSink): void {
    this.#units = folded.units
    this.#sink = sink
    scan(folded, this)
    this.#sink = null
  }

  run(start: number, end: number): void {
    const sink = this.#sink as AnalysisSink
    sink.run(start, end)
    this.#segmenter.cut(this.#units, start, end, sink)
  }

  token(term: string, start: number, end: number, kind: TokenKind): void {
    ;(this.#sink as AnalysisSink).token(term, start, end, kind)
  }
}

/** Collects tokens with offsets in the original text. */
class TokenList implements AnalysisSink {
  readonly tokens: Token[] = []
  #folded: Folded | null = null

  begin(folded: Folded): void {
    this.#folded = folded
  }

  run(): void {}

  word(start: number, end: number): void {
    const { units } = this.#folded as Folded
    this.token(textOf(units, start, end), start, end, TokenKind.word)
  }

  token(term: string, start: number, end: number, kind: TokenKind): void {
    const { starts, ends } = this.#folded as Folded
    this.tokens.push({
      term,
      start: starts === null ? start : starts[start]!,
      end: ends === null ? end : ends[end - 1]!,
      kind,
    })
  }
}
