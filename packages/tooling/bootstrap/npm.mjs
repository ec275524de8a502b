/** How to start npm with these arguments: as the script that started us if npm did, else from PATH. */
export function npmCommand(args) {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) return [process.execPath, [script, ...args], {}]
  // On Windows npm is a batch file, which only a shell can start.
  if (process.platform === 'win32') return ['npm', args.map((arg) => `"${arg}"`), { shell: true }]
  return ['npm', args, {}]
}

/** The environment without what `npm run` adds for its own script, which would mislead another package manager. */
export function cleanEnvironment() {
  const ours =
    /^(npm_(package|lifecycle)_|npm_config_(local_prefix|prefix|global_prefix|globalconfig|loglevel)$|INIT_CWD$)/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}
