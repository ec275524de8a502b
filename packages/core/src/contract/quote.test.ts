import { expect, test } from 'vitest'
import { quote } from './names.ts'

const ROWS: Record<string, [string, string]> = {
  'plain text': ['team:edit', '"team:edit"'],
  'a path of Windows stays readable': ['C:\\ci', '"C:\\ci"'],
  'line breaks': ['a\r\nb', '"a\\r\\nb"'],
  'escape sequences': ['\u001b[31mred', '"\\u001b[31mred"'],
  'line separators beyond ASCII': ['a\u2028b\u0085c', '"a\\u2028b\\u0085c"'],
  'exactly the limit': ['x'.repeat(100), `"${'x'.repeat(100)}"`],
  'over the limit': ['x'.repeat(101), `"${'x'.repeat(100)}…"`],
  'no character is cut in two': ['💥'.repeat(101), `"${'💥'.repeat(100)}…"`],
}

test.each(Object.entries(ROWS))('%s', (_, [text, quoted]) => {
  expect(quote(text)).toBe(quoted)
})
