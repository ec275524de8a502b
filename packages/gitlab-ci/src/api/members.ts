import * as z from 'zod'
import type { MinimumRole } from '../job/inputs.ts'
import { ApiFailure, type GitlabApi } from './client.ts'

/** https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const LEVELS: Record<MinimumRole, number> = { reporter: 20, developer: 30, maintainer: 40, owner: 50 }

const member = z.looseObject({ access_level: z.int(), state: z.string().optional() })
const account = z.looseObject({ username: z.string(), bot: z.boolean().optional() })

/** Whether a user is an active member with at least that role; membership through groups counts too. */
export async function hasRole(
  api: GitlabApi,
  projectId: string,
  userId: number,
  role: MinimumRole,
): Promise<boolean> {
  const path = `/projects/${encodeURIComponent(projectId)}/members/all/${userId}`
  try {
    const { data } = await api.request({ method: 'GET', path }, member)
    return data.access_level >= LEVELS[role] && (data.state ?? 'active') === 'active'
  } catch (error) {
    if (error instanceof ApiFailure && error.kind === 'missing') return false
    throw error
  }
}

/** The name of a user, and whether it is a bot; accounts of project and group tokens are bots. */
export async function readAccount(
  api: GitlabApi,
  userId: number,
): Promise<{ username: string; isBot: boolean }> {
  const { data } = await api.request({ method: 'GET', path: `/users/${userId}` }, account)
  return { username: data.username, isBot: data.bot === true || isBotName(data.username) }
}

/** https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects */
export function isBotName(username: string): boolean {
  return /^(project|group)_\d+_bot(_[0-9a-f]+)?$/.test(username) || /^service_account(_|$)/.test(username)
}
