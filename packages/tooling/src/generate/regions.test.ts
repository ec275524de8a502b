import { expect, test } from 'vitest'
import { renewRegions } from './regions.ts'

const generators = [
  { name: 'inputs', render: () => '| new |' },
  { name: 'outputs', render: () => '| out |' },
]

test.for<[string, string, string]>([
  ['a file without regions stays', '# Title\n\ntext\n', '# Title\n\ntext\n'],
  [
    'an old region is replaced',
    'a\n<!-- generated:inputs -->\nold\nolder\n<!-- /generated:inputs -->\nb\n',
    'a\n<!-- generated:inputs -->\n| new |\n<!-- /generated:inputs -->\nb\n',
  ],
  [
    'an empty region is filled, and so is a second one',
    '<!-- generated:inputs -->\n<!-- /generated:inputs -->\n<!-- generated:outputs -->\n<!-- /generated:outputs -->',
    '<!-- generated:inputs -->\n| new |\n<!-- /generated:inputs -->\n<!-- generated:outputs -->\n| out |\n<!-- /generated:outputs -->',
  ],
  ['a marker inside a line is text', 'see `<!-- generated:inputs -->`', 'see `<!-- generated:inputs -->`'],
])('%s', ([, before, after]) => {
  expect(renewRegions(before, generators)).toBe(after)
})

test.for<[string, string, string]>([
  [
    'an unknown name',
    '<!-- generated:inptus -->\n<!-- /generated:inptus -->',
    'line 1: no generator is named inptus',
  ],
  ['no end', 'a\n<!-- generated:inputs -->\nold', 'line 2: there is no <!-- /generated:inputs -->'],
  [
    'an end without a start',
    '<!-- /generated:inputs -->',
    'line 1: <!-- /generated:inputs --> closes nothing',
  ],
  [
    'a start inside of another region',
    '<!-- generated:inputs -->\n<!-- generated:outputs -->',
    'line 2: <!-- generated:outputs --> starts inside of inputs',
  ],
])('%s is an error', ([, markdown, message]) => {
  expect(() => renewRegions(markdown, generators)).toThrow(message)
})
