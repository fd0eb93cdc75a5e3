/** `wenxun serve` ends what nobody waits for any longer, and ends itself without losing anybody. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { root, useFolder, wenxun } from './wenxun.js'

const inFolder = useFolder()
let server: ChildProcess
let url: string
afterEach(() => server.kill('SIGKILL'))

async function serve(...options: string[]): Promise<void> {
  const program = join(root, 'packages/cli/bin/wenxun.js')
  const args = [program, 'serve', inFolder('long.wx'), '--port', '0', '--json', ...options]
  server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(server.stdout!, 'data')) as [Buffer]
  url = JSON.parse(line.toString()).url
}

/** Each is three characters that no word list knows: their texts have to be read. */
const phrases = Array.from({ length: 100 }, (_, i) => {
  return String.fromCharCode(0x5000 + i * 7, 0x5800 + i * 5, 0x6000 + i * 3)
})
/** Seconds of work in an index where every text has all of them. */
const longQuery = phrases.join(' OR ')

beforeAll(() => {
  const paragraphs = Array.from({ length: 2000 }, (_, i) => ({
    text: `${i}。${phrases.join('，')}`,
  }))
  writeFileSync(inFolder('long.jsonl'), JSON.stringify({ id: 'long', paragraphs }))
  expect(wenxun(['build', inFolder('long.jsonl'), '-o', inFolder('long.wx')]).code).toBe(0)
})

const pathOf = (query: string) => `api/search?q=${encodeURIComponent(query)}`

interface Status {
  readonly threads: number
  readonly running: number
  readonly waiting: number
  readonly answered: number
  readonly aborted: number
  readonly left: number
}

async function status(): Promise<Status> {
  return (await fetch(`${url}api/status`)).json() as Promise<Status>
}

/** Asks for what takes long; `leave` closes the connection. */
function askLong(): { ended: Promise<unknown>; leave: () => void } {
  const control = new AbortController()
  const ended = fetch(url + pathOf(longQuery), { signal: control.signal })
  return { ended: ended.catch((error: Error) => error.name), leave: () => control.abort() }
}

async function until(holds: (status: Status) => boolean): Promise<Status> {
  return await vi.waitUntil(
    async () => {
      const now = await status()
      return holds(now) && now
    },
    { timeout: 30_000, interval: 5 },
  )
}

describe('a search whose client has gone', () => {
  it('is stopped while it runs, and its thread goes on', async () => {
    await serve('--threads', '1')
    const { ended, leave } = askLong()
    await until(({ running }) => running === 1)
    leave()
    expect(await ended).toBe('AbortError')
    expect(await until(({ running }) => running === 0)).toMatchObject({ aborted: 1, answered: 2 })
    const answer = await fetch(url + pathOf(`"${phrases[0]}"`))
    expect(await answer.json()).toMatchObject({ total: 2000, total_is_exact: true })
    expect(await status()).toMatchObject({ threads: 1, aborted: 1, answered: 3 })
  })

  it('is never begun while it waits for a thread', async () => {
    await serve('--threads', '1')
    const first = askLong()
    await until(({ running }) => running === 1)
    const second = askLong()
    await until(({ waiting }) => waiting === 1)
    second.leave()
    expect(await until(({ waiting }) => waiting === 0)).toMatchObject({ running: 1, left: 1 })
    first.leave()
    expect(await until(({ running }) => running === 0)).toMatchObject({ aborted: 1, left: 1 })
  })
})

it('a long search keeps nothing else waiting that needs no search', async () => {
  await serve('--threads', '1')
  const { leave } = askLong()
  await until(({ running }) => running === 1)
  for (const path of ['', 'serve.js', 'api/index']) {
    expect((await fetch(url + path)).status).toBe(200)
  }
  expect(await status()).toMatchObject({ running: 1 })
  leave()
})

it('searches run beside each other in as many threads as were asked for', async () => {
  await serve('--threads', '2')
  const asked = [askLong(), askLong(), askLong()]
  expect(await until(({ running }) => running === 2)).toMatchObject({ threads: 2, waiting: 1 })
  for (const { leave } of asked) leave()
  await until(({ running }) => running === 0)
})

describe('a server that is told to stop', () => {
  it('answers everybody who has come, and drops no connection', async () => {
    await serve()
    const answered = Array.from({ length: 32 }, () => askUntilRefused())
    await until(({ answered: count }) => count > 100)
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    for (const { count, last } of await Promise.all(answered)) {
      expect(last).toBe('ECONNREFUSED')
      expect(count).toBeGreaterThan(0)
    }
  })
})

/** How many questions were answered in full, and what became of the one that was not. */
async function askUntilRefused(): Promise<{ count: number; last: unknown }> {
  for (let count = 0; ; count++) {
    const outcome = await new Promise<number | string | undefined>((resolve) => {
      const request = get(url + pathOf('没有'), { agent: false }, (response) => {
        response.resume().on('close', () => {
          resolve(response.complete ? response.statusCode : 'broken off')
        })
      })
      request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    })
    if (outcome !== 200) return { count, last: outcome }
  }
}
