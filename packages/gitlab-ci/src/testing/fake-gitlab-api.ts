import type * as z from 'zod'
import { ApiFailure, type ApiFailureKind } from '../api/api-failure.ts'
import type { ApiAnswer, ApiRequest, GitlabApi } from '../api/gitlab-api.ts'

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
