/** `wenxun serve`: an index with a search page and a JSON API, or a built site, on this machine. */
import { isIP } from 'node:net'
import { availableParallelism, hostname } from 'node:os'
import { Command } from 'commander'
import { InputError, isSystemError, systemReason } from '../errors.js'
import { printJson, stderr, stdout } from '../output/terminal.js'
import { printable } from '../output/text-width.js'
import type { Answer, HttpService } from '../serve/http-service.js'
import type { Served } from '../serve/served.js'
import { wholeNumber } from './options.js'

interface ServeFlags {
  port?: number
  host?: string
  threads?: number
  quiet?: boolean
  json?: boolean
}

const defaultPort = 4717
/** How many ports after the default one are tried when it is taken. */
const portsTried = 10
const localHost = '127.0.0.1'
/** More than so many threads are started only when they are asked for: each holds tables. */
const mostThreads = 4

export function serveCommand(): Command {
  return new Command('serve')
    .description('Serve an index with a search page and a JSON API, or a built site, locally.')
    .argument('<index>', 'index file, live index, folder of a site or of a bundle')
    .option('--port <number>', `port; 0 for any free one (default: ${defaultPort})`, wholeNumber(0))
    .option('--host <address>', 'listen on this address, for others too (default: this machine)')
    .option(
      '--threads <number>',
      `most threads that search (default: one a core, up to ${mostThreads})`,
      wholeNumber(1),
    )
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print one JSON object when it listens')
    .action(serve)
}

async function serve(path: string, flags: ServeFlags): Promise<void> {
  // Loaded here, so that the other commands start without a server.
  const { servedAt } = await import('../serve/served.js')
  const threads = flags.threads ?? Math.min(mostThreads, availableParallelism())
  const served = await servedAt(path, threads)
  try {
    await serveUntilStopped(served, flags)
  } finally {
    await served.close()
  }
}

async function serveUntilStopped(served: Served, flags: ServeFlags): Promise<void> {
  const { checkedUrl } = await import('../serve/request-check.js')
  const { HttpService: Service } = await import('../serve/http-service.js')
  const names = welcomeNames(flags.host)
  const answer: Answer = (request, response, signal) => {
    return served.answer(checkedUrl(request, names), request, response, signal)
  }
  const service = new Service(answer)
  const url = await listening(service, flags)
  if (flags.json) printJson({ url, ...served.facts })
  else if (!flags.quiet) {
    stdout.write(`${printable(served.what)}: ${stdout.colors.bold(url)}\n`)
    stderr.write(stderr.colors.dim('Ctrl-C stops it.\n'))
  }
  await stopSignal()
  await service.stop()
}

/** Names that requests may call the server by when it is open to others. */
function welcomeNames(host: string | undefined): string[] {
  if (host === undefined) return []
  const own = hostname().toLowerCase()
  return isIP(host) > 0 ? [own, `${own}.local`] : [host.toLowerCase(), own, `${own}.local`]
}

/** Listens on the port asked for, or the first free one from the default on; gives the address. */
async function listening(service: HttpService, { port, host }: ServeFlags): Promise<string> {
  const last = port ?? defaultPort + portsTried
  for (let next = port ?? defaultPort; ; next++) {
    try {
      const found = await service.listen(next, host ?? localHost)
      const address = found.family === 'IPv6' ? `[${found.address}]` : found.address
      const isAny = address === '0.0.0.0' || address === '[::]'
      return `http://${isAny ? localHost : address}:${found.port}/`
    } catch (error) {
      const isTaken = isSystemError(error) && error.code === 'EADDRINUSE'
      if (isTaken && next < last) continue
      throw listenError(error, next, host ?? localHost)
    }
  }
}

const listenReasons: Readonly<Record<string, readonly [string, string?]>> = {
  EADDRINUSE: ['the port is taken', 'Choose another with --port, or --port 0 for any free one.'],
  EACCES: ['listening there is not permitted', 'Ports below 1024 are for administrators.'],
  EADDRNOTAVAIL: ['this machine has no such address'],
  ENOTFOUND: ['no such host name'],
  EAI_AGAIN: ['no such host name'],
}

function listenError(error: unknown, port: number, host: string): unknown {
  if (!isSystemError(error)) {
    const isRange = error instanceof RangeError
    return isRange ? new InputError(`--port ${port}: expected at most 65535.`) : error
  }
  const [reason = systemReason(error), hint] = listenReasons[error.code ?? ''] ?? []
  return new InputError(`${host}:${port}: ${reason}`, hint)
}

/** Resolves at the first SIGINT or SIGTERM; the second ends the program at once. */
function stopSignal(): Promise<void> {
  return new Promise((stop) => {
    let asked = false
    const onSignal = () => {
      if (asked) process.exit(130)
      asked = true
      stop()
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}
