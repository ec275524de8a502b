import { createHash } from 'node:crypto'

/** How the job gets the program that runs the agent. */
export type Program =
  /** It is in the user's repository: reviewed with the rest, and usable without a network. */
  | { readonly kind: 'vendored'; readonly path: string; readonly sha256: string }
  /** The job downloads it, and checks it before it runs. */
  | { readonly kind: 'download'; readonly url: string; readonly sha256: string }
  /** It is in the job's image. */
  | { readonly kind: 'image'; readonly path: string }

export const PROGRAM_KINDS = ['vendored', 'download', 'image'] as const
export const VENDORED_PATH = '.gitlab/oz-agent/oz-agent.mjs'
export const IMAGE_PATH = '/opt/oz-agent/oz-agent.mjs'
const DOWNLOADED_PATH = '.oz-agent/oz-agent.mjs'

/** The program that jobs run, and the licences of the packages in it where they are known. */
export interface ProgramFile {
  readonly bytes: Uint8Array
  readonly licences: string | undefined
}

/** Where the licences of a vendored program go: beside it, with a name like its own. */
export function licencesPath(programPath: string): string {
  return programPath.replace(/\.mjs$/, '.licenses.txt')
}

/** Where the job finds the program: always absolute, as a `before_script` of the user may change the folder. */
export function programPath(program: Program): string {
  if (program.kind === 'image') return program.path
  return `$CI_PROJECT_DIR/${program.kind === 'download' ? DOWNLOADED_PATH : program.path}`
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The form of `include:integrity`: https://docs.gitlab.com/ci/yaml/#includeintegrity */
export function integrityOf(bytes: Uint8Array | string): string {
  return `sha256-${createHash('sha256').update(bytes).digest('base64')}`
}

const VERIFY = `printf '%s  %s\\n' "$OZ_PROGRAM_SHA256" "$OZ_PROGRAM" | sha256sum -c -`

/** The lines of `script` and `after_script`. They hold no value of the user's. */
export function scriptsFor(program: Program): { script: string[]; afterScript: string[] } {
  // The certificates of a self-managed GitLab, unless the user has named others for all jobs.
  const certificates = 'NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-${CI_SERVER_TLS_CA_FILE:-}}"'
  const run = `${certificates} node "$OZ_PROGRAM"`
  // The agent may write to the checkout, so the program is checked again before it runs a second time.
  const after = `${VERIFY} && ${run} after`
  switch (program.kind) {
    case 'image':
      return { script: [run], afterScript: [`${run} after`] }
    case 'vendored':
      return { script: [VERIFY, run], afterScript: [after] }
    case 'download':
      return {
        script: [
          'curl --fail --silent --show-error --location --retry 3 --create-dirs --output "$OZ_PROGRAM" "$OZ_PROGRAM_URL"',
          VERIFY,
          run,
        ],
        afterScript: [after],
      }
  }
}
