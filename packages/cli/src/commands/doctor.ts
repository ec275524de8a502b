import { type Environment, openDoctor, type Ports } from '@oz-agent/core'
import { createHost } from '../create-host.ts'
import type { Arguments } from '../read-arguments.ts'

/** Prints the findings, as a table or as JSON, and resolves to the exit code of the worst. */
export async function doctor(args: Arguments, env: Environment, ports: Ports): Promise<number> {
  const { createDoctorContext, renderDoctor, runDoctor } = await openDoctor()
  const report = await runDoctor(await createDoctorContext(createHost(args, env, ports), ports))
  const asJson = args.own.json !== undefined
  await ports.log.write(asJson ? `${JSON.stringify(report, null, 2)}\n` : renderDoctor(report))
  return report.exit_code
}
