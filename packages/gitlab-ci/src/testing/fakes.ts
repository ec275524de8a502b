import type * as z from 'zod'
import {
  type ApiAnswer,
  ApiFailure,
  type ApiFailureKind,
  type ApiRequest,
  type GitlabApi,
} from '../api/client.ts'
import { STANDARD_OPTIONS, type TemplateOptions } from '../template/options.ts'

/** What is answered: data, or why not. */
export type FakeAnswer = { readonly data: unknown } | { readonly fails: ApiFailureKind }

/** GitLab's API from a table of `METHOD /path`; what is not in it is missing. */
export class FakeGitlabApi implements GitlabApi {
  readonly requests: string[] = []
  readonly #answers: Readonly<Record<string, FakeAnswer>>

  constructor(answers: Readonly<Record<string, FakeAnswer>>) {
    this.#answers = answers
  }

  async request<T>({ method, path }: ApiRequest, schema: z.ZodType<T>): Promise<ApiAnswer<T>> {
    const what = `${method} ${path}`
    this.requests.push(what)
    const answer = this.#answers[what] ?? { fails: 'missing' }
    if ('fails' in answer) throw new ApiFailure(answer.fails, `GitLab answered ${answer.fails} to ${what}`)
    return { data: schema.parse(answer.data), headers: {} }
  }
}

/** The options that `generate` has when none are given. */
export function templateOptions(parts: Partial<TemplateOptions> = {}): TemplateOptions {
  return {
    ...STANDARD_OPTIONS,
    program: { kind: 'vendored', path: '.gitlab/oz-agent/oz-agent.mjs', sha256: 'a'.repeat(64) },
    image: 'node:24-bookworm',
    ...parts,
  }
}
