/** A file system as `/proc/mounts` lists it. */
export interface Mount {
  readonly point: string
  readonly options: readonly string[]
}

/**
 * The mount that a path lies on: the longest mount point above it, the last of equals (it hides the others).
 * https://man7.org/linux/man-pages/man5/proc_pid_mounts.5.html
 */
export function mountOf(path: string, mounts: string): Mount | undefined {
  let found: Mount | undefined
  for (const line of mounts.split('\n')) {
    const [, point, , options] = line.split(' ')
    if (point === undefined || options === undefined) continue
    const place = unescapeMount(point)
    const above = place === '/' ? '/' : `${place}/`
    if (path !== place && !path.startsWith(above)) continue
    if (found === undefined || place.length >= found.point.length) {
      found = { point: place, options: options.split(',') }
    }
  }
  return found
}

/** Spaces and the like are octal there. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
