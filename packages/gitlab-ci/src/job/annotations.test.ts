import { expect, test } from 'vitest'
import { renderAnnotations } from './annotations.ts'

test('both links, in the form that GitLab documents', () => {
  const text = renderAnnotations({
    runUrl: 'https://oz.warp.dev/runs/1',
    sessionUrl: 'https://app.warp.dev/session/2',
  })
  expect(JSON.parse(text ?? '')).toEqual({
    Oz: [
      { external_link: { label: 'Oz run', url: 'https://oz.warp.dev/runs/1' } },
      { external_link: { label: 'Shared session', url: 'https://app.warp.dev/session/2' } },
    ],
  })
})

test.for([
  ['nothing known', undefined],
  ['a script for an address', 'javascript:alert(1)'],
  ['no address', 'soon'],
  ['an endless address', `https://example.com/${'a'.repeat(3000)}`],
])('no report for %s', ([, runUrl]) => {
  expect(renderAnnotations(runUrl === undefined ? {} : { runUrl })).toBeUndefined()
})
