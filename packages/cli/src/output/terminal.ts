/**
 * The two streams of the program: results on stdout, everything else on stderr.
 * Colour and line breaks appear only where a person reads along on a terminal.
 */
import pc from 'picocolors'

/** A stream and how to write on it. */
export interface Terminal {
  readonly write: (text: string) => void
  readonly colors: ReturnType<typeof pc.createColors>
  /** Whether a person is watching: redrawing and wrapping make sense. */
  readonly isTerminal: boolean
  /** Cells in a row; 0 when the output has no width (a pipe or a file). */
  readonly columns: number
}

/** Rows wider than this are hard to read, however wide the window. */
const widestRow = 120

/** Describes a stream of the process under its environment (`NO_COLOR`, `FORCE_COLOR`, `TERM`). */
export function terminalOf(
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv = process.env,
): Terminal {
  const isTerminal = stream.isTTY === true
  return {
    write: (text) => {
      stream.write(text)
    },
    colors: pc.createColors(wantsColor(isTerminal, env)),
    isTerminal,
    columns: isTerminal ? Math.min(stream.columns || 80, widestRow) : 0,
  }
}

function wantsColor(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
  return isTerminal && env['TERM'] !== 'dumb'
}

/** Where results go. */
export const stdout: Terminal = terminalOf(process.stdout)

/** Where progress, notes and errors go. */
export const stderr: Terminal = terminalOf(process.stderr)

/** Prints one object as one line of JSON on stdout; lone surrogates are escaped. */
export function printJson(value: unknown): void {
  stdout.write(`${JSON.stringify(value)}\n`)
}
