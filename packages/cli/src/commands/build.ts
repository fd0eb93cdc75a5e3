/** `wenxun build`: files and folders in, one index file out. */
import type { FieldMapping, Format, Problem } from '@wenxun/ingest'
import { Command, Option } from 'commander'
import type { SegmenterName } from '../build/build-analyzer.js'
import { type Cleaning, formatCleanings } from '../build/cleaning.js'
import type { Indexing } from '../build/indexing.js'
import { type BuildReport, formatReport, problemCounts } from '../build/report.js'
import { InputError } from '../errors.js'
import { checkWritable, writeFileAtomically } from '../output/atomic-file.js'
import { Progress } from '../output/progress.js'
import { plural } from '../output/quantity.js'
import { printJson, stderr, stdout } from '../output/terminal.js'
import { printable } from '../output/text-width.js'
import { fieldMapping } from './options.js'

interface BuildFlags {
  output: string
  format: Format | 'auto'
  fields?: FieldMapping
  encoding?: string
  profile: string
  ignore?: string[]
  strict?: boolean
  showRemoved?: boolean
  segmenter: SegmenterName
  userDictionary?: string
  quiet?: boolean
  json?: boolean
}

const formats = ['auto', 'text', 'markdown', 'html', 'json', 'jsonl', 'csv', 'tsv', 'docx', 'pdf']
const segmenters: SegmenterName[] = ['dictionary', 'jieba', 'intl']
const listedProblems = 20

const gathered = (text: string, before: string[] = []) => [...before, text]

export function buildCommand(): Command {
  return new Command('build')
    .description('Index files and folders.')
    .argument(
      '<path...>',
      'files, folders, patterns, - for standard input: text, Markdown, HTML, JSON, JSONL, CSV, TSV, ' +
        '.docx, .pdf; .gz and .zip of these',
    )
    .requiredOption('-o, --output <index>', 'index file to write')
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
    .option('--strict', 'write nothing and exit 2 when any file has a problem')
    .option('--show-removed', 'list what was taken out of each document, and what was mended')
    .option('--user-dictionary <file>', 'words of your own, one a line: word [frequency] [tag]')
    .addOption(
      new Option('--segmenter <name>', 'what cuts words')
        .choices(segmenters)
        .default(segmenters[0]),
    )
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print one JSON object')
    .action(build)
}

async function build(paths: string[], flags: BuildFlags): Promise<void> {
  const started = performance.now()
  checkWritable(flags.output)
  const progress = flags.quiet ? null : new Progress(stderr)
  const { readOptions } = await import('../build/read-options.js')
  const options = await readOptions(flags)
  const indexing = await startIndexing(paths, progress, flags)
  if (flags.showRemoved) indexing.keepCleanings()
  await indexing.readAll(options)
  progress?.clear()
  refuseNothing(indexing)
  if (flags.strict) refuseProblems(indexing)
  progress?.note('writing the index …')
  const bytes = indexing.finish()
  writeFileAtomically(flags.output, bytes)
  progress?.clear()
  const report = indexing.report(flags.output, bytes.length, performance.now() - started)
  if (!flags.quiet) printProblems(report.problems)
  if (flags.json) printJson(reportJson(report, flags.showRemoved ? indexing.cleanings : null))
  else if (!flags.quiet) {
    if (flags.showRemoved) stdout.write(`${formatCleanings(indexing.cleanings, stdout)}\n`)
    stdout.write(formatReport(report, stdout))
  }
}

/** Readers and dictionary are loaded here, so that the other commands start without them. */
async function startIndexing(
  paths: string[],
  progress: Progress | null,
  flags: BuildFlags,
): Promise<Indexing> {
  const { buildAnalyzer } = await import('../build/build-analyzer.js')
  const module = await import('../build/indexing.js')
  return new module.Indexing(paths, progress, buildAnalyzer(flags))
}

/** Without documents, or with a path that is not there, nothing is written. */
function refuseNothing({ problems, documents, missing }: Indexing): void {
  if (missing.length > 0) throw new InputError(missing.map(({ message }) => message).join('\n'))
  if (documents > 0) return
  printProblems(problems)
  throw new InputError('Found nothing to index; no index was written.')
}

function refuseProblems({ problems }: Indexing): void {
  if (problems.length === 0) return
  printProblems(problems)
  throw new InputError(
    `${plural(problems.length, 'problem')} (${problemCounts(problems)}); no index was written.`,
    'Without --strict such files are skipped.',
  )
}

function printProblems(problems: readonly Problem[]): void {
  for (const { message } of problems.slice(0, listedProblems)) {
    stderr.write(`${stderr.colors.yellow('skipped:')} ${printable(message)}\n`)
  }
  const more = problems.length - listedProblems
  if (more > 0) stderr.write(`… and ${plural(more, 'more problem')}; --json lists them all.\n`)
}

/** The JSON of the contract: field names are kept for good. */
function reportJson(report: BuildReport, cleanings: readonly Cleaning[] | null) {
  const { path, documents, paragraphs, sourceBytes, bytes, took, problems } = report
  return {
    index: path,
    documents,
    paragraphs,
    source_bytes: sourceBytes,
    bytes,
    took_ms: Number(took.toFixed(1)),
    problems,
    ...(cleanings && { removed: cleanings }),
  }
}
