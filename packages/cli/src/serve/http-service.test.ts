import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, HttpService, sendJson } from './http-service.js'
import { RequestError } from './request-error.js'

let service: HttpService | undefined
afterEach(() => service?.stop(0))

async function started(answer: Answer): Promise<string> {
  service = new HttpService(answer)
  const { port } = await service.listen(0, '127.0.0.1')
  return `http://127.0.0.1:${port}/`
}

/** A promise that is settled from outside. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

describe('errors', () => {
  it('are JSON, with their status', async () => {
    const url = await started(() => {
      throw new RequestError(404, 'not-found', 'There is nothing.')
    })
    const response = await fetch(url)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({
      error: { code: 'not-found', message: 'There is nothing.' },
    })
  })

  it('of the program end neither the server nor the connection', async () => {
    const url = await started(() => Promise.reject(new Error('at fault')))
    for (let i = 0; i < 2; i++) {
      const response = await fetch(url)
      expect(response.status).toBe(500)
      expect(await response.json()).toMatchObject({ error: { code: 'internal' } })
    }
  })
})

it('answers what is no request with JSON, too', async () => {
  const url = new URL(await started((_, response) => sendJson(response, 200, {})))
  const answers = ['nonsense\r\n\r\n', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`].map(
    async (bytes) => {
      const socket = connect(Number(url.port), url.hostname)
      socket.end(bytes)
      return await text(socket)
    },
  )
  const [nonsense = '', long = ''] = await Promise.all(answers)
  expect(nonsense).toMatch(/^HTTP\/1\.1 400 .*"code":"request"/s)
  expect(long).toMatch(/^HTTP\/1\.1 431 .*"code":"too-long"/s)
})

describe('stopping', () => {
  it('answers what runs and what arrives before the door closes, and nothing afterwards', async () => {
    const arrived = gate()
    const may = gate()
    const held = gate()
    let asked = 0
    const url = await started(async (_, response) => {
      if (++asked === 1) {
        arrived.open()
        await may.opened
      }
      sendJson(response, 200, { asked })
    })
    const first = fetch(url)
    await arrived.opened
    const door = gate()
    const stopped = service!.stop(60_000, door.opened)
    const second = connect(Number(new URL(url).port), '127.0.0.1', held.open)
    second.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await held.opened
    may.open()
    const answered = await first
    expect([answered.status, answered.headers.get('connection')]).toEqual([200, 'close'])
    expect(await answered.json()).toEqual({ asked: 1 })
    // Who asks again when answered has to wait for the door, else he would come again and again.
    for (let turn = 0; turn < 50; turn++) await setImmediate()
    expect(asked).toBe(1)
    door.open()
    expect(await text(second)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*Connection: close.*{"asked":2}$/is)
    await stopped
    await expect(fetch(url)).rejects.toThrow()
  })

  it('turns away with 503 what cannot be answered, and says when to come again', async () => {
    const url = await started(() => {
      throw new RequestError(503, 'busy', 'Too many.')
    })
    const response = await fetch(url)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
  })

  it('does not wait for a connection that is only kept alive', async () => {
    const url = await started((_, response) => sendJson(response, 200, {}))
    const agent = new Agent({ keepAlive: true })
    await new Promise((resolve) => {
      get(url, { agent }, (response) => response.resume().on('end', resolve))
    })
    await service!.stop()
    agent.destroy()
  })

  it('does not wait for a connection on which nothing is ever asked', async () => {
    const url = await started((_, response) => sendJson(response, 200, {}))
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const closed = text(socket)
    // Its turn comes after that of the silent one.
    await fetch(url)
    await service!.stop(60_000)
    expect(await closed).toBe('')
  })

  it('turns away what does not finish, and cuts off what has begun', async () => {
    const arrived = gate()
    const url = await started(async ({ url: path }, response) => {
      if (path === '/begun') response.write('half')
      else arrived.open()
      await new Promise(() => {})
    })
    const begun = await fetch(`${url}begun`)
    const answer = fetch(url)
    await arrived.opened
    await service!.stop(20)
    expect((await answer).status).toBe(503)
    expect(await (await answer).json()).toMatchObject({ error: { code: 'stopping' } })
    await expect(begun.text()).rejects.toThrow()
  })
})

it('tells a request that nobody waits for it any longer', async () => {
  const arrived = gate()
  const gone = gate()
  const url = await started(async (_, __, signal) => {
    signal.addEventListener('abort', gone.open)
    arrived.open()
    await gone.opened
  })
  const leaving = new AbortController()
  const answer = fetch(url, { signal: leaving.signal })
  answer.catch(() => {})
  await arrived.opened
  leaving.abort()
  await gone.opened
})
