/** `wenxun add`: files and folders into a live index, in one commit. */
import { Command } from 'commander'
import { InputError } from '../errors.js'
import { withLiveIndex } from '../live/open-live.js'
import { analyzerOptions, type ReadingFlags, readingOptions } from '../live/reading-options.js'
import { formatReport, printProblems, reportJson } from '../live/report.js'
import { Progress } from '../output/progress.js'
import { printJson, stderr, stdout } from '../output/terminal.js'

export function addCommand(): Command {
  const command = new Command('add')
    .description('Add documents to a live index, or put them in the place of those with their ids.')
    .argument('<directory>', 'directory of the index; made where there is none')
    .argument('<path...>', 'files, folders, patterns, - for standard input, as for build')
  return analyzerOptions(readingOptions(command))
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print one JSON object')
    .action(add)
}

async function add(directory: string, paths: string[], flags: ReadingFlags): Promise<void> {
  const started = performance.now()
  const progress = flags.quiet ? null : new Progress(stderr)
  const { readOptions } = await import('../build/read-options.js')
  const { Adding } = await import('../live/adding.js')
  const options = await readOptions(flags)
  const report = await withLiveIndex(directory, flags, async (live) => {
    const adding = new Adding(live, progress)
    await adding.read(paths, options)
    progress?.clear()
    const missing = adding.missingMessage(paths)
    if (missing !== '') throw new InputError(missing)
    if (adding.documents === 0) {
      printProblems(adding.problems)
      throw new InputError('Found nothing to add; the index is as it was.')
    }
    progress?.note('writing …')
    const commit = await live.commit()
    progress?.note('merging …')
    await live.merge()
    progress?.clear()
    const took = performance.now() - started
    return { directory, commit, status: live.status, problems: adding.problems, took }
  })
  if (!flags.quiet) printProblems(report.problems)
  if (flags.json) printJson(reportJson(report))
  else if (!flags.quiet) stdout.write(`${formatReport(report)}\n`)
}
