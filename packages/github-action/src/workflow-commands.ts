/**
 * Workflow commands: lines of standard output that the runner obeys.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function command(
  name: string,
  message: string,
  properties: Readonly<Record<string, string>> = {},
): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${escapeProperty(value)}`)
    .join(',')
  return `::${name}${list === '' ? '' : ` ${list}`}::${escapeData(message)}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Hides a secret in the log from here on; the runner masks line by line, so each line is named. */
export function maskCommands(secret: string): string {
  const lines = secret.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const whole = lines.length > 1 ? [secret] : []
  return [...whole, ...lines].map((line) => command('add-mask', line)).join('')
}
