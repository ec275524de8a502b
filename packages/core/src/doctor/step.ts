import { resolve } from 'node:path'
import { planPrompt } from '../agent/materials.ts'
import type { CliRequest } from '../contract/request.ts'
import { RunnerError } from '../errors.ts'
import { toolCache } from '../install/cache.ts'
import { createSearch, onPath, ozPath } from '../install/resolve.ts'
import type { Cli, CliContext, CliResolver } from '../install/search.ts'
import type { Environment } from '../ports.ts'
import type { DoctorContext } from './context.ts'
import { type Check, type Finding, type HostFact, ok, problem, skipped, warning } from './report.ts'

export const inputs: Check = {
  id: 'inputs',
  group: 'inputs',
  title: 'Inputs',
  async run({ inputProblems }) {
    if (inputProblems.length === 0) return ok('every input is well-formed')
    const list = inputProblems.map(({ name, message }) => `${name}: ${message}`)
    return problem('invalid-input', list.join('\n'), 'Correct the inputs named here.')
  },
}

export const ci: Check = {
  id: 'ci',
  group: 'ci',
  title: 'CI',
  async run({ ci: { name, jobUrl, commit } }) {
    return ok([name, ...(jobUrl ? [jobUrl] : []), ...(commit ? [`commit ${commit}`] : [])].join(', '))
  },
}

/** What the platform itself tells: rights, fork or not. */
export function factCheck({ title, finding }: HostFact, index: number): Check {
  return { id: `ci:${index + 1}`, group: 'ci', title, run: async () => finding }
}

export const cli: Check = {
  id: 'cli',
  group: 'cli',
  title: 'Oz CLI',
  async run(context) {
    const located = await context.cli()
    switch (located.kind) {
      case 'found':
        return ok(`${located.cli.version} (${located.cli.path})`)
      case 'broken':
        return problem('unavailable', located.problem, located.remedy)
      case 'absent':
        if (context.ports.machine.platform === 'win32') {
          return problem(
            'unavailable',
            located.why,
            `Run: winget install Warp.Warp. Or give its path as ${context.nameOf('ozPath')}.`,
          )
        }
        return warning(
          `${located.why}; a step downloads one`,
          `Nothing to do where the download host can be reached. Else install the CLI and give its path as ${context.nameOf('ozPath')}.`,
        )
    }
  },
}

const KIBIBYTE = 1024
/** Room for the other arguments and what the agent's own commands need. */
const ROOM = 128 * KIBIBYTE

/** Whether what a step hands over fits where the system puts arguments and environment. execve(2) */
export const argumentBudget: Check = {
  id: 'arguments',
  group: 'machine',
  title: 'Argument budget',
  async run(context) {
    const { platform } = context.ports.machine
    const prompt = await promptText(context)
    const way = prompt === undefined ? '' : `; ${wayOf(prompt, platform)}`
    if (platform === 'win32') return ok(`32767 characters for the whole command line${way}`)
    const budget = await argMax(context)
    if (budget === undefined) return skipped(`getconf ARG_MAX tells nothing${way}`)
    const used = environmentBytes(context.env)
    const figures = `${kib(used)} of ${kib(budget)} taken by the environment${way}`
    return used + ROOM > budget ? tooMuch(figures, context) : ok(figures)
  },
}

function tooMuch(figures: string, { env, nameOf }: DoctorContext): Finding {
  const [largest] = Object.entries(env).sort(([, a = ''], [, b = '']) => b.length - a.length)
  return problem(
    'unavailable',
    figures,
    `Make the environment smaller (its largest variable is ${largest?.[0] ?? 'unknown'}), set ${nameOf('envPolicy')} to minimal, or raise the stack limit: ulimit -s`,
  )
}

function wayOf(prompt: string, platform: NodeJS.Platform): string {
  const { kind } = planPrompt(prompt, platform)
  const way =
    kind === 'argument' ? 'as an argument' : 'through a private file, as it is too long for an argument'
  return `the prompt of ${kib(Buffer.byteLength(prompt))} goes ${way}`
}

async function promptText({
  request: { prompt },
  ports,
  checkout,
}: DoctorContext): Promise<string | undefined> {
  if (prompt.kind === 'inline') return prompt.text
  if (prompt.kind !== 'file') return undefined
  return ports.files.readText(resolve(checkout, prompt.path)).catch(() => undefined)
}

async function argMax({ ports, env }: DoctorContext): Promise<number | undefined> {
  try {
    const command = { file: 'getconf', args: ['ARG_MAX'], env: { PATH: env.PATH } }
    const { stdout } = await ports.processes.run(command, { timeout: 3_000 })
    const bytes = Number.parseInt(stdout, 10)
    return Number.isNaN(bytes) ? undefined : bytes
  } catch {
    return undefined
  }
}

/** Each variable takes its text, a NUL and a pointer. */
function environmentBytes(env: Environment): number {
  return Object.entries(env).reduce(
    (sum, [name, value = '']) => sum + Buffer.byteLength(`${name}=${value}`) + 9,
    0,
  )
}

function kib(bytes: number): string {
  return bytes < KIBIBYTE ? `${bytes} bytes` : `${Math.round(bytes / KIBIBYTE)} KiB`
}

/** What is known of the CLI on this machine. */
export type LocatedCli =
  | { readonly kind: 'found'; readonly cli: Cli }
  /** One was named, and it cannot be used. */
  | { readonly kind: 'broken'; readonly problem: string; readonly remedy: string }
  | { readonly kind: 'absent'; readonly why: string }

/** The places that need no network. */
const RESOLVERS: readonly CliResolver[] = [ozPath, onPath, toolCache]

/** Looks for a CLI as a step does, but installs none and asks nobody for the latest version. */
export async function locateCli(request: CliRequest, context: CliContext): Promise<LocatedCli> {
  const offline = () =>
    Promise.reject(new RunnerError('temporary', 'doctor does not ask for the latest version'))
  const search = { ...createSearch(request, context), release: offline }
  const reasons: string[] = []
  try {
    for (const resolver of RESOLVERS) {
      const finding = await resolver.find(search)
      if (finding.cli !== undefined) return { kind: 'found', cli: finding.cli }
      reasons.push(finding.why)
    }
  } catch (error) {
    if (!(error instanceof RunnerError)) throw error
    if (error.code !== 'temporary') {
      return { kind: 'broken', problem: error.message, remedy: error.remedy ?? 'Install the CLI again.' }
    }
  }
  const broken = reasons.find((why) => why.includes('does not run'))
  const why = broken ?? 'none is installed on this machine'
  return { kind: 'absent', why: why.replace(/^not taken, /, '') }
}
