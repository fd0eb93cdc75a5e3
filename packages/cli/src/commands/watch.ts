/** `wenxun watch`: a live index that follows a folder until it is told to stop. */
import { statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { Command } from 'commander'
import { InputError } from '../errors.js'
import type { FolderMirror } from '../live/folder-mirror.js'
import { analyzerOptions, type ReadingFlags, readingOptions } from '../live/reading-options.js'
import { formatReport, printProblems, reportJson } from '../live/report.js'
import { Progress } from '../output/progress.js'
import { printJson, stderr } from '../output/terminal.js'
import { printable } from '../output/text-width.js'
import { wholeNumber } from './options.js'

interface WatchFlags extends ReadingFlags {
  output: string
  wait: number
  once?: boolean
}

export function watchCommand(): Command {
  const command = new Command('watch')
    .description('Keep a live index the same as a folder; stops at Ctrl-C.')
    .argument('<folder>', 'folder of documents')
    .requiredOption('-o, --output <directory>', 'directory of the index; made where there is none')
    .option('--wait <ms>', 'quiet time after a change before it is read', wholeNumber(0), 300)
    .option('--once', 'take over what changed, then end')
  return analyzerOptions(readingOptions(command))
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print a JSON object for every commit, a line each')
    .action(watch)
}

async function watch(folder: string, flags: WatchFlags): Promise<void> {
  checkFolder(folder, flags.output)
  const { readOptions } = await import('../build/read-options.js')
  const { buildAnalyzer } = await import('../build/build-analyzer.js')
  const mirrors = await import('../live/folder-mirror.js')
  const { openLiveIndex } = await import('@wenxun/node')
  const options = await readOptions(flags)
  const analyzer = buildAnalyzer(flags)
  const live = await openLiveIndex(flags.output, { analyzer, ...(flags.lean && { lean: true }) })
  try {
    const mirror = new mirrors.FolderMirror(live, resolve(folder), flags.output, options)
    const round = () => takeOver(mirror, flags)
    await round()
    if (flags.once) await live.merge()
    else await follow(folder, flags, round)
  } finally {
    await live.close()
  }
  if (!flags.quiet && !flags.once) stderr.write('Stopped.\n')
}

async function takeOver(mirror: FolderMirror, flags: WatchFlags): Promise<void> {
  const progress = flags.quiet ? null : new Progress(stderr)
  const report = await mirror.round(progress)
  progress?.clear()
  if (report === null) return
  if (!flags.quiet) printProblems(report.problems)
  if (flags.json) printJson(reportJson(report))
  else if (!flags.quiet) stderr.write(`${formatReport(report)}\n`)
}

/** Runs a round after every quiet spell that follows a change; ends at a signal. */
async function follow(
  folder: string,
  flags: WatchFlags,
  round: () => Promise<void>,
): Promise<void> {
  const chokidar = await import('chokidar')
  const watcher = chokidar.watch(folder, { ignoreInitial: true, ignored: isHidden(folder) })
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  try {
    await new Promise<void>((stop, fail) => {
      const changed = () => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          running = running.then(round)
          running.catch(fail)
        }, flags.wait)
      }
      watcher.on('all', changed)
      watcher.on('error', fail)
      // What changed before the watcher was ready has made no event.
      watcher.on('ready', () => {
        changed()
        if (!flags.quiet) stderr.write(`Watching ${printable(folder)}; Ctrl-C stops.\n`)
      })
      process.once('SIGINT', () => stop())
      process.once('SIGTERM', () => stop())
    })
  } finally {
    clearTimeout(timer)
    await watcher.close()
    // A round that runs is finished; its commit is not torn.
    await running.catch(() => undefined)
  }
}

function checkFolder(folder: string, output: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`${folder}: no such folder`)
  }
  if (`${resolve(output)}${sep}`.startsWith(`${resolve(folder)}${sep}`)) {
    throw new InputError(
      `${output} is in the folder that is watched.`,
      'Put the index somewhere else.',
    )
  }
}

/** Hidden files and node_modules are no documents; see `walk`. */
function isHidden(folder: string): (path: string) => boolean {
  const root = resolve(folder)
  return (path) => {
    const below = resolve(path).slice(root.length).split(sep)
    return below.some((name) => name.startsWith('.') || name === 'node_modules')
  }
}
