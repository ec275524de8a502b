/** What is wrong with a `--skill` value: `name`, `repo:name` or `org/repo:name`; no part may be empty. */
export function skillProblem(value: string): string | undefined {
  const colon = value.indexOf(':')
  const name = value.slice(colon + 1)
  if (name === '') return 'the name of the skill is empty'
  if (colon === -1) return undefined
  const repository = value.slice(0, colon).split('/')
  if (repository.some((part) => part === '')) return 'the repository of the skill has an empty part'
  return repository.length > 2 ? "expected 'name', 'repo:name' or 'org/repo:name'" : undefined
}
