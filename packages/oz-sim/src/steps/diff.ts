const CONTEXT = 3

/** A unified diff of one file in one hunk; `undefined` stands for a file that is not there. */
export function diff(path: string, before: string | undefined, after: string | undefined): string {
  const a = lines(before)
  const b = lines(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  if (head === a.length && head === b.length) return ''
  const start = Math.max(0, head - CONTEXT)
  const body = [
    ...a.slice(start, head).map((line) => ` ${line}`),
    ...a.slice(head, a.length - tail).map((line) => `-${line}`),
    ...b.slice(head, b.length - tail).map((line) => `+${line}`),
    ...a.slice(a.length - tail, a.length - tail + CONTEXT).map((line) => ` ${line}`),
  ]
  const count = (mark: string) => body.filter((line) => line[0] === ' ' || line[0] === mark).length
  const range = (size: number) => `${size === 0 ? 0 : start + 1},${size}`
  const header = [
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}`,
    `+++ ${after === undefined ? '/dev/null' : `b/${path}`}`,
    `@@ -${range(count('-'))} +${range(count('+'))} @@`,
  ]
  return `${[...header, ...body].join('\n')}\n`
}

function lines(text: string | undefined): string[] {
  if (!text) return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}
