import { getEventListeners } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { InputError } from '../errors.js'
import { type PoolOptions, SearchPool } from './search-pool.js'

/**
 * Speaks as search-worker.js does. Answers with what it was asked, waits until it is given up, or
 * dies; with a file at its path it cannot open the index.
 */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { existsSync } from 'node:fs'
    import { parentPort, workerData } from 'node:worker_threads'
    const { givenUp, path } = workerData
    const say = (said) => parentPort.postMessage(said)
    const answerTo = (id, what) => {
      if (what === 'die') process.exit(1)
      if (what === 'throw') throw new Error('thrown')
      if (what === 'wait') {
        while (Atomics.load(givenUp, 0) !== id) Atomics.wait(givenUp, 0, -1, 1)
        return { kind: 'stopped' }
      }
      const isGivenUp = Atomics.load(givenUp, 0) === id
      const answer = what === 'is given up' ? String(isGivenUp) : what
      return { kind: 'answer', answer: { status: 200, bytes: new TextEncoder().encode(answer) } }
    }
    if (existsSync(path)) say({ kind: 'failed', message: 'no index', hint: 'Build one.' })
    else {
      say({ kind: 'ready', documents: 1, paragraphs: 2 })
      parentPort.on('message', ({ id, question }) => say(answerTo(id, question.parameters)))
    }
  `)}`,
)

const folder = mkdtempSync(join(tmpdir(), 'wenxun-pool-'))
/** There while threads cannot open the index. */
const obstacle = join(folder, 'obstacle')
let pool: SearchPool
afterEach(async () => {
  await pool.close()
  rmSync(obstacle, { force: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

async function open(options: PoolOptions): Promise<void> {
  pool = await SearchPool.open({ path: obstacle, descriptor: null }, { program, ...options })
}

/** Asks; the answer is what was asked. */
async function ask(parameters: string, signal = new AbortController().signal): Promise<string> {
  const { bytes } = await pool.ask({ kind: 'search', parameters }, signal)
  return new TextDecoder().decode(bytes)
}

/** Asks for what has no end; `leave` gives it up. */
function askForEver(): { ended: Promise<unknown>; leave: () => void } {
  const control = new AbortController()
  const ended = ask('wait', control.signal).catch((error: unknown) => error)
  return { ended, leave: () => control.abort('left') }
}

describe('questions', () => {
  it('are answered one after the other by one thread', async () => {
    await open({ threads: 1 })
    expect(pool.counts).toMatchObject({ documents: 1, paragraphs: 2 })
    expect(await Promise.all(['a', 'b', 'c'].map((what) => ask(what)))).toEqual(['a', 'b', 'c'])
    expect(pool.status).toMatchObject({ threads: 1, answered: 3, running: 0, waiting: 0 })
  })

  it('leave nothing behind on a signal that stays', async () => {
    await open({ threads: 1 })
    const { signal } = new AbortController()
    await Promise.all([ask('a', signal), ask('b', signal)])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('get more threads when there are more of them, and no more than asked for', async () => {
    await open({ threads: 2 })
    expect(pool.status).toMatchObject({ threads: 1, most_threads: 2 })
    const asked = [askForEver(), askForEver(), askForEver()]
    await vi.waitUntil(() => pool.status.running === 2, { timeout: 30_000 })
    expect(pool.status).toMatchObject({ threads: 2, running: 2, waiting: 1 })
    for (const { leave } of asked) leave()
    expect(await ask('a')).toBe('a')
  })

  it('are refused with 503 when too many wait', async () => {
    await open({ threads: 1, mostWaiting: 1 })
    const asked = [askForEver(), askForEver()]
    await expect(ask('a')).rejects.toMatchObject({ status: 503, code: 'busy' })
    expect(pool.status).toMatchObject({ running: 1, waiting: 1, refused: 1 })
    for (const { leave } of asked) leave()
    await Promise.all(asked.map(({ ended }) => ended))
    expect(await ask('a')).toBe('a')
  })
})

it('stops what takes too long, and says so', async () => {
  await open({ threads: 1, longest: 1 })
  await expect(ask('wait')).rejects.toMatchObject({ status: 503, code: 'timeout' })
  expect(pool.status).toMatchObject({ running: 0, aborted: 1 })
})

describe('a question that is given up', () => {
  it('stops its search, and the thread takes the next one', async () => {
    await open({ threads: 1 })
    const { ended, leave } = askForEver()
    expect(pool.status.running).toBe(1)
    leave()
    expect(await ended).toBe('left')
    expect(pool.status).toMatchObject({ running: 0, aborted: 1, left: 0, threads: 1 })
    expect(await ask('a')).toBe('a')
  })

  it('is never searched for when it still waits', async () => {
    await open({ threads: 1 })
    const running = askForEver()
    const waiting = askForEver()
    waiting.leave()
    expect(await waiting.ended).toBe('left')
    expect(pool.status).toMatchObject({ running: 1, waiting: 0, left: 1, aborted: 0 })
    running.leave()
    await running.ended
    expect(pool.status).toMatchObject({ aborted: 1, answered: 0 })
  })

  it('does not stop the one after it', async () => {
    await open({ threads: 1 })
    const { ended, leave } = askForEver()
    leave()
    expect(await ask('is given up')).toBe('false')
    await ended
    const late = new AbortController()
    expect(await ask('a', late.signal)).toBe('a')
    late.abort()
    expect(await ask('is given up')).toBe('false')
  })
})

describe('a thread that dies', () => {
  it.each(['die', 'throw'])('fails its question (%s) and no other', async (how) => {
    await open({ threads: 1 })
    const died = ask(how)
    const next = ask('next')
    await expect(died).rejects.toMatchObject({
      status: 500,
      code: 'internal',
      message: expect.stringContaining('Another one takes its place'),
    })
    expect(await next).toBe('next')
    expect(pool.status).toMatchObject({ threads: 1, failed: 1, answered: 1 })
  })

  it('may find no successor for as long as the index cannot be opened', async () => {
    await open({ threads: 2 })
    writeFileSync(obstacle, '')
    await expect(ask('die')).rejects.toMatchObject({ status: 500 })
    await expect(ask('a')).rejects.toThrow('no index')
    rmSync(obstacle)
    expect(await ask('a')).toBe('a')
    const asked = [askForEver(), askForEver()]
    await vi.waitUntil(() => pool.status.running === 2, { timeout: 30_000 })
    for (const { leave } of asked) leave()
  })
})

it('says why an index cannot be opened', async () => {
  writeFileSync(obstacle, '')
  const opened = open({ threads: 1 })
  await expect(opened).rejects.toThrow(InputError)
  await expect(opened).rejects.toMatchObject({ message: 'no index', hint: 'Build one.' })
})

it('ends what waits and what runs when it is closed', async () => {
  await open({ threads: 1 })
  const asked = Promise.allSettled([ask('wait'), ask('a')])
  await pool.close()
  const statuses = (await asked).map((one) => one.status === 'rejected' && one.reason.status)
  expect(statuses).toEqual([500, 503])
  await expect(ask('b')).rejects.toMatchObject({ status: 503 })
  expect(pool.status.threads).toBe(0)
})
