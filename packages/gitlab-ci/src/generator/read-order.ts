import {
  didYouMean,
  formatDuration,
  type Milliseconds,
  parseDuration,
  parseInputs,
  spell,
  unspell,
} from '@oz-agent/core'
import type { CommandLine } from './command-line.ts'
import { knows } from './features.ts'
import { formatVersion, isAtLeast, OLDEST_VERSION, parseVersion } from './gitlab-version.ts'
import { contractInputIds } from './input-specs.ts'
import { OPTIONS, type OptionName, type OptionSpec } from './option-specs.ts'
import { IMAGE_PATH, PROGRAM_KINDS, type Program, VENDORED_PATH } from './program.ts'
import type { TemplateOrder } from './template-order.ts'
import { SHORTEST_JOB, shareOut, timeoutProblem } from './timeouts.ts'
import { DEFAULT_TRIGGERS, TRIGGER_NAMES, type Trigger } from './triggers.ts'

/** The order for a template, or everything that is wrong with the options. */
export type OrderReading =
  | { readonly ok: true; readonly order: TemplateOrder }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Judges the values of the options. `programSha256` is that of the program at hand, if there is one. */
export function readOrder(line: CommandLine, programSha256: string | undefined): OrderReading {
  const reader = new OrderReader(line)
  const order: TemplateOrder = {
    version: reader.version(),
    program: reader.program(programSha256),
    image: reader.pattern('image', /^[^\s]+$/, 'the name of an image without spaces'),
    stage: reader.pattern('stage', /\S/, 'the name of a stage'),
    jobName: reader.jobName(),
    jobPrefix: reader.one('job-prefix'),
    tags: reader.all('tag'),
    triggers: reader.triggers(),
    needs: reader.needs(),
    timeouts: reader.timeouts(),
    artifactExpiry: reader.pattern(
      'artifact-expiry',
      /^(never|(\d+ ?(s|sec|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mos?|months?|y|years?) ?)+)$/,
      'a time such as 30 days, 1 week or never',
    ),
    writes: reader.has('writes'),
    cache: reader.has('cache'),
    defaults: reader.defaults(),
  }
  reader.checkTarget()
  const problems = [...line.problems, ...reader.problems]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, order }
}

class OrderReader {
  readonly problems: string[] = []
  readonly #line: CommandLine

  constructor(line: CommandLine) {
    this.#line = line
  }

  all(name: OptionName): readonly string[] {
    return this.#line.given.get(name) ?? []
  }

  has(name: OptionName): boolean {
    return this.#line.given.has(name)
  }

  one(name: OptionName): string {
    const spec: OptionSpec = OPTIONS[name]
    return this.all(name)[0] ?? spec.default ?? ''
  }

  pattern(name: OptionName, form: RegExp, expected: string): string {
    const value = this.one(name)
    if (!form.test(value)) this.#wrong(name, `expected ${expected}, got "${value}"`)
    return value
  }

