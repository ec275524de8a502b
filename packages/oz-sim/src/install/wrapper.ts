/** The shell script that is the executable: `$0` tells the program its name (channel) and its folder (settings). */
export function wrapper({ node, program }: { readonly node: string; readonly program: string }): string {
  return `#!/bin/sh\nexec ${quoted(node)} ${quoted(program)} "$0" "$@"\n`
}

const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`
