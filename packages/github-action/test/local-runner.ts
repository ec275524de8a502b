import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'

/** What a job has after one of its steps' phases ran. */
export interface PhaseEnd {
  readonly exitCode: number | undefined
  readonly signal: string | undefined
  /** Standard output and error as the runner reads them. */
  readonly log: string
}

export interface Phase {
  readonly pid: number
  readonly ended: Promise<PhaseEnd>
  kill(signal: NodeJS.Signals): void
}

const SOURCE = new URL('../src/main.ts', import.meta.url).href
const BUNDLE = fileURLToPath(new URL('../../../actions/run/dist', import.meta.url))

/** Starts an entry from the sources, or as it is committed. */
export type EntryForm = 'source' | 'bundle'

function entryCommand(form: EntryForm, phase: 'run' | 'post'): string[] {
  if (form === 'bundle') return [join(BUNDLE, phase === 'run' ? 'main.js' : 'post.js')]
  const call = phase === 'run' ? 'main' : 'post'
  const program = `const { ${call} } = await import('${SOURCE}'); await ${call}()`
  return ['--conditions=source', '--input-type=module', '-e', program]
}

/**
 * A job on GitHub's runner, as far as an action sees it: the variables, the command files, the phases.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export class LocalRunner {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'oz-runner-')))
  readonly checkout = join(this.root, 'checkout')
  readonly temp = join(this.root, 'temp')
  readonly bin = join(this.root, 'bin')
  readonly form: EntryForm

  constructor(form: EntryForm = 'source') {
    this.form = form
    for (const folder of [this.checkout, this.temp, this.bin]) mkdirSync(folder)
    for (const file of ['output', 'state', 'env', 'path', 'summary'])
      writeFileSync(this.commandFile(file), '')
  }

  commandFile(name: string): string {
    return join(this.root, `github_${name}`)
  }

  /** What a phase of the step finds in its environment. */
  environment(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
    const named = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
    const state = Object.entries(this.values('state')).map(([name, value]) => [`STATE_${name}`, value])
    return {
      HOME: this.root,
      PATH: `${this.bin}:/usr/bin:/bin`,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: this.checkout,
      GITHUB_REPOSITORY: 'org/project',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '42',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      GITHUB_OUTPUT: this.commandFile('output'),
      GITHUB_STATE: this.commandFile('state'),
      GITHUB_ENV: this.commandFile('env'),
      GITHUB_PATH: this.commandFile('path'),
      GITHUB_STEP_SUMMARY: this.commandFile('summary'),
      RUNNER_TEMP: this.temp,
      ...Object.fromEntries(named),
      ...Object.fromEntries(state),
      ...env,
    }
  }

  /** Starts a phase with the `with:` of the step and further variables of the job. */
  start(
    phase: 'run' | 'post',
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Phase {
    const child = execa(process.execPath, entryCommand(this.form, phase), {
      cwd: this.checkout,
      env: this.environment(inputs, env),
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      all: true,
      stripFinalNewline: false,
    })
    const ended = child.then(({ exitCode, signal, all }) => ({ exitCode, signal, log: all ?? '' }))
    return { pid: child.pid ?? 0, ended, kill: (signal) => void child.kill(signal) }
  }

  run(inputs: Readonly<Record<string, string>>, env?: Readonly<Record<string, string>>): Promise<PhaseEnd> {
    return this.start('run', inputs, env).ended
  }

  /** What the runner would take from a command file; throws where the runner would refuse it. */
  values(name: 'output' | 'state'): Record<string, string> {
    const values: Record<string, string> = {}
    const lines = readFileSync(this.commandFile(name), 'utf8').split('\n')
    for (let index = 0; index < lines.length - 1; index++) {
      const [key = '', delimiter] = (lines[index] ?? '').split('<<')
      if (delimiter === undefined) throw new Error(`line ${index + 1} of ${name} is no key<<delimiter`)
      const end = lines.indexOf(delimiter, index + 1)
      if (end < 0) throw new Error(`the block of ${key} has no end`)
      values[key] = lines.slice(index + 1, end).join('\n')
      index = end
    }
    return values
  }

  outputs(): Record<string, string> {
    return this.values('output')
  }

  /** `result.json`, wherever the step put it. */
  result(): unknown {
    return JSON.parse(readFileSync(this.outputs().result_file ?? '', 'utf8'))
  }

  summary(): string {
    return readFileSync(this.commandFile('summary'), 'utf8')
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.checkout, path), content)
  }

  remove(): void {
    if (existsSync(this.root)) rmSync(this.root, { recursive: true, force: true })
  }
}
