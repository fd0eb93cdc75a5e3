/** The analyzer that a build is asked for. */
import { readFileSync } from 'node:fs'
import {
  type Analyzer,
  createAnalyzer,
  createIntlSegmenter,
  TokenizerError,
} from '@wenxun/tokenizer'
import { createJiebaSegmenter } from '@wenxun/tokenizer/jieba'
import { InputError } from '../errors.js'

export type SegmenterName = 'dictionary' | 'jieba' | 'intl'

export interface AnalyzerFlags {
  segmenter: SegmenterName
  /** Path of a file of the user's own words. */
  userDictionary?: string
}

/**
 * @throws {InputError} for a user dictionary with a fault in it, and for a segmenter that is not
 * installed; a system error when the file cannot be read
 */
export function buildAnalyzer({ segmenter, userDictionary }: AnalyzerFlags): Analyzer {
  if (segmenter !== 'dictionary' && userDictionary !== undefined) {
    throw new InputError(
      `--user-dictionary adds to the dictionary segmenter; ${segmenter} has words of its own.`,
      'Leave out one of --user-dictionary and --segmenter.',
    )
  }
  try {
    if (segmenter === 'jieba') return createAnalyzer({ segmenter: createJiebaSegmenter() })
    if (segmenter === 'intl') return createAnalyzer({ segmenter: createIntlSegmenter() })
    return userDictionary === undefined ? createAnalyzer() : withWordsOf(userDictionary)
  } catch (error) {
    if (error instanceof TokenizerError) throw new InputError(error.message)
    throw error
  }
}

function withWordsOf(path: string): Analyzer {
  return createAnalyzer({
    userDictionary: readFileSync(path, 'utf8'),
    userDictionaryName: path,
  })
}
