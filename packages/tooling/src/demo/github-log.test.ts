import { expect, test } from 'vitest'
import { createGitHubLog } from './github-log.ts'

function shown(...lines: string[]): string[] {
  const view = createGitHubLog()
  return lines.map(view).filter((line) => line !== undefined)
}

test.for<[string, string[], string[]]>([
  ['plain text stays', ['hello', 'a::b'], ['hello', 'a::b']],
  ['a mask is carried out from then on', ['s3cret', '::add-mask::s3cret', 'is s3cret'], ['s3cret', 'is ***']],
  ['a group is indented', ['::group::Run: ls', 'a', '::endgroup::', 'b'], ['▼ Run: ls', '  a', 'b']],
  ['a notice shows its title', ['::notice title=Oz run::https://x%0Ay'], ['notice: Oz run: https://x\ny']],
  [
    'commands between the tokens are text',
    ['::stop-commands::t', '::error::forged', '::t::', '::error::real'],
    ['::error::forged', 'error: real'],
  ],
])('%s', ([, lines, view]) => {
  expect(shown(...lines)).toEqual(view)
})
