import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const COPY = './.oz-agent-action'

export interface ActEnd {
  readonly exitCode: number | undefined
  readonly log: string
}

/** A user's repository in which act runs a workflow with the committed action, on this machine itself. */
export class ActProject {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'oz-act-')))
  readonly checkout = join(this.root, 'project')
  readonly bin = join(this.root, 'bin')

  constructor() {
    const copy = join(this.checkout, COPY)
    for (const folder of [copy, this.bin, join(this.root, 'home')]) mkdirSync(folder, { recursive: true })
    cpSync(join(ROOT, 'action.yml'), join(copy, 'action.yml'))
    cpSync(join(ROOT, 'actions'), join(copy, 'actions'), { recursive: true })
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.checkout, path)), { recursive: true })
    writeFileSync(join(this.checkout, path), content)
  }

  /** An example as its user would have it, but for where the action comes from: act fetches nothing here. */
  addExample(name: string): void {
    this.addWorkflow(readFileSync(join(ROOT, 'examples/github', name), 'utf8'))
  }

  addWorkflow(text: string): void {
    const local = text.replace(/org\/oz-agent-action(\/[\w/-]+)?@v1/g, `${COPY}$1`)
    // A local action is there only after a checkout, which act does by copying.
    const checkout = '    steps:\n      - uses: actions/checkout@v5\n'
    const ready = local.includes('actions/checkout') ? local : local.replaceAll('    steps:\n', checkout)
    this.write('.github/workflows/workflow.yml', ready)
  }

  /** Runs the workflow on an event. `oz` on PATH is what the folder `bin` holds. */
  async run(act: string, event: string, args: readonly string[] = []): Promise<ActEnd> {
    await this.#commit()
    const { exitCode, all } = await execa(
      act,
      [event, '-P', 'ubuntu-latest=-self-hosted', '-s', 'WARP_API_KEY=wk-0123456789abcdef', ...args],
      {
        cwd: this.checkout,
        env: {
          HOME: join(this.root, 'home'),
          PATH: [this.bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
        },
        extendEnv: false,
        reject: false,
        all: true,
        stdin: 'ignore',
      },
    )
    return { exitCode, log: all }
  }

  /** As if the next run were on another machine of the same kind: the paths are the same, nothing is installed. */
  forgetTools(): void {
    rmSync(join(this.root, 'home', '.cache', 'act', 'tool_cache'), { recursive: true, force: true })
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }

  async #commit(): Promise<void> {
    const git = (...args: string[]) => execa('git', args, { cwd: this.checkout })
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
    await git('init', '--quiet', '--initial-branch=main')
    await git('add', '--all')
    await git(...author, 'commit', '--quiet', '--allow-empty', '--message=State under test')
  }
}
