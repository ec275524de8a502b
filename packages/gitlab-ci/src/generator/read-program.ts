import { didYouMean } from '@oz-agent/core'
import type { OptionReader } from './option-reader.ts'
import { IMAGE_PATH, PROGRAM_KINDS, type Program, VENDORED_PATH } from './program.ts'
import { isInRepository } from './repository.ts'

/** How the job gets its program. `sha256` is that of the program at hand, if there is one. */
export function readProgram(options: OptionReader, sha256: string | undefined): Program {
  const kind = options.one('program')
  const known = PROGRAM_KINDS.find((one) => one === kind)
  if (known === undefined) {
    const guess = didYouMean(kind, PROGRAM_KINDS)
    options.wrong('program', `expected one of ${PROGRAM_KINDS.join(', ')}, got "${kind}".${guess}`)
  }
  if (sha256 === undefined && (known !== 'image' || options.has('program-file'))) {
    const named = options.all('program-file')[0]
    const told =
      named === undefined ? 'there is no program beside the generator' : `there is no file "${named}"`
    options.wrong('program-file', `${told}: name the file of the job program`)
  }
  if (known !== 'download' && options.has('program-url')) {
    options.wrong('program-url', 'has no effect without --program=download')
  }
  if (known === 'download') return readDownload(options, sha256 ?? '')
  const path = options.all('program-path')[0] ?? (known === 'image' ? IMAGE_PATH : VENDORED_PATH)
  if (known === 'image' && !path.startsWith('/')) {
    options.wrong('program-path', `expected an absolute path, got "${path}"`)
  }
  if (known === 'vendored' && !(isInRepository(path) && path.endsWith('.mjs'))) {
    options.wrong('program-path', `expected a path in the repository that ends in .mjs, got "${path}"`)
  }
  return known === 'image' ? { kind: 'image', path } : { kind: 'vendored', path, sha256: sha256 ?? '' }
}

function readDownload(options: OptionReader, sha256: string): Program {
  const url = options.pattern('program-url', /^https:\/\/[^\s/]+\/\S+$/, 'the https URL of the program')
  if (options.has('program-path')) options.wrong('program-path', 'has no effect with --program=download')
  return { kind: 'download', url, sha256 }
}
