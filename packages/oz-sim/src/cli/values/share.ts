const LEVELS = ['view', 'edit']

/** What is wrong with a `--share` value: `team`, `public` or anything with `@`, and a level of `view` or `edit`. */
export function shareProblem(value: string): string | undefined {
  const colon = value.lastIndexOf(':')
  const who = colon === -1 ? value : value.slice(0, colon)
  const level = colon === -1 ? 'view' : value.slice(colon + 1)
  if (who === '') return "expected 'team', 'public' or an email address"
  if (who !== 'team' && who !== 'public' && !who.includes('@')) {
    return `'${who}' is no recipient: expected 'team', 'public' or an email address`
  }
  return LEVELS.includes(level) ? undefined : `unknown access level '${level}': expected 'view' or 'edit'`
}
