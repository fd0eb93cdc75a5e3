/** `wenxun build`: files and folders in, one index file out. */
import type { FieldMapping, Format, Problem } from '@wenxun/ingest'
import { Command, Option } from 'commander'
import type { SegmenterName } from '../build/build-analyzer.js'
import { BuildMemory } from '../build/build-memory.js'
import { type Cleaning, formatCleanings } from '../build/cleaning.js'
import type { Indexing } from '../build/indexing.js'
import { type BuildReport, formatReport, problemCounts } from '../build/report.js'
import { InputError } from '../errors.js'
import { checkWritable, writeFileAtomically } from '../output/atomic-file.js'
import { Progress } from '../output/progress.js'
import { plural } from '../output/quantity.js'
import { printJson, stderr, stdout } from '../output/terminal.js'
import { printable } from '../output/text-width.js'
import { checkBundleFolder } from '../site/bundle-folder.js'
import { FOR_VISITORS } from '../site/for-visitors.js'
import { byteSize, fieldMapping } from './options.js'

interface BuildFlags {
  output: string
  format: Format | 'auto'
  fields?: FieldMapping
  encoding?: string
  profile: string
  ignore?: string[]
  strict?: boolean
  showRemoved?: boolean
  shards?: boolean
  forVisitors?: boolean
  /** Commander sets it to true by itself; only false says anything. */
  ranges: boolean
  /** As `ranges`. */
  ui: boolean
  memory?: number
  lean?: boolean
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
    .requiredOption('-o, --output <index>', 'index file to write; with --shards a folder')
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
    .option('--shards', 'write a bundle for a static host; -o names its folder')
    .option('--for-visitors', 'with --shards: as wenxun site builds, for searches from afar')
    .option('--no-ranges', 'with --shards: the host sends files whole only; make small ones')
    .option('--no-ui', 'with --shards: do not put the search box into the bundle')
    .option(
      '--lean',
      'a smaller index: no words of three and more characters, larger pieces of text',
    )
    .option(
      '--memory <size>',
      'most memory to take, such as 300MB; the rest waits on disk',
      byteSize,
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
  refuseBundleFlags(flags)
  if (flags.shards) checkBundleFolder(flags.output)
  else checkWritable(flags.output)
  const memory = flags.memory === undefined ? null : new BuildMemory(flags.memory)
  try {
    await buildWithin(memory, paths, flags)
  } finally {
    memory?.close()
  }
}

async function buildWithin(
  memory: BuildMemory | null,
  paths: string[],
  flags: BuildFlags,
): Promise<void> {
  const started = performance.now()
  const progress = flags.quiet ? null : new Progress(stderr)
  const { readOptions } = await import('../build/read-options.js')
  const options = await readOptions(flags)
  const indexing = await startIndexing(paths, progress, flags, memory)
  if (flags.showRemoved) indexing.keepCleanings()
  await indexing.readAll(options)
  progress?.clear()
  refuseNothing(indexing)
  if (flags.strict) refuseProblems(indexing)
  progress?.note('writing the index …')
  const written = flags.shards
    ? await writeBundle(flags, indexing.finish())
    : writeIndex(flags.output, indexing)
  progress?.clear()
  const report = indexing.report(flags.output, written, performance.now() - started)
  if (!flags.quiet) printProblems(report.problems)
  if (flags.json) printJson(reportJson(report, flags.showRemoved ? indexing.cleanings : null))
  else if (!flags.quiet) {
    if (flags.showRemoved) stdout.write(`${formatCleanings(indexing.cleanings, stdout)}\n`)
    stdout.write(formatReport(report, stdout))
  }
}

/** Returns the size of the index. */
function writeIndex(path: string, indexing: Indexing): number {
  let bytes = 0
  writeFileAtomically(path, (write) => {
    bytes = indexing.finishTo(write)
  })
  return bytes
}

/** The bytes of all files of the bundle. */
async function writeBundle({ output, ui, ranges }: BuildFlags, index: Uint8Array): Promise<number> {
  const { writeShards } = await import('../site/shards.js')
  return writeShards(output, index, ui, { ranges }).bytes
}

/** Readers and dictionary are loaded here, so that the other commands start without them. */
async function startIndexing(
  paths: string[],
  progress: Progress | null,
  flags: BuildFlags,
  memory: BuildMemory | null,
): Promise<Indexing> {
  const { buildAnalyzer } = await import('../build/build-analyzer.js')
  const module = await import('../build/indexing.js')
  return new module.Indexing(paths, progress, buildAnalyzer(flags), {
    ...(memory && { memory }),
    ...(flags.lean && { lean: true }),
    ...(flags.forVisitors && FOR_VISITORS),
  })
}

/** What says how a bundle is written means nothing to a file. */
function refuseBundleFlags({ shards, forVisitors, ranges, ui }: BuildFlags): void {
  const given = [forVisitors && '--for-visitors', !ranges && '--no-ranges', !ui && '--no-ui']
  const flag = given.find((name) => name)
  if (flag && !shards) throw new InputError(`${flag} is for bundles; give --shards, too.`)
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
