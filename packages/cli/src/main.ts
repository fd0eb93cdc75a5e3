/** `wenxun`: the command line, from arguments to an exit code. */
import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import { addCommand } from './commands/add.js'
import { buildCommand } from './commands/build.js'
import { cutCommand } from './commands/cut.js'
import { deleteCommand } from './commands/delete.js'
import { explainTextCommand } from './commands/explain-text.js'
import { inspectCommand } from './commands/inspect.js'
import { mergeCommand } from './commands/merge.js'
import { searchCommand } from './commands/search.js'
import { serveCommand } from './commands/serve.js'
import { siteCommand } from './commands/site.js'
import { verifyCommand } from './commands/verify.js'
import { watchCommand } from './commands/watch.js'
import { describeError } from './errors.js'
import { ExitCode } from './exit-code.js'
import { stderr } from './output/terminal.js'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.ok)
  throw error
})

function createProgram(): Command {
  const program = new Command('wenxun')
    .description('Chinese-aware full-text search.')
    .version(version)
    .addHelpText(
      'after',
      `
Exit codes: 0 found or done, 1 nothing found, 2 usage or input error.

Examples:
  wenxun build reports/ -o reports.wx
  wenxun search reports.wx 法治政府建设
  wenxun search reports.wx '"一网通办"' --filter city=洛阳市 --json`,
    )
  const commands = [
    buildCommand(),
    searchCommand(),
    addCommand(),
    deleteCommand(),
    mergeCommand(),
    watchCommand(),
    siteCommand(),
    serveCommand(),
    inspectCommand(),
    verifyCommand(),
    cutCommand(),
    explainTextCommand(),
  ]
  for (const command of commands) {
    program.addCommand(command)
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().showHelpAfterError(usageHint(command)).configureOutput(errorOutput)
  }
  return program
}

/** Faults of the command line look like every other error. */
const errorOutput = {
  outputError: (text: string, write: (text: string) => void) =>
    write(text.replace(/^error:/, stderr.colors.red('wenxun:'))),
}

function usageHint(command: Command): string {
  const help = 'Run with --help to see how it is used.'
  if (command.name() !== 'search') return help
  return `${help} Put -- before a query that begins with a dash.`
}

function reportFailure(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has printed its message, or the help or version that was asked for.
    return error.exitCode === 0 ? ExitCode.ok : ExitCode.badInput
  }
  const [message, ...advice] = describeError(error)
  stderr.write(`${stderr.colors.red('wenxun:')} ${message}\n`)
  for (const line of advice) stderr.write(`${line}\n`)
  if (process.env['WENXUN_DEBUG'] && error instanceof Error) stderr.write(`${error.stack}\n`)
  return ExitCode.badInput
}

try {
  await createProgram().parseAsync()
} catch (error) {
  process.exitCode = reportFailure(error)
}
