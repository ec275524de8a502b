import { loadPipeline } from '../check/includes.ts'
import { splitsMergeRequests } from '../check/pipeline.ts'
import type { TemplateOptions } from '../template/options.ts'
import { sha256Hex } from '../template/program.ts'
import { type CommandLine, optionValue } from './command-line.ts'
import {
  findRemovals,
  findTemplates,
  type Installed,
  installFiles,
  sharingFiles,
  upgradeFiles,
  withRecorded,
} from './install.ts'
import type { WantedFile } from './plan.ts'
import { type GeneratorPorts, OK, printPublishedInclude, refuse, writeFiles, wrongFolder } from './ports.ts'
import { localInclude, mergeRequestAdvice, mergeRequestHint } from './publish.ts'
import { readOptions } from './read-options.ts'

/** Writes a template, with the options of an earlier run where none are given now, and the program beside it. */
export async function init(line: CommandLine, ports: GeneratorPorts): Promise<number> {
  const folder = optionValue(line, 'directory')
  const path = optionValue(line, 'template-path')
  const program = await ports.program(line.given.get('program-file')?.[0])
  const wrong = await wrongFolder(line, ports)
  const installed = wrong === undefined ? await findTemplates(ports.repository(folder)) : []
  const earlier = installed.find((one) => one.path === path)
  const whole = line.given.has('forget') ? line : withRecorded(line, earlier?.options)
  const reading = readOptions(whole, program && sha256Hex(program.bytes))
  const problems = [...(reading.ok ? [] : reading.problems), ...(wrong === undefined ? [] : [wrong])]
  if (!reading.ok || problems.length > 0) return refuse(ports, problems)
  const { options } = reading
  const files = installFiles(path, whole, options, program)
  const others = installed.filter((one) => one.path !== path)
  const code = await writeFiles([...files, ...sharingFiles(others, options)], folder, line, ports)
  if (code !== OK) return code
  if (line.given.has('remote-url')) printPublishedInclude(line, textOf(files[0]), options, ports.out)
  else ports.out(`\nAdd to .gitlab-ci.yml:\n\n${localInclude(path)}`)
  ports.out(await mergeRequestLines(whole, options, ports))
  ports.out('\nStore the Warp API key as the CI/CD variable WARP_API_KEY, masked and protected.\n')
  return OK
}

function textOf(file: WantedFile | undefined): string {
  return file?.kind === 'text' ? file.content : ''
}

/** What the repository's own pipeline means for a job that runs for merge requests, and how to have one. */
async function mergeRequestLines(
  line: CommandLine,
  { triggers, jobName }: TemplateOptions,
  { repository }: GeneratorPorts,
): Promise<string> {
  const isAsked = triggers.includes('merge-request')
  if (!isAsked && line.given.has('on')) return ''
  const files = repository(optionValue(line, 'directory'))
  const content = await files.read('.gitlab-ci.yml')
  const splits =
    content !== undefined &&
    splitsMergeRequests(await loadPipeline(files, '.gitlab-ci.yml', Buffer.from(content).toString('utf8')))
  const hint = isAsked ? '' : `\n${mergeRequestHint(triggers)}`
  return splits ? `${hint}\n${mergeRequestAdvice(jobName, isAsked)}` : hint
}

/** Writes every template of a repository again, with its own options and the program at hand. */
export async function upgrade(line: CommandLine, ports: GeneratorPorts): Promise<number> {
  const found = await findInstalled(line, ports)
  if (!found.ok) return refuse(ports, found.problems)
  const program = await ports.program(line.given.get('program-file')?.[0])
  const { files, problems } = upgradeFiles(found.installed, line, program)
  if (problems.length > 0) return refuse(ports, problems)
  return writeFiles(files, optionValue(line, 'directory'), line, ports)
}

/** Removes what `init` wrote, unless it was changed by hand. */
export async function uninstall(line: CommandLine, ports: GeneratorPorts): Promise<number> {
  const found = await findInstalled(line, ports)
  if (!found.ok) return refuse(ports, found.problems, NOTHING_REMOVED)
  const repository = ports.repository(optionValue(line, 'directory'))
  const { paths, changed } = await findRemovals(repository, found.installed)
  if (changed.length > 0 && !line.given.has('force')) {
    const problems = changed.map(
      (path) => `${path}: was changed by hand since it was written; --force removes it`,
    )
    return refuse(ports, problems, NOTHING_REMOVED)
  }
  for (const path of [...paths, ...changed]) {
    await repository.remove(path)
    ports.out(`removed ${path}\n`)
  }
  ports.out('\nRemove the include lines from .gitlab-ci.yml too.\n')
  return OK
}

const NOTHING_REMOVED = 'Nothing was removed'

type Found =
  | { readonly ok: true; readonly installed: readonly Installed[] }
  | { readonly ok: false; readonly problems: readonly string[] }

async function findInstalled(line: CommandLine, ports: GeneratorPorts): Promise<Found> {
  const wrong = line.problems.length > 0 ? undefined : await wrongFolder(line, ports)
  const problems = [...line.problems, ...(wrong === undefined ? [] : [wrong])]
  if (problems.length > 0) return { ok: false, problems }
  const folder = optionValue(line, 'directory')
  const installed = await findTemplates(ports.repository(folder))
  if (installed.length > 0) return { ok: true, installed }
  return { ok: false, problems: [`--directory: "${folder}" has no template that init wrote`] }
}
