import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOz, type OzPlan, type RecordedCall, readCalls } from '@oz-agent/oz-sim'
import { execa } from 'execa'
import { stringify } from 'yaml'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
export const PROGRAM = join(PACKAGE, 'dist/job/index.js')
export const GENERATOR = join(PACKAGE, 'dist/generate/index.js')
export const KEY = 'wk-test-key-0123456789'

export interface PipelinePlan {
  /** The whole `.gitlab-ci.yml`, or the file that stands for it. */
  readonly config: string | object
  readonly oz?: OzPlan['script']
  /** Where the agent is: on PATH unless said otherwise. `nowhere` leaves the job to install it. */
  readonly installed?: 'on PATH' | 'nowhere'
  readonly variables?: Readonly<Record<string, string>>
  /** Further files of the repository. */
  readonly files?: Readonly<Record<string, string>>
  /** Options of `oz-agent-gitlab init`; the template is written before the pipeline runs. */
  readonly init?: readonly string[]
}

/** What one pipeline did. */
export interface PipelineEnd {
  readonly exitCode: number
  /** Everything that the runner printed. */
  readonly output: string
  log(job: string): string
  /** An artifact of a job, by its path in the repository. */
  artifact(job: string, path: string): Promise<string | undefined>
  /** What the stand-in agent was called with. */
  calls(): Promise<readonly RecordedCall[]>
}

/** A user's repository in a temporary folder, with pipelines that gitlab-ci-local runs. */
export class Pipeline {
  readonly folder: string
  readonly #runner: string

  private constructor(folder: string, runner: string) {
    this.folder = folder
    this.#runner = runner
  }

  static async create(runner: string): Promise<Pipeline> {
    return new Pipeline(await mkdtemp(join(tmpdir(), 'oz-gitlab-')), runner)
  }

  get repository(): string {
    return join(this.folder, 'repository')
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  async run(plan: PipelinePlan): Promise<PipelineEnd> {
    const oz = await createOz({ dir: join(this.folder, 'oz'), script: plan.oz ?? 'success' })
    await this.#commit(plan)
    // A job with an image gets the project folder of a container, though its script runs here.
    const fixed = { CI_PROJECT_DIR: this.repository, CI_PIPELINE_SOURCE: 'merge_request_event' }
    const variables = { WARP_API_KEY: KEY, ...fixed, ...plan.variables }
    const file = join(this.folder, 'variables.yml')
    await writeFile(file, stringify(Object.fromEntries(Object.entries(variables).map(asVariable))))
    const ozFolder = plan.installed === 'nowhere' ? [] : [oz.dir]
    const PATH = [...ozFolder, dirname(process.execPath), process.env.PATH].join(delimiter)
    const args = ['--force-shell-executor', '--variables-file', file]
    const run = await execa(this.#runner, args, {
      cwd: this.repository,
      env: { PATH, HOME: join(this.folder, 'home'), NO_COLOR: '1', TMPDIR: await this.#temp() },
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
      timeout: 120_000,
      stripFinalNewline: false,
    })
    const state = join(this.repository, '.gitlab-ci-local')
    const logs = new Map<string, string>()
    return {
      exitCode: run.exitCode ?? -1,
      output: run.all,
      log: (job) => logs.get(job) ?? linesOf(run.all, job),
      async artifact(job, path) {
        const found = join(state, 'artifacts', job, path)
        return existsSync(found) ? readFile(found, 'utf8') : undefined
      },
      calls: () => Promise.resolve(readCalls(oz.record)),
    }
  }

  async #temp(): Promise<string> {
    const temp = join(this.folder, 'tmp')
    await mkdir(temp, { recursive: true })
    return temp
  }

  async #commit({ config, files = {}, init }: PipelinePlan): Promise<void> {
    await mkdir(join(this.folder, 'home'), { recursive: true })
    await mkdir(this.repository, { recursive: true })
    const text = typeof config === 'string' ? config : stringify(config, { lineWidth: 0 })
    for (const [path, content] of Object.entries({ '.gitlab-ci.yml': text, ...files })) {
      await mkdir(dirname(join(this.repository, path)), { recursive: true })
      await writeFile(join(this.repository, path), content)
    }
    if (init !== undefined) {
      // These pipelines are of merge requests, unless the test says otherwise.
      const on = init.includes('--on') ? [] : ['--on', 'merge-request']
      const args = [GENERATOR, 'init', '--directory', this.repository, '--force', ...on, ...init]
      await execa(process.execPath, args, { stdin: 'ignore' })
    }
    if (existsSync(join(this.repository, '.git')))
      return this.#git('commit', '--allow-empty', '-qam', 'Again')
    await this.#git('init', '-q', '-b', 'main')
    await this.#git('remote', 'add', 'origin', 'https://gitlab.example.com/org/project.git')
    await this.#git('add', '-A')
    await this.#git('commit', '-qm', 'Start')
  }

  async #git(...args: readonly string[]): Promise<void> {
    const identity = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgsign=false',
    ]
    await execa('git', [...identity, ...args], { cwd: this.repository, stdin: 'ignore' })
  }
}

/** A plain value even where it begins with a slash, which the runner would take for a file's name. */
function asVariable([name, value]: [string, string]): [string, object] {
  return [name, { type: 'variable', values: { '*': value } }]
}

function linesOf(output: string, job: string): string {
  const lines = output.split('\n').filter((line) => line.startsWith(`${job} `))
  return lines.map((line) => line.slice(job.length).trimStart().replace(/^> /, '')).join('\n')
}
