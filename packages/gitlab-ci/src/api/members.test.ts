import { expect, test } from 'vitest'
import { type FakeAnswer, FakeGitlabApi } from '../testing/fakes.ts'
import { ApiFailure } from './client.ts'
import { hasRole, isBotName, readAccount } from './members.ts'

const member = (answer: FakeAnswer) => new FakeGitlabApi({ 'GET /projects/1217/members/all/3': answer })

test.for<[name: string, data: object, allowed: boolean]>([
  ['exactly the role', { access_level: 30, state: 'active' }, true],
  ['a higher role', { access_level: 50, state: 'active' }, true],
  ['a lower role', { access_level: 20, state: 'active' }, false],
  ['minimal access', { access_level: 5, state: 'active' }, false],
  ['the role, but the account is blocked', { access_level: 40, state: 'blocked' }, false],
  ['the role, but the seat is not granted yet', { access_level: 40, state: 'awaiting' }, false],
  ['an older GitLab that tells no state', { access_level: 30 }, true],
])('%s', async ([, data, allowed]) => {
  expect(await hasRole(member({ data }), '1217', 3, 'developer')).toBe(allowed)
})

test('somebody who is no member has no role', async () => {
  expect(await hasRole(new FakeGitlabApi({}), '1217', 3, 'reporter')).toBe(false)
})

test.for(['unauthorized', 'forbidden', 'server', 'slow'] as const)(
  'a role that cannot be asked for (%s) is no answer at all',
  async (fails) => {
    await expect(hasRole(member({ fails }), '1217', 3, 'reporter')).rejects.toBeInstanceOf(ApiFailure)
  },
)

test.for<[username: string, isBot: boolean]>([
  ['project_42_bot', true],
  ['project_42_bot_0123456789abcdef', true],
  ['group_7_bot_ab12', true],
  ['service_account_group_7_ab12', true],
  ['project_42_bottle', false],
  ['robot', false],
  ['my_project_42_bot', false],
])('%s: a bot by its name? %s', ([username, isBot]) => {
  expect(isBotName(username)).toBe(isBot)
})

test('GitLab calls an account a bot though its name does not', async () => {
  const api = new FakeGitlabApi({ 'GET /users/3': { data: { username: 'helper', bot: true } } })
  expect(await readAccount(api, 3)).toEqual({ username: 'helper', isBot: true })
})
