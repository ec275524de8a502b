import { didYouMean } from '@oz-agent/core'
import type { CommandLine } from './command-line.ts'
import { knows } from './features.ts'
import {
  formatVersion,
  type GitlabVersion,
  isAtLeast,
  OLDEST_VERSION,
  parseVersion,
} from './gitlab-version.ts'
import { OptionReader } from './option-reader.ts'
import { readDefaults } from './read-defaults.ts'
import { readProgram } from './read-program.ts'
import { readTimeouts } from './read-timeouts.ts'
import { isInRepository } from './repository.ts'
import type { TemplateOrder } from './template-order.ts'
import { DEFAULT_TRIGGERS, TRIGGER_NAMES, type Trigger } from './triggers.ts'

/** The order for a template, or everything that is wrong with the options. */
export type OrderReading =
  | { readonly ok: true; readonly order: TemplateOrder }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Judges the values of the options. `programSha256` is that of the program at hand, if there is one. */
export function readOrder(line: CommandLine, programSha256: string | undefined): OrderReading {
  const options = new OptionReader(line)
  const order: TemplateOrder = {
    version: readVersion(options),
    program: readProgram(options, programSha256),
    image: options.pattern('image', /^[^\s]+$/, 'the name of an image without spaces'),
    stage: options.pattern('stage', /\S/, 'the name of a stage'),
    jobName: readJobName(options),
    jobPrefix: options.one('job-prefix'),
    tags: options.all('tag'),
    triggers: readTriggers(options),
    needs: readNeeds(options),
    timeouts: readTimeouts(options),
    artifactExpiry: options.pattern(
      'artifact-expiry',
      /^(never|(\d+ ?(s|sec|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mos?|months?|y|years?) ?)+)$/,
      'a time such as 30 days, 1 week or never',
    ),
    writes: options.has('writes'),
    cache: options.has('cache'),
    defaults: readDefaults(options),
  }
  checkTarget(options)
  const problems = [...line.problems, ...options.problems]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, order }
}

function readVersion(options: OptionReader): GitlabVersion {
  const text = options.one('gitlab-version')
  const version = parseVersion(text)
  if (version === undefined) {
    options.wrong('gitlab-version', `expected a version such as 17.9, got "${text}"`)
    return OLDEST_VERSION
  }
  if (!isAtLeast(version, OLDEST_VERSION)) {
    const oldest = formatVersion(OLDEST_VERSION)
    options.wrong(
      'gitlab-version',
      `${formatVersion(version)} is too old: templates with inputs need GitLab ${oldest} or later`,
    )
  }
  if (options.command === 'component' && !knows(version, 'components')) {
    options.wrong('gitlab-version', `${formatVersion(version)} has no components: they came with GitLab 17.0`)
  }
  return version
}

/** Options that say where the template goes. */
function checkTarget(options: OptionReader): void {
  const remote = options.all('remote-url')[0]
  if (remote !== undefined && !/^https:\/\/[^\s/]+\/\S+\.ya?ml$/.test(remote)) {
    options.wrong('remote-url', `expected an https URL that ends in .yml, got "${remote}"`)
  }
  const path = options.one('template-path')
  if (options.command === 'init' && !(isInRepository(path) && /\.ya?ml$/.test(path))) {
    options.wrong('template-path', `expected a path in the repository that ends in .yml, got "${path}"`)
  }
  if (options.has('output')) options.pattern('output', /\S/, 'the name of a file')
  if (options.has('directory')) options.pattern('directory', /\S/, 'the name of a folder')
  if (options.command !== 'component') return
  options.pattern('component-name', /^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'letters, digits, - and _')
  if (options.one('program') === 'vendored') {
    options.wrong(
      'program',
      'only YAML of a component reaches its users: expected download or image, got "vendored"',
    )
  }
}

/** Words that cannot be the name of a job, and one that makes it a job of another kind. */
const RESERVED = [
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'pages',
  'services',
  'spec',
  'stages',
  'types',
  'variables',
  'workflow',
  'true',
  'false',
  'nil',
]

/** https://docs.gitlab.com/ci/jobs/#job-names: 255 characters, and some words are keywords. */
function readJobName(options: OptionReader): string {
  const name = options.pattern('job-name', /\S/, 'the name of a job')
  const whole = options.one('job-prefix') + name
  if (RESERVED.includes(whole)) options.wrong('job-name', `"${whole}" is a word of GitLab's own`)
  if (whole.startsWith('.')) {
    options.wrong('job-name', `"${whole}" begins with a dot: GitLab would hide the job`)
  }
  if (whole.length > 255) options.wrong('job-name', 'with its prefix it is longer than 255 characters')
  return name
}

function readTriggers(options: OptionReader): readonly Trigger[] {
  const words = options.all('on').flatMap((value) => value.split(',').map((word) => word.trim()))
  const known = TRIGGER_NAMES.filter((name) => words.includes(name))
  for (const word of words.filter((one) => !TRIGGER_NAMES.some((name) => name === one))) {
    const expected = `expected one of ${TRIGGER_NAMES.join(', ')}, got "${word}"`
    options.wrong('on', `${expected}.${didYouMean(word, TRIGGER_NAMES)}`)
  }
  const open = known.filter((word) => word === 'manual' || word === 'failure')
  if (open.length > 1) {
    options.wrong('on', `${open.join(' and ')} exclude each other: each takes all that is left`)
  }
  return words.length === 0 ? DEFAULT_TRIGGERS : known
}

function readNeeds(options: OptionReader): readonly string[] | undefined {
  const jobs = options.all('needs')
  if (jobs.length === 0) return undefined
  return jobs.length === 1 && jobs[0] === 'none' ? [] : jobs
}
