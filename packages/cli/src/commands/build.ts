/** `wenxun build`: files and folders in, one index file out. */
import type { FieldMapping, Format, Problem, ReadOptions } from '@wenxun/ingest'
import { Command, Option } from 'commander'
import type { Indexing } from '../build/indexing.js'
import { type BuildReport, formatReport } from '../build/report.js'
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
  profile: 'auto' | 'report' | 'plain'
  quiet?: boolean
  json?: boolean
}

const formats = ['auto', 'text', 'markdown', 'html', 'json', 'jsonl']
const profiles = ['auto', 'report', 'plain']
const listedProblems = 20

export function buildCommand(): Command {
  return new Command('build')
    .description('Index files and folders.')
    .argument('<path...>', 'files and folders: text, Markdown, HTML, JSON, JSONL; also .gz')
    .requiredOption('-o, --output <index>', 'index file to write')
    .addOption(
      new Option('--format <name>', 'format of the files').choices(formats).default('auto'),
    )
    .option('--fields <ours=theirs,...>', 'names in JSON records: text=body,id=docno', fieldMapping)
    .option('--encoding <name>', 'encoding of the files (default: found out)')
    .addOption(
      new Option('--profile <name>', 'cleaning of text files').choices(profiles).default('auto'),
    )
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print one JSON object')
    .action(build)
}

async function build(paths: string[], flags: BuildFlags): Promise<void> {
  const started = performance.now()
  checkWritable(flags.output)
  const progress = flags.quiet ? null : new Progress(stderr)
  const indexing = await startIndexing(paths, progress)
  await indexing.readAll(readOptions(flags))
  progress?.clear()
  refuseNothing(indexing)
  progress?.note('writing the index …')
  const bytes = indexing.finish()
  writeFileAtomically(flags.output, bytes)
  progress?.clear()
  const report = indexing.report(flags.output, bytes.length, performance.now() - started)
  if (!flags.quiet) printProblems(report.problems)
  if (flags.json) printJson(reportJson(report))
  else if (!flags.quiet) stdout.write(formatReport(report, stdout))
}

/** Readers and dictionary are loaded here, so that the other commands start without them. */
async function startIndexing(paths: string[], progress: Progress | null): Promise<Indexing> {
  const module = await import('../build/indexing.js')
  return new module.Indexing(paths, progress)
}

function readOptions({ format, profile, fields, encoding }: BuildFlags): ReadOptions {
  return { format, profile, ...(fields && { fields }), ...(encoding && { encoding }) }
}

/** Without documents, or with a path that is not there, nothing is written. */
function refuseNothing({ problems, documents, missing }: Indexing): void {
  if (missing.length > 0) throw new InputError(missing.map(({ message }) => message).join('\n'))
  if (documents > 0) return
  printProblems(problems)
  throw new InputError('Found nothing to index; no index was written.')
}

function printProblems(problems: readonly Problem[]): void {
  for (const { message } of problems.slice(0, listedProblems)) {
    stderr.write(`${stderr.colors.yellow('skipped:')} ${printable(message)}\n`)
  }
  const more = problems.length - listedProblems
  if (more > 0) stderr.write(`… and ${plural(more, 'more problem')}; --json lists them all.\n`)
}

/** The JSON of the contract: field names are kept for good. */
function reportJson(report: BuildReport) {
  const { path, documents, paragraphs, sourceBytes, bytes, took, problems } = report
  return {
    index: path,
    documents,
    paragraphs,
    source_bytes: sourceBytes,
    bytes,
    took_ms: Number(took.toFixed(1)),
    problems,
  }
}
