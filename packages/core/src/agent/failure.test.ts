import { describe, expect, it } from 'vitest'
import { classifyFailure } from './failure.ts'

describe('the reason in the last words of a CLI that failed', () => {
  it.each([
    ['a refused key', 'error: Invalid API key', 'not-permitted'],
    ['a status and its name', 'request failed with status 429 Too Many Requests', 'temporary'],
    ['a bare status 429', 'request failed (status: 429)', 'temporary'],
    ['a status code 429', 'HTTP status code: 429', 'temporary'],
    ['an HTTP version and 429', 'HTTP/1.1 429', 'temporary'],
    ['an error 503', 'server error: 503', 'temporary'],
    ['a 503 with its name', '=> 503 Service Unavailable', 'temporary'],
    ['a 502 of a proxy', 'Bad Gateway', 'temporary'],
    ['a 500 of the API', 'problem: internal-server-error', 'temporary'],
    ['a reset connection', 'error sending request: connection reset by peer', 'temporary'],
    ['a missing library', 'oz: error while loading shared libraries: libz.so.1', 'unavailable'],
  ])('is seen in %s', (_name, tail, outcome) => {
    expect(classifyFailure(tail)?.outcome).toBe(outcome)
  })

  // A wrong `temporary` makes a CI run the whole agent again.
  it.each([
    ['a test that names a status', 'expected 429, got 200'],
    ['a count before the word error', 'ran 500 tests, 1 error'],
    ['a line number', 'src/handler.ts:503: error TS2304'],
    ['a duration', 'stopped after 504 ms by the timeout of the test'],
    ['a plain failure', 'the task could not be done'],
  ])('is not seen in %s', (_name, tail) => {
    expect(classifyFailure(tail)).toBeUndefined()
  })
})
