/** The flags of commands that read files into a live index: those of `wenxun build`. */
import type { FieldMapping, Format } from '@wenxun/ingest'
import { type Command, Option } from 'commander'
import type { AnalyzerFlags, SegmenterName } from '../build/build-analyzer.js'
import type { ReadFlags } from '../build/read-options.js'
import { fieldMapping } from '../commands/options.js'

export interface ReadingFlags extends ReadFlags, AnalyzerFlags {
  lean?: true
  format: Format | 'auto'
  fields?: FieldMapping
  encoding?: string
  profile: string
  ignore?: string[]
  quiet?: boolean
  json?: boolean
}

const formats = ['auto', 'text', 'markdown', 'html', 'json', 'jsonl', 'csv', 'tsv', 'docx', 'pdf']
const segmenters: SegmenterName[] = ['dictionary', 'jieba', 'intl']

const gathered = (text: string, before: string[] = []) => [...before, text]

export function readingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'format of the files').choices(formats).default('auto'),
    )
    .option(
      '--fields <ours=theirs,...>',
      'names in JSON records and tables: text=body,id=docno',
      fieldMapping,
    )
    .option('--encoding <name>', 'encoding of the files (default: found out)')
    .option('--profile <name>', 'cleaning of text: auto, report, plain, or a module', 'auto')
    .option(
      '--ignore <pattern>',
      'leave files out, as a line of a .gitignore; repeatable',
      gathered,
    )
    .option(
      '--lean',
      'a smaller index, without words of three and more characters; when it is made',
    )
}

/** What cuts words: it must be the same for the life of an index. */
export function analyzerOptions(command: Command): Command {
  return command
    .option('--user-dictionary <file>', 'words of your own; the same for the life of the index')
    .addOption(
      new Option('--segmenter <name>', 'what cuts words; the same for the life of the index')
        .choices(segmenters)
        .default(segmenters[0]),
    )
}
