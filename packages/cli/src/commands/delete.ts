/** `wenxun delete`: documents out of a live index, by their ids. */
import { Command } from 'commander'
import type { AnalyzerFlags } from '../build/build-analyzer.js'
import { ExitCode } from '../exit-code.js'
import { checkLive, withLiveIndex } from '../live/open-live.js'
import { analyzerOptions } from '../live/reading-options.js'
import { formatReport, reportJson } from '../live/report.js'
import { plural } from '../output/quantity.js'
import { printJson, stderr, stdout } from '../output/terminal.js'
import { printable } from '../output/text-width.js'

interface DeleteFlags extends AnalyzerFlags {
  quiet?: boolean
  json?: boolean
}

export function deleteCommand(): Command {
  const command = new Command('delete')
    .description('Delete documents from a live index; exit code 1 when none of them is there.')
    .argument('<directory>', 'directory of the index')
    .argument('<id...>', 'ids of documents, as `wenxun search --json` shows them')
  return analyzerOptions(command)
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print one JSON object')
    .action(remove)
}

async function remove(directory: string, ids: string[], flags: DeleteFlags): Promise<void> {
  const started = performance.now()
  checkLive(directory)
  const report = await withLiveIndex(directory, flags, async (live) => {
    const unknown = ids.filter((id) => !live.has(id))
    live.delete(ids)
    const commit = await live.commit()
    await live.merge()
    const took = performance.now() - started
    return { directory, commit, status: live.status, problems: [], took, unknown }
  })
  if (!flags.quiet && report.unknown.length > 0) {
    const names = report.unknown.slice(0, 5).map(printable).join(', ')
    stderr.write(`not there: ${plural(report.unknown.length, 'document')} (${names})\n`)
  }
  if (flags.json) printJson({ ...reportJson(report), unknown: report.unknown })
  else if (!flags.quiet) stdout.write(`${formatReport(report)}\n`)
  process.exitCode = report.commit.removed > 0 ? ExitCode.ok : ExitCode.nothing
}
