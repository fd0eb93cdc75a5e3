import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { checkedUrl } from './request-check.js'

const request = (url: string, host = 'localhost:4717', method = 'GET') =>
  ({ url, method, headers: { host } }) as unknown as IncomingMessage
const statusOf = (...args: Parameters<typeof request>) => {
  try {
    checkedUrl(request(...args), ['search.example'])
    return 200
  } catch (error) {
    return (error as { status: number }).status
  }
}

describe('a request is answered', () => {
  it.each([
    'localhost',
    'LOCALHOST:80',
    'a.localhost:1',
    '127.0.0.1:4717',
    '[::1]:4717',
    '192.168.1.20',
    'search.example:8080',
  ])('under the name %s', (host) => {
    expect(statusOf('/', host)).toBe(200)
  })

  it.each([
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'a@localhost',
    'x y',
  ])('not under the name "%s"', (host) => {
    expect(statusOf('/', host)).toBe(421)
  })

  it.each([
    '/',
    '/a/b.html?x=/../',
    '/法治/',
    '/%E6%B3%95.html',
    '/.well-known/a',
    '/a..b/c...html',
  ])('for the path %s', (path) => {
    expect(statusOf(path)).toBe(200)
  })

  it.each([
    '/../a',
    '/a/../../b',
    '/%2e%2e/a',
    '/..%2fa',
    '/%252e%252e/a',
    '/a%5c..%5cb',
    '/a\\..\\b',
    '/a%00.html',
    '/.git/config',
    '/a/.env',
    '/%zz',
    'http://evil.example/',
    '*',
  ])('not for the path %s', (path) => {
    expect(statusOf(path)).toBe(400)
  })

  it('by GET and HEAD only, of moderate length', () => {
    expect(statusOf('/', 'localhost', 'HEAD')).toBe(200)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
      expect(statusOf('/', 'localhost', method)).toBe(405)
    }
    expect(statusOf(`/?q=${'x'.repeat(12_000)}`)).toBe(414)
  })
})
