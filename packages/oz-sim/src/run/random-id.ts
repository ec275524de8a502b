/** An id in the form of a UUID. Nothing depends on its being secret, and `node:crypto` is slow to load. */
export function randomId(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (Number(digit) ^ (Math.floor(Math.random() * 16) >> (Number(digit) / 4))).toString(16),
  )
}
