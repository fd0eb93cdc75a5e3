/** `wenxun explain-text`: how a text is folded, cut and termed. */
import type { Analyzer, Folded } from '@wenxun/tokenizer'
import { Command } from 'commander'
import { InputError } from '../errors.js'
import { ExitCode } from '../exit-code.js'
import { type TextFold, textFolds } from '../explain/text-folds.js'
import { formatAnalysis, type TextAnalysis } from '../explain/text-report.js'
import { printJson, stderr, stdout } from '../output/terminal.js'

export function explainTextCommand(): Command {
  return new Command('explain-text')
    .description('Show how a text is folded, cut into words, and turned into terms.')
    .argument('<text...>', 'the text; several words are one text')
    .option('--json', 'print one JSON object')
    .action(explain)
}

async function explain(words: string[], { json }: { json?: boolean }): Promise<void> {
  const text = words.join(' ')
  if (text.trim() === '') throw new InputError('The text is empty.')
  const { createAnalyzer } = await import('@wenxun/tokenizer')
  const analyzer = createAnalyzer()
  const analysis = await analyze(analyzer, text)
  if (json) printJson(analysisJson(analyzer, analysis))
  else stdout.write(formatAnalysis(analysis, stdout))
  if (analysis.tokens.length > 0) return
  if (!json) stderr.write('Nothing of this text can be searched.\n')
  process.exitCode = ExitCode.nothing
}

async function analyze(analyzer: Analyzer, text: string): Promise<TextAnalysis> {
  const { indexTerms } = await import('@wenxun/tokenizer/adapters')
  const grams = indexTerms(analyzer, text, { words: false })
  const distinct = (kind: string) => [
    ...new Set(grams.filter((gram) => gram.kind === kind).map(({ term }) => term)),
  ]
  const { folded, folds } = await fold(analyzer, text)
  return {
    text,
    folded,
    folds,
    tokens: indexTerms(analyzer, text, { grams: false }),
    characters: distinct('character'),
    bigrams: distinct('bigram'),
  }
}

async function fold(
  analyzer: Analyzer,
  text: string,
): Promise<{ folded: string; folds: TextFold[] }> {
  const { foldToString } = await import('@wenxun/tokenizer/scan')
  let result: Folded | undefined
  analyzer.analyze(text, {
    begin: (folded) => {
      result = folded
    },
    run: () => {},
    word: () => {},
    token: () => {},
  })
  if (!result) throw new Error('The analyzer did not begin.')
  return { folded: foldToString(result), folds: textFolds(result) }
}

/** The JSON of the contract: field names are kept for good. */
function analysisJson({ name, fingerprint }: Analyzer, analysis: TextAnalysis) {
  const { text, folded, folds, tokens, characters, bigrams } = analysis
  return { text, folded, analyzer: { name, fingerprint }, folds, tokens, characters, bigrams }
}
