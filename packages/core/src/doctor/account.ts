import * as z from 'zod/mini'
import { buildAgentEnvironment } from '../agent/environment.ts'
import { classifyFailure } from '../agent/failure.ts'
import { createRedactor } from '../auth/redactor.ts'
import { keyPlaces, keyWarning } from '../auth/resolve-key.ts'
import { messageOf, RunnerError } from '../errors.ts'
import { printableLine } from '../report/text.ts'
import type { Check, DoctorContext } from './context.ts'
import { type Finding, ok, problem, skipped, warning } from './finding.ts'

/** One line of `whoami --output-format json`; a team key is a service account. https://docs.warp.dev/reference/cli */
const whoamiSchema = z.looseObject({
  type: z.string(),
  team_names: z.nullish(z.array(z.string())),
  workspace_name: z.nullish(z.string()),
})

export const account: Check = {
  id: 'account',
  group: 'account',
  title: 'Account',
  async run(context) {
    if (context.key === undefined) return skipped('needs a key')
    const located = await context.cli()
    if (located.kind !== 'found') return skipped('needs the CLI')
    const run = await context.ports.processes.run(
      {
        file: located.cli.path,
        args: ['whoami', '--output-format=json'],
        env: environmentOf(context, context.key.key),
        cwd: context.ports.machine.temp,
      },
      { timeout: context.limit, maxBytes: 64 * 1024 },
    )
    if (run.timedOut) {
      return problem(
        'temporary',
        'whoami did not answer in time',
        'Look at the hosts below, then run doctor again.',
      )
    }
    if (run.exit.kind === 'code' && run.exit.code === 0) return describe(run.stdout)
    return explain(`${run.stderr}\n${run.stdout}`)
  },
}

function environmentOf({ env, request, isInternalVariable, secrets }: DoctorContext, key: string) {
  return buildAgentEnvironment({
    env,
    policy: request.env.policy,
    pass: request.env.pass,
    isInternal: isInternalVariable,
    redactor: createRedactor(secrets),
    set: { WARP_API_KEY: key },
  }).env
}

function describe(stdout: string): Finding {
  const parsed = whoamiSchema.safeParse(lastObject(stdout))
  if (!parsed.success) {
    return warning('whoami answered in a form that is not known here', 'Run: oz whoami --output-format json')
  }
  const { type, team_names: teams, workspace_name: workspace } = parsed.data
  const kind =
    type === 'service_account' ? 'team key (service account)' : type === 'user' ? 'personal key (user)' : type
  const of = teams?.length ? ` of ${teams.join(', ')}` : workspace ? ` of ${workspace}` : ''
  return ok(printableLine(`${kind}${of}`))
}

function lastObject(stdout: string): unknown {
  for (const line of stdout.split('\n').reverse()) {
    try {
      return JSON.parse(line)
    } catch {
      // Other lines may stand around the answer.
    }
  }
  return undefined
}

function explain(said: string): Finding {
  const reason = classifyFailure(said)
  if (reason?.outcome === 'not-permitted') return problem('not-permitted', reason.message, reason.remedy)
  if (reason?.outcome === 'temporary') return problem('temporary', reason.message, reason.remedy)
  const first = printableLine(said.split('\n').find((line) => line.trim() !== '') ?? 'it said nothing')
  return problem(
    'not-permitted',
    `whoami failed: ${first}`,
    'Check the key: create a new one in Warp under Settings, Platform, API Keys.',
  )
}

export const key: Check = {
  id: 'key',
  group: 'account',
  title: 'API key',
  async run({ key: found, keyProblem, keylessReason, keyRemedy, nameOf }) {
    if (keyProblem !== undefined) {
      const remedy = keyProblem instanceof RunnerError ? keyProblem.remedy : undefined
      return problem('not-permitted', messageOf(keyProblem), remedy ?? keyRemedy)
    }
    if (found === undefined) {
      if (keylessReason !== undefined) return skipped(keylessReason)
      return problem(
        'not-permitted',
        `there is none: ${keyPlaces(nameOf)} are empty`,
        `Create a key in Warp under Settings, Platform, API Keys (https://docs.warp.dev/reference/cli/api-keys). ${keyRemedy}`,
      )
    }
    if (keyWarning(found) !== undefined) {
      return warning(
        `the one from ${found.source} does not begin with wk-`,
        'Check that it is a Warp API key and not another secret.',
      )
    }
    return ok(`from ${found.source}, begins with wk-`)
  },
}