  version() {
    const text = this.one('gitlab-version')
    const version = parseVersion(text)
    if (version === undefined) {
      this.#wrong('gitlab-version', `expected a version such as 17.9, got "${text}"`)
      return OLDEST_VERSION
    }
    if (!isAtLeast(version, OLDEST_VERSION)) {
      this.#wrong(
        'gitlab-version',
        `${formatVersion(version)} is too old: templates with inputs need GitLab ${formatVersion(OLDEST_VERSION)} or later`,
      )
    }
    if (this.#line.command === 'component' && !knows(version, 'components')) {
      this.#wrong('gitlab-version', `${formatVersion(version)} has no components: they came with GitLab 17.0`)
    }
    return version
  }

  program(sha256: string | undefined): Program {
    const kind = this.one('program')
    const known = PROGRAM_KINDS.find((one) => one === kind)
    if (known === undefined) {
      const guess = didYouMean(kind, PROGRAM_KINDS)
      this.#wrong('program', `expected one of ${PROGRAM_KINDS.join(', ')}, got "${kind}".${guess}`)
    }
    if (known !== 'image' && sha256 === undefined) {
      this.#wrong(
        'program-file',
        'there is no program beside the generator: name the file of the job program',
      )
    }
    if (known !== 'download' && this.has('program-url')) {
      this.#wrong('program-url', 'has no effect without --program=download')
    }
    if (known === 'download') return this.#download(sha256 ?? '')
    const fallback = known === 'image' ? IMAGE_PATH : VENDORED_PATH
    const path = this.all('program-path')[0] ?? fallback
    const isAbsolute = path.startsWith('/')
    if (known === 'image' && !isAbsolute)
      this.#wrong('program-path', `expected an absolute path, got "${path}"`)
    if (known === 'vendored' && (isAbsolute || path.split('/').includes('..') || !path.endsWith('.mjs'))) {
      this.#wrong('program-path', `expected a path in the repository that ends in .mjs, got "${path}"`)
    }
    return known === 'image' ? { kind: 'image', path } : { kind: 'vendored', path, sha256: sha256 ?? '' }
  }

  /** Options that say where the template goes. */
  checkTarget(): void {
    const remote = this.all('remote-url')[0]
    if (remote !== undefined && !/^https:\/\/[^\s/]+\/\S+\.ya?ml$/.test(remote)) {
      this.#wrong('remote-url', `expected an https URL that ends in .yml, got "${remote}"`)
    }
    if (this.#line.command !== 'component') return
    this.pattern('component-name', /^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'letters, digits, - and _')
    if (this.one('program') === 'vendored') {
      this.#wrong(
        'program',
        'only YAML of a component reaches its users: expected download or image, got "vendored"',
      )
    }
  }

  #download(sha256: string): Program {
    const url = this.one('program-url')
    if (!/^https:\/\/[^\s/]+\/\S+$/.test(url)) {
      this.#wrong('program-url', `expected the https URL of the program, got "${url}"`)
    }
    if (this.has('program-path')) this.#wrong('program-path', 'has no effect with --program=download')
    return { kind: 'download', url, sha256 }
  }

  /** https://docs.gitlab.com/ci/jobs/#job-names: 255 characters, and some words are keywords. */
  jobName(): string {
    const name = this.pattern('job-name', /\S/, 'the name of a job')
    const reserved = ['default', 'include', 'pages', 'stages', 'variables', 'workflow', 'image', 'services']
    const whole = this.one('job-prefix') + name
    if (reserved.includes(whole)) this.#wrong('job-name', `"${whole}" is a word of GitLab's own`)
    if (whole.startsWith('.'))
      this.#wrong('job-name', `"${whole}" begins with a dot: GitLab would hide the job`)
    if (whole.length > 255) this.#wrong('job-name', 'with its prefix it is longer than 255 characters')
    return name
  }

  triggers(): readonly Trigger[] {
    const words = this.all('on').flatMap((value) => value.split(',').map((word) => word.trim()))
    const known = TRIGGER_NAMES.filter((name) => words.includes(name))
    for (const word of words.filter((one) => !TRIGGER_NAMES.some((name) => name === one))) {
      const expected = `expected one of ${TRIGGER_NAMES.join(', ')}, got "${word}"`
      this.#wrong('on', `${expected}.${didYouMean(word, TRIGGER_NAMES)}`)
    }
    const open = known.filter((word) => word === 'manual' || word === 'failure')
    if (open.length > 1)
      this.#wrong('on', `${open.join(' and ')} exclude each other: each takes all that is left`)
    return words.length === 0 ? DEFAULT_TRIGGERS : known
  }

  needs(): readonly string[] | undefined {
    const jobs = this.all('needs')
    if (jobs.length === 0) return undefined
    return jobs.length === 1 && jobs[0] === 'none' ? [] : jobs
  }

  timeouts() {
    const job = this.#duration('job-timeout') ?? SHORTEST_JOB
    if (job < SHORTEST_JOB) {
      this.#wrong(
        'job-timeout',
        `expected at least ${formatDuration(SHORTEST_JOB)}, got ${formatDuration(job)}`,
      )
    }
    const shared = shareOut(job)
    const afterScript = this.#duration('after-script-timeout') ?? shared.afterScript
    const rest = shared.script + shared.afterScript - afterScript
    const timeouts = { job, afterScript, script: this.#duration('script-timeout') ?? Math.max(rest, 1000) }
    const problem = timeoutProblem(timeouts)
    if (problem !== undefined) this.#wrong('script-timeout', problem)
    return timeouts
  }

  #duration(name: OptionName): Milliseconds | undefined {
    const text = this.one(name)
    if (text === '') return undefined
    const time = /[a-z]/i.test(text) ? parseDuration(text) : undefined
    if (time === undefined || time < 1000) {
      this.#wrong(name, `expected a time such as 90m or 1h30m, got "${text}"`)
      return undefined
    }
    return time
  }

  /** Defaults of contract inputs, judged by the contract itself. */
  defaults(): Readonly<Record<string, string>> {
    const names = contractInputIds().map((id) => spell(id, 'snake'))
    const defaults: Record<string, string> = {}
    for (const pair of this.all('input')) {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
      if (name === '') this.#wrong('input', `expected NAME=VALUE, got "${pair}"`)
      else if (name in defaults) this.#wrong('input', `${name} is given twice`)
      else if (!names.includes(name)) {
        const secret = unspell(name) === 'warpApiKey' || name === 'mask'
        const why = secret ? 'is a secret: make it a masked CI/CD variable' : 'is no input of a template'
        this.#wrong('input', `${name} ${why}.${secret ? '' : didYouMean(name, names)}`)
      } else defaults[name] = value
    }
    const parsed = parseInputs(defaults, (id) => spell(id, 'snake'))
    for (const { name, message } of parsed.problems) this.#wrong('input', `${name}: ${message}`)
    return defaults
  }

  #wrong(name: OptionName, message: string): void {
    this.problems.push(`--${name}: ${message}`)
  }
}
