import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
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
  it('lets running requests finish and takes no new ones', async () => {
    const arrived = gate()
    const may = gate()
    const url = await started(async (_, response) => {
      arrived.open()
      await may.opened
      sendJson(response, 200, { done: true })
    })
    const answer = fetch(url).then((response) => response.json())
    await arrived.opened
    const stopped = service!.stop()
    await expect(fetch(url)).rejects.toThrow()
    may.open()
    expect(await answer).toEqual({ done: true })
    await stopped
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

  it('cuts off what does not finish', async () => {
    const arrived = gate()
    const url = await started(async () => {
      arrived.open()
      await new Promise(() => {})
    })
    const answer = fetch(url)
    answer.catch(() => {})
    await arrived.opened
    await service!.stop(20)
    await expect(answer).rejects.toThrow()
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
