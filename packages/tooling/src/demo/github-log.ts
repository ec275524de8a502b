/**
 * Turns a step's raw output, line by line, into what GitHub shows of it: commands are carried out and not shown,
 * unless they stand where commands are stopped; masked values become `***`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function createGitHubLog(): (line: string) => string | undefined {
  const masks: string[] = []
  let resumeToken: string | undefined
  let indent = ''

  return (line) => {
    const show = (text: string) =>
      indent + masks.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
    if (resumeToken !== undefined) {
      if (line !== `::${resumeToken}::`) return show(line)
      resumeToken = undefined
      return undefined
    }
    const [, name = '', properties = '', message = ''] = /^::([\w-]+)( [^:]*)?::(.*)$/.exec(line) ?? []
    switch (name) {
      case '':
        return show(line)
      case 'add-mask':
        masks.push(message)
        return undefined
      case 'stop-commands':
        resumeToken = message
        return undefined
      case 'group': {
        const heading = show(`▼ ${message}`)
        indent = '  '
        return heading
      }
      case 'endgroup':
        indent = ''
        return undefined
      case 'notice':
      case 'warning':
      case 'error':
        return show(`${name}: ${[titleOf(properties), decode(message)].filter(Boolean).join(': ')}`)
      case 'debug':
        return undefined
      default:
        return show(line)
    }
  }
}

function titleOf(properties: string): string {
  return decode(/title=([^,]*)/.exec(properties)?.[1] ?? '')
}

function decode(text: string): string {
  const codes: Record<string, string> = { '%0A': '\n', '%0D': '\r', '%3A': ':', '%2C': ',', '%25': '%' }
  return text.replace(/%0A|%0D|%3A|%2C|%25/g, (code) => codes[code] ?? code)
}
